import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyProfile,
  type Consensus,
  type FitInput,
  fitProfile,
  type NativeRating,
  parseProfile,
  type Scale,
} from './index.ts';
import { answers, noise, PROVIDERS, type Provider, panel } from './testing/simulate.ts';

const DAY = '2026-11-21';
const schema = new Ajv2020().compile(
  JSON.parse(
    readFileSync(new URL('../../semconv/schema/alignment-profile.schema.json', import.meta.url), 'utf8'),
  ),
);
const LINEAR = PROVIDERS[0]!;

function inputOf(provider: Provider, seed = 1, repeats = 3, anchors = 60, verification = 20): FitInput {
  const from = noise(seed);
  const { consensus, truths } = panel(anchors, verification, from);
  return {
    ratings: answers(provider, truths, repeats, from),
    scale: provider.scale,
    consensus,
    created: DAY,
  };
}

/** A rater without noise that says what it is told to. */
function exact(scale: Scale, say: (truth: number) => string, count = 60): FitInput {
  const scenarios: Record<string, Consensus['scenarios'][string]> = {};
  const ratings: NativeRating[] = [];
  for (let index = 0; index < count; index++) {
    const truth = index / (count - 1);
    const id = `s-${index}`;
    scenarios[id] = {
      risk: { mean: truth, sd: null, n: 1, se: null },
      status: 'proposed',
      split: index % 4 === 3 ? 'verification' : 'anchor',
    };
    ratings.push({ scenario: id, score: say(truth), repeat: 1, line: index + 2 });
  }
  return {
    ratings,
    scale,
    consensus: { set: 'made-up', version: '1.0.0', sha256: 'a'.repeat(64), scenarios },
    created: DAY,
  };
}
const TEN: Scale = { id: 'ten', type: 'interval', min: 0, max: 10 };

describe('a profile', () => {
  it.each(PROVIDERS.map(provider => [provider.name, provider] as const))(
    'of a %s provider follows the schema, is read back, and rises with the risk',
    (_, provider) => {
      const { profile } = fitProfile(inputOf(provider));
      expect(schema(profile), JSON.stringify(schema.errors)).toBe(true);
      expect(parseProfile(JSON.stringify(profile), 'p')).toEqual(profile);
      const values = profile.map.knots.map(([, value]) => value);
      expect(values).toEqual([...values].sort((a, b) => a - b));
      expect(values.at(-1)! - values[0]!).toBeGreaterThan(0.5);
      expect(profile.reference).toMatchObject({ n_anchors: 60, n_verification: 20, status: 'agreed' });
      expect(profile.reference.panel.raters).toBe(5);
      expect(profile.rater.repeats).toBe(3);
      expect(profile.expires).toBe('2027-05-20');
      expect(['A', 'B', 'C']).toContain(profile.quality.grade);
    },
  );

  it('is the same, byte for byte, whatever the order of the ratings', () => {
    const input = inputOf(PROVIDERS[2]!);
    const turned = { ...input, ratings: [...input.ratings].reverse() };
    expect(JSON.stringify(fitProfile(turned))).toBe(JSON.stringify(fitProfile(input)));
  });

  it('keeps the plain rescale where nothing is gained by more, and bends where the scale does', () => {
    expect(fitProfile(exact(TEN, truth => String(10 * truth))).profile.map).toMatchObject({
      method: 'rescale',
      knots: [
        [0, 0],
        [10, 1],
      ],
    });
    const bent = fitProfile(exact(TEN, truth => String(10 * truth ** 3))).profile;
    expect(bent.map.method).toBe('cir');
    expect(applyProfile(bent, 10 * 0.5 ** 3, DAY).score).toBeCloseTo(0.5, 2);
  });

  it('gives each level its mean', () => {
    const tiers: Scale = { id: 'tiers', type: 'ordinal', levels: ['low', 'mid', 'high'] };
    const { profile } = fitProfile(
      exact(tiers, truth => (truth < 0.5 ? 'low' : truth < 0.9 ? 'MID' : 'high')),
    );
    expect(profile.map.method).toBe('levels');
    expect(profile.map.knots.map(([at]) => at)).toEqual([0, 1, 2]);
    expect(applyProfile(profile, 'Low', DAY).score).toBeCloseTo(0.25, 1);
    expect(applyProfile(profile, 'mid', DAY).score).toBeCloseTo(0.7, 1);
    expect(applyProfile(profile, 'high', DAY).score).toBeCloseTo(0.95, 1);
  });

  it('of a scale on which low scores mean more falls', () => {
    const scale: Scale = { ...TEN, direction: 'lower_is_riskier' };
    const { profile } = fitProfile(exact(scale, truth => String(10 - 10 * truth ** 3)));
    expect(schema(profile)).toBe(true);
    expect(parseProfile(JSON.stringify(profile), 'p')).toEqual(profile);
    expect(applyProfile(profile, 10 - 10 * 0.5 ** 3, DAY).score).toBeCloseTo(0.5, 2);
    expect(applyProfile(profile, 0, DAY).score).toBeGreaterThan(0.9);
  });

  it('of autonomy uses the values of autonomy', () => {
    const input = exact(TEN, truth => String(10 - 10 * truth));
    const scenarios = Object.fromEntries(
      Object.entries(input.consensus.scenarios).map(([id, entry]) => [
        id,
        { ...entry, autonomy: { ...entry.risk!, mean: 1 - entry.risk!.mean } },
      ]),
    );
    const { profile } = fitProfile({
      ...input,
      consensus: { ...input.consensus, scenarios },
      signal: 'autonomy',
    });
    expect(profile).toMatchObject({
      signal: 'autonomy',
      profile_id: 'ten/autonomy@2026-11#1',
      reference: { scale: 'ars-autonomy/1' },
    });
    expect(applyProfile(profile, 2, DAY).score).toBeCloseTo(0.2, 2);
  });
});

describe('what is missing lowers the grade', () => {
  const graded = (input: FitInput): { grade: string; missing: readonly string[] } =>
    fitProfile(input).profile.quality;

  it('by a step each', () => {
    const all = exact(TEN, truth => String(10 * truth), 100);
    expect(graded(all)).toMatchObject({ grade: 'A', missing: [] });
    const anchors = all.ratings.filter(
      ({ scenario }) => all.consensus.scenarios[scenario]!.split === 'anchor',
    );
    expect(graded({ ...all, ratings: anchors })).toMatchObject({
      grade: 'B',
      missing: ['verification'],
      basis: 'leave_one_out',
    });
    expect(graded({ ...all, ratings: anchors.filter((_, index) => index % 3 === 0) })).toMatchObject({
      grade: 'C',
      missing: ['anchors', 'verification'],
    });
    expect(graded({ ...all, ratings: anchors.slice(0, 30) })).toMatchObject({
      grade: 'none',
      missing: ['anchors', 'verification', 'coverage'],
    });
  });

  it('and a profile without grade licenses nothing', () => {
    const some = exact(TEN, truth => String(10 * truth), 80);
    const { profile } = fitProfile({ ...some, ratings: some.ratings.slice(0, 25) });
    expect(profile.quality.grade).toBe('none');
    expect(profile.valid_for).toEqual([]);
  });

  it('twenty verification scenarios alone are fitted on', () => {
    const all = exact(TEN, truth => String(10 * truth), 80);
    const held = all.ratings.filter(
      ({ scenario }) => all.consensus.scenarios[scenario]!.split === 'verification',
    );
    expect(held).toHaveLength(20);
    expect(fitProfile({ ...all, ratings: held }).profile.reference).toMatchObject({
      n_anchors: 20,
      n_verification: 0,
    });
  });
});

describe('what cannot be fitted is said', () => {
  const base = exact(TEN, truth => String(10 * truth));
  const withScores = (say: (index: number) => string): FitInput => ({
    ...base,
    ratings: base.ratings.map((rating, index) => ({ ...rating, score: say(index) })),
    source: 'native.csv',
  });

  it.each([
    [
      'fewer than twenty',
      { ...base, ratings: base.ratings.slice(0, 19) },
      /19 usable scenarios; a profile needs 20/,
    ],
    ['two ratings', { ...base, ratings: base.ratings.slice(0, 2) }, /2 usable scenarios; a profile needs 20/],
    [
      'an unknown id',
      { ...base, ratings: [...base.ratings, { scenario: 'x-1', score: '3', repeat: 1, line: 62 }] },
      /ratings:62: "x-1" is no scenario of made-up\/1\.0\.0/,
    ],
    [
      'a name of every object',
      { ...base, ratings: [{ scenario: 'toString', score: '3', repeat: 1, line: 2 }] },
      /is no scenario/,
    ],
    [
      'a score off the scale',
      withScores(index => String(index)),
      /native\.csv:13: "11" is off the scale ten \(a number from 0 to 10\)/,
    ],
    ['NaN', withScores(() => 'NaN'), /"NaN" is off the scale/],
    ['Infinity', withScores(() => 'Infinity'), /off the scale/],
    ['hexadecimal', withScores(() => '0x1'), /off the scale/],
    ['constant ratings', withScores(() => '5'), /every scenario has the same score/],
    [
      'ratings against the direction',
      withScores(index => String(10 - index / 6)),
      /run against the direction of ten.*"direction": "lower_is_riskier"/,
    ],
    [
      'a day that is none',
      { ...base, created: '2026-02-30' },
      /created: a day as 2026-11-21, not "2026-02-30"/,
    ],
  ])('%s', (_, input, message) => {
    expect(() => fitProfile(input)).toThrow(message);
    expect(() => fitProfile(input)).toThrow(expect.objectContaining({ name: 'CalibrationError' }));
  });

  it('contested scenarios are left aside, and named', () => {
    const scenarios = { ...base.consensus.scenarios };
    scenarios['s-10'] = { ...scenarios['s-10']!, status: 'contested' };
    const fitted = fitProfile({ ...base, consensus: { ...base.consensus, scenarios } });
    expect(fitted.samples.leftAside).toEqual(['s-10']);
    expect(fitted.profile.reference.n_anchors).toBe(44);
  });
});

describe('properties', () => {
  const scales = fc.oneof(
    fc
      .tuple(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.boolean(),
      )
      .map(
        ([min, width, up]): Scale => ({
          id: 'x',
          type: 'interval',
          min: min + 0, // JSON knows no negative zero
          max: min + width,
          direction: up ? 'higher_is_riskier' : 'lower_is_riskier',
        }),
      ),
    fc.integer({ min: 2, max: 9 }).map(
      (count): Scale => ({
        id: 'x',
        type: 'ordinal',
        levels: Array.from({ length: count }, (_, at) => `l${at}`),
      }),
    ),
  );

  it('whatever the scale and the noise, a map is monotone, inside [0, 1], read back, and its interval holds its score', () => {
    fc.assert(
      fc.property(
        scales,
        fc.integer(),
        fc.double({ min: 0, max: 0.4, noNaN: true }),
        (scale, seed, spread) => {
          const from = noise(seed);
          const say = (truth: number): string => {
            const felt = Math.min(1, Math.max(0, truth + spread * from.normal()));
            if (scale.type === 'ordinal')
              return scale.levels[Math.min(scale.levels.length - 1, Math.floor(felt * scale.levels.length))]!;
            const share = scale.direction === 'lower_is_riskier' ? 1 - felt : felt;
            return String(Math.min(scale.max, scale.min + share * (scale.max - scale.min)));
          };
          const { profile } = fitProfile(exact(scale, say));
          expect(schema(profile), JSON.stringify(schema.errors)).toBe(true);
          expect(parseProfile(JSON.stringify(profile), 'p')).toEqual(profile);
          const falling = scale.type === 'interval' && scale.direction === 'lower_is_riskier';
          let before = falling ? 1 : 0;
          for (let step = 0; step <= 50; step++) {
            const native =
              scale.type === 'ordinal'
                ? scale.levels[Math.min(scale.levels.length - 1, step)]
                : Math.min(scale.max, scale.min + ((scale.max - scale.min) * step) / 50);
            const { score, interval, status } = applyProfile(profile, native, DAY);
            expect(status).toBe(profile.quality.grade === 'none' ? 'declared' : 'profiled');
            if (status === 'declared') {
              expect(interval).toBeNull();
              continue;
            }
            expect(falling ? before - score! : score! - before).toBeGreaterThanOrEqual(-1e-9);
            expect(interval![0]).toBeGreaterThanOrEqual(0);
            expect(interval![0]).toBeLessThanOrEqual(score!);
            expect(interval![1]).toBeGreaterThanOrEqual(score!);
            expect(interval![1]).toBeLessThanOrEqual(1);
            before = score!;
          }
        },
      ),
    );
  });

  it('a linear provider is mapped no worse than by its range', () => {
    let [profiled, declared] = [0, 0];
    for (let seed = 1; seed <= 20; seed++) {
      const { profile } = fitProfile(inputOf(LINEAR, seed, 1));
      const from = noise(1000 + seed);
      for (let index = 0; index < 200; index++) {
        const truth = from.uniform();
        const native = Number(LINEAR.rate(truth, from));
        profiled += (applyProfile(profile, native, DAY).score! - truth) ** 2;
        declared += ((native - 1) / 9 - truth) ** 2;
      }
    }
    expect(Math.sqrt(profiled / declared)).toBeLessThan(1.02);
  });
});
