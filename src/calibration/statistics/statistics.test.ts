import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { sampleRankCorrelation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import {
  intraclassCorrelations,
  kendallTauB,
  krippendorffAlpha,
  type MeasurementLevel,
  mean,
  median,
  pearson,
  quantile,
  ranks,
  robustMean,
  spearman,
  standardDeviation,
  summarize,
} from './index.ts';

interface Oracle {
  alpha: ({ units: (number | null)[][] } & Record<MeasurementLevel, number>)[];
  icc: { ratings: number[][]; icc: Record<string, number> }[];
  rank: { a: number[]; b: number[]; ranks: number[]; pearson: number; spearman: number; kendall: number }[];
  location: {
    values: number[];
    mean: number;
    sd: number;
    median: number;
    quantile90: number;
    huber: number;
  }[];
}
const oracle = JSON.parse(readFileSync(new URL('../testing/oracle.json', import.meta.url), 'utf8')) as Oracle;
const DIGITS = 9;
const LEVELS = ['nominal', 'ordinal', 'interval'] as const;

/** Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example C: four observers, twelve units. */
const OBSERVERS = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
  [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
];
const UNITS = OBSERVERS[0]!.map((_, unit) => OBSERVERS.map(observer => observer[unit]));

describe('Krippendorff’s α', () => {
  it('is that of the published example', () => {
    expect(krippendorffAlpha(UNITS, 'nominal')).toBeCloseTo(0.743, 3);
    expect(krippendorffAlpha(UNITS, 'ordinal')).toBeCloseTo(0.815, 3);
    expect(krippendorffAlpha(UNITS, 'interval')).toBeCloseTo(0.849, 3);
  });

  it('is that of a table worked by hand', () => {
    // values 1,1 | 1,2 | 2,2: D_o = (0 + 2 + 0) / 6, D_e = 2·3·3 / (6·5)
    const units = [
      [1, 1],
      [1, 2],
      [2, 2],
    ];
    for (const level of LEVELS)
      expect(krippendorffAlpha(units, level)).toBeCloseTo(1 - 2 / 6 / (18 / 30), 12);
  });

  it.each(LEVELS)('%s is what an independent library says', level => {
    for (const { units, ...expected } of oracle.alpha)
      expect(krippendorffAlpha(units, level)).toBeCloseTo(expected[level], DIGITS);
  });

  it('is undefined without pairs or without difference, and refuses what is no number', () => {
    expect(krippendorffAlpha([[1], [2, null]], 'interval')).toBeUndefined();
    expect(
      krippendorffAlpha(
        [
          [0.1, 0.1, 0.1],
          [0.1, 0.1],
        ],
        'interval',
      ),
    ).toBeUndefined();
    expect(() => krippendorffAlpha([[1, Number.NaN]], 'nominal')).toThrow(RangeError);
  });

  it('does not depend on the order of units or raters', () => {
    const unit = fc.array(fc.option(fc.integer({ min: 0, max: 4 })), { minLength: 3, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(unit, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(...LEVELS),
        (units, level) => {
          const turned = [...units].reverse().map(ratings => [...ratings].reverse());
          const [a, b] = [krippendorffAlpha(units, level), krippendorffAlpha(turned, level)];
          if (a === undefined) expect(b).toBeUndefined();
          else expect(b).toBeCloseTo(a, DIGITS);
        },
      ),
    );
  });
});

describe('intraclass correlation', () => {
  it('is that of Shrout and Fleiss (1979), table 2', () => {
    const ratings = [
      [9, 2, 5, 8],
      [6, 1, 3, 2],
      [8, 4, 6, 8],
      [7, 1, 2, 6],
      [10, 5, 6, 9],
      [6, 2, 4, 7],
    ];
    const icc = intraclassCorrelations(ratings)!;
    for (const [name, value] of Object.entries({
      icc1: 0.17,
      icc2: 0.29,
      icc3: 0.71,
      icc1k: 0.44,
      icc2k: 0.62,
      icc3k: 0.91,
    }))
      expect(icc[name as keyof typeof icc]).toBeCloseTo(value, 2);
  });

  it('is what an independent library says', () => {
    for (const { ratings, icc } of oracle.icc) {
      const ours = intraclassCorrelations(ratings)! as unknown as Record<string, number>;
      for (const [name, value] of Object.entries(icc)) expect(ours[name]).toBeCloseTo(value, DIGITS);
    }
  });

  it('says so where it cannot be had', () => {
    expect(
      intraclassCorrelations([
        [1, 1],
        [1, 1],
      ]),
    ).toBeUndefined();
    expect(
      intraclassCorrelations([
        [1, 2],
        [1, 2],
      ]),
    ).toMatchObject({ icc2: 0, icc3: 0, icc1k: 0 });
    expect(() => intraclassCorrelations([[1, 2], [1]])).toThrow(RangeError);
    expect(() => intraclassCorrelations([[1, 2]])).toThrow(RangeError);
    expect(() =>
      intraclassCorrelations([
        [1, Number.NaN],
        [1, 2],
      ]),
    ).toThrow(RangeError);
  });
});

describe('rank correlation', () => {
  it('is what an independent library says', () => {
    for (const { a, b, ...expected } of oracle.rank) {
      expect(ranks(a)).toEqual(expected.ranks);
      expect(pearson(a, b)).toBeCloseTo(expected.pearson, DIGITS);
      expect(spearman(a, b)).toBeCloseTo(expected.spearman, DIGITS);
      expect(kendallTauB(a, b)).toBeCloseTo(expected.kendall, DIGITS);
    }
  });

  it('is simple-statistics’ where nothing is tied, and 1 or −1 where the order is the same or the reverse', () => {
    const distinct = fc.uniqueArray(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(distinct, values => {
        const other = values.map((_, index) => (index * 7919) % 1009);
        expect(spearman(values, other)).toBeCloseTo(sampleRankCorrelation(values, other), DIGITS);
        const up = values.map(value => value * 2 + 1);
        expect(spearman(values, up)).toBeCloseTo(1, DIGITS);
        expect(
          kendallTauB(
            values,
            up.map(value => -value),
          ),
        ).toBe(-1);
      }),
    );
  });

  it('is undefined for a constant', () => {
    expect(spearman([1, 2], [3, 3])).toBeUndefined();
    expect(kendallTauB([1, 1], [3, 4])).toBeUndefined();
    expect(() => spearman([1], [1, 2])).toThrow(RangeError);
  });
});

describe('location', () => {
  it('is what an independent library says', () => {
    for (const { values, ...expected } of oracle.location) {
      expect(mean(values)).toBeCloseTo(expected.mean, DIGITS);
      expect(standardDeviation(values)).toBeCloseTo(expected.sd, DIGITS);
      expect(median(values)).toBeCloseTo(expected.median, DIGITS);
      expect(quantile(values, 0.9)).toBeCloseTo(expected.quantile90, DIGITS);
      expect(robustMean(values)).toBeCloseTo(expected.huber, DIGITS);
    }
  });

  it('of a panel withstands one rater who is far off', () => {
    expect(robustMean([0.4, 0.42, 0.44, 0.46, 1])).toBeLessThan(0.47);
    expect(robustMean([0.4, 0.4, 0.4, 1])).toBe(0.4);
    expect(robustMean([0.2, 0.4])).toBeCloseTo(0.3, 12);
  });

  it('has no spread where one rater spoke', () => {
    expect(summarize([0.3])).toEqual({ mean: 0.3, sd: null, n: 1, se: null });
    expect(summarize([0.1, 0.2, 0.3]).se).toBeCloseTo(0.1 / Math.sqrt(3), 12);
    expect(() => summarize([])).toThrow(RangeError);
    expect(() => summarize([0.1, Number.NaN])).toThrow(/value 2 is NaN/);
  });

  it('stays within the values', () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, all => {
        const middle = robustMean(all);
        expect(middle).toBeGreaterThanOrEqual(Math.min(...all) - 1e-12);
        expect(middle).toBeLessThanOrEqual(Math.max(...all) + 1e-12);
      }),
    );
  });
});
