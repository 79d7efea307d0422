import { describe, expect, it } from 'vitest';
import { linkage, VIEWS } from './attack.ts';
import { ASSUMPTIONS, population } from './population.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const sessions = population(10_000, 7);
const success = (view: string, bucketMs: number): number => linkage(sessions, VIEWS[view]!, bucketMs);

describe('the simulated day', () => {
  it('is what the assumptions say', () => {
    const mean = (of: (one: (typeof sessions)[number]) => number): number =>
      sessions.reduce((sum, one) => sum + of(one), 0) / sessions.length;
    expect(mean(one => one.turns.length)).toBeCloseTo(ASSUMPTIONS.turns, 0);
    expect(mean(one => one.turns.flatMap(turn => turn.calls).length)).toBeCloseTo(25, -1);
    expect(mean(one => Number(one.framework === 0))).toBeCloseTo(0.4, 1);
    expect(mean(one => one.events.length)).toBeCloseTo(1 / 3, 1);
    expect(population(50, 7)).toEqual(sessions.slice(0, 50));
  });
});

describe('linking at 10,000 sessions a day', () => {
  it('by the record view with days as buckets is right in at most 2 % of cases', () => {
    expect(success('record', DAY)).toBeLessThanOrEqual(0.02);
  });

  it('by time and framework with hours as buckets is right in at most 2 % of cases', () => {
    expect(success('framework', HOUR)).toBeLessThanOrEqual(0.02);
  });

  it('by the record view with hours, or by the skeleton, is far better: that is why there is no claim of anonymity', () => {
    expect(success('record', HOUR)).toBeGreaterThan(0.1);
    expect(success('skeleton', HOUR)).toBeGreaterThan(0.5);
    expect(success('stored', HOUR)).toBeGreaterThan(0.7);
    expect(success('stored, steps differ', HOUR)).toBeGreaterThan(success('stored', HOUR));
  });

  it('of one of a kind is certain, of two alike a coin', () => {
    const [one] = population(1, 1);
    expect(linkage([one!], VIEWS['time only']!, DAY)).toBe(1);
    expect(linkage([one!, one!], VIEWS['stored']!, HOUR)).toBe(0.5);
  });
});
