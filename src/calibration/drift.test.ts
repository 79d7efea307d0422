import { describe, expect, it } from 'vitest';
import { hasDrifted } from './drift.ts';
import { fitProfile, studentBound, verifyProfile } from './index.ts';
import { answers, noise, PROVIDERS, panel } from './testing/simulate.ts';

describe('the bound of a t test at 5 %', () => {
  it.each([
    [4, 2.7764],
    [11, 2.201],
    [19, 2.093],
    [79, 1.9905],
    [1e9, 1.96],
  ])('%s degrees of freedom', (freedom, bound) => {
    expect(studentBound(freedom)).toBeCloseTo(bound, 2);
    expect(Math.abs(studentBound(freedom) - bound)).toBeLessThan(0.001);
  });
});

describe('drift', () => {
  const of = (...values: number[]): Record<string, number> =>
    Object.fromEntries(values.map((value, index) => [`s-${index}`, value]));

  it('is a shift of the same scenarios, beyond their noise', () => {
    const before = of(0.3, -0.2, 0, 0.1, -0.1, 0.2);
    expect(hasDrifted(before, before)).toBe(false);
    expect(hasDrifted(before, of(0.4, -0.1, 0.1, 0.2, 0, 0.3))).toBe(true);
    expect(hasDrifted(before, of(0.4, -0.3, 0.1, 0, 0, 0.1))).toBe(false);
  });

  it('is not known with fewer than five of them', () => {
    expect(hasDrifted(of(0.1, 0.1, 0.1, 0.1), of(0.9, 0.9, 0.9, 0.9))).toBeNull();
    expect(hasDrifted({ toString: 0.1 } as never, of(0.9, 0.9, 0.9, 0.9, 0.9))).toBeNull();
  });
});

/** The table is in bench/calibration-results.md. */
describe('verifying the control strip', () => {
  it('calls a rater that is as it was drifted in about one of twenty times, and sees one that changed', () => {
    let [same, changed, times] = [0, 0, 0];
    for (const [index, provider] of PROVIDERS.entries()) {
      const from = noise(400 + index);
      for (let run = 0; run < 60; run++) {
        const { consensus, truths } = panel(60, 20, from);
        const input = { scale: provider.scale, consensus, created: '2026-11-21' };
        const { profile } = fitProfile({ ...input, ratings: answers(provider, truths, 3, from) });
        const strip = [...truths].filter((_, at) => at % 5 === 2 && at < 60);
        const again = (given: [string, number][]): boolean =>
          verifyProfile(profile, answers(provider, new Map(given), 3, from), consensus).drifted === true;
        same += again(strip) ? 1 : 0;
        changed += again(strip.map(([id, truth]) => [id, Math.min(1, truth + 0.15)])) ? 1 : 0;
        times += 1;
      }
    }
    // 300 times at 5 %: 0.087 is three standard errors above
    expect(same / times).toBeLessThan(0.087);
    expect(changed / times).toBeGreaterThan(0.8);
  });
});
