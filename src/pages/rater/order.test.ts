import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shuffled } from './order.ts';

const items = Array.from({ length: 80 }, (_, at) => at);
const seeds = fc.integer({ min: 0, max: 0xffffffff });

describe('the order of the scenarios', () => {
  it('has all of them once, and is the same for the same seed', () => {
    fc.assert(
      fc.property(seeds, seed => {
        const order = shuffled(items, seed);
        expect([...order].sort((a, b) => a - b)).toEqual(items);
        expect(shuffled(items, seed)).toEqual(order);
      }),
    );
  });

  it('is another one for another seed', () => {
    fc.assert(
      fc.property(seeds, seed => {
        expect(shuffled(items, seed)).not.toEqual(shuffled(items, (seed + 1) % 2 ** 32));
      }),
    );
  });

  it('puts each item first about as often as any other', () => {
    const firsts = new Map<number, number>();
    for (let seed = 0; seed < 4000; seed++) {
      const first = shuffled([0, 1, 2, 3], seed)[0]!;
      firsts.set(first, (firsts.get(first) ?? 0) + 1);
    }
    for (const count of firsts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });
});
