import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyProfile,
  CalibrationError,
  checkProfile,
  declare,
  fitProfile,
  parseConsensus,
  parseNativeCsv,
  parseProfile,
  parseScale,
  verifyProfile,
} from './index.ts';
import { centredIsotonic, isotonic, pool } from './isotonic.ts';
import { interpolate } from './piecewise.ts';
import { plotProfile } from './plot.ts';
import { answers, noise, PROVIDERS, panel } from './testing/simulate.ts';

const DAY = '2026-11-21';
const schema = new Ajv2020().compile(
  JSON.parse(
    readFileSync(new URL('../../semconv/schema/alignment-profile.schema.json', import.meta.url), 'utf8'),
  ),
);
const from = noise(5);
const { consensus, truths } = panel(60, 20, from);
const PROVIDER = PROVIDERS[1]!;
const FITTED = fitProfile({
  ratings: answers(PROVIDER, truths, 3, from),
  scale: PROVIDER.scale,
  consensus,
  created: DAY,
});
const { profile: PROFILE } = FITTED;

describe('native.csv', () => {
  it('is read with either line end, a byte order mark, quotes and other columns', () => {
    expect(
      parseNativeCsv('\uFEFFscenario_id,note,score,repeat\r\na,"x, ""y""\n",7,2\r\n\r\nb,,"low"', 'n.csv'),
    ).toEqual([
      { scenario: 'a', score: '7', repeat: 2, line: 2 },
      { scenario: 'b', score: 'low', repeat: 1, line: 5 },
    ]);
  });

  it.each([
    ['no header', 'a,7\n', /n\.csv:1: the first line names the columns/],
    ['nothing', '', /n\.csv:1: the first line names the columns/],
    ['an answer twice', 'scenario_id,score\na,7\na,8\n', /n\.csv:3: "a" is rated on line 2 already/],
    ['no score', 'scenario_id,score\na,\n', /n\.csv:2: "a" has no score/],
    ['no id', 'scenario_id,score\n,3\n', /n\.csv:2: scenario_id is empty/],
    ['a repeat that is none', 'scenario_id,score,repeat\na,3,x\n', /n\.csv:2: repeat is a whole number/],
    ['an open quotation', 'scenario_id,score\n"a,3\n', /n\.csv:2: a quotation mark is never closed/],
  ])('says where it is wrong: %s', (_, text, message) => {
    expect(() => parseNativeCsv(text, 'n.csv')).toThrow(message);
  });

  it('throws nothing but its own error, whatever comes', () => {
    const csv = fc
      .array(fc.constantFrom('scenario_id,score\n', 'a', ',', '"', '\n', '\r', '1', 'repeat'))
      .map(all => all.join(''));
    fc.assert(
      fc.property(csv, text => {
        try {
          parseNativeCsv(text, 'n');
        } catch (error) {
          expect(error).toBeInstanceOf(CalibrationError);
        }
      }),
    );
  });
});

describe('a scale', () => {
  it.each([
    ['no object', [], /s: scale: a JSON object/],
    ['no id', { type: 'interval', min: 0, max: 1 }, /s: id: letters/],
    ['no type', { id: 'a' }, /s: type: "interval" or "ordinal", not undefined/],
    ['NaN', { id: 'a', type: 'interval', min: Number.NaN, max: 1 }, /s: min: a number, not NaN/],
    ['an empty range', { id: 'a', type: 'interval', min: 3, max: 3 }, /s: max: above min/],
    [
      'a direction that is none',
      { id: 'a', type: 'interval', min: 0, max: 1, direction: 'up' },
      /s: direction:/,
    ],
    ['one level', { id: 'a', type: 'ordinal', levels: ['x'] }, /s: levels: a list of 2/],
    [
      'a level twice',
      { id: 'a', type: 'ordinal', levels: ['x', 'X '] },
      /s: levels: "X " stands there twice/,
    ],
    [
      'a falling list of levels',
      { id: 'a', type: 'ordinal', levels: ['x', 'y'], direction: 'lower_is_riskier' },
      /from the least to the most/,
    ],
  ])('that cannot be used says why: %s', (_, value, message) => {
    expect(() => parseScale(value, 's')).toThrow(message);
  });

  const folder = new URL('../../semconv/calibration/scales/', import.meta.url);
  it.each(readdirSync(folder).filter(file => file.endsWith('.json')))(
    '%s of the package is declared, and named after its file',
    file => {
      const value = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
      expect(`${parseScale(value, file).id}.json`).toBe(file);
      expect(value).toMatchObject({ status: 'declared' });
      expect(value.title).toEqual(expect.any(String));
      expect(value.source).toEqual(expect.any(String));
    },
  );
});

describe('consensus.json', () => {
  const good = {
    set: 's',
    version: '1',
    sha256: 'f'.repeat(64),
    scenarios: { a: { risk: { mean: 0.5, sd: null, n: 1, se: null }, status: 'proposed' } },
  };
  it.each([
    ['no JSON', '{', /c: no JSON/],
    ['no digest', JSON.stringify({ ...good, sha256: 'x' }), /c: sha256: 64 hex digits/],
    [
      'a mean off the scale',
      JSON.stringify({ ...good, scenarios: { a: { risk: { mean: 7, n: 1 }, status: 'proposed' } } }),
      /c: scenarios\.a\.risk\.mean: a number from 0 to 1, not 7/,
    ],
    [
      'a status that is none',
      JSON.stringify({ ...good, scenarios: { a: { status: 'fine' } } }),
      /c: scenarios\.a\.status/,
    ],
  ])('says where it is wrong: %s', (_, text, message) => {
    expect(() => parseConsensus(text, 'c')).toThrow(message);
  });
  it('is read', () => {
    expect(parseConsensus(JSON.stringify(good), 'c')).toEqual(good);
  });
});

describe('a profile file', () => {
  it.each([
    ['no JSON', 'x', /p: no JSON/],
    ['another schema', JSON.stringify({ ...PROFILE, schema: 'x' }), /p: schema: "alignment-profile\/1"/],
    ['a signal that is none', JSON.stringify({ ...PROFILE, signal: 'x' }), /p: signal: /],
    [
      'another reference scale',
      JSON.stringify({ ...PROFILE, signal: 'autonomy' }),
      /p: reference\.scale: "ars-autonomy\/1", not "ars-risk\/1"/,
    ],
    [
      'knots that fall back',
      JSON.stringify({
        ...PROFILE,
        map: {
          ...PROFILE.map,
          knots: [
            [3, 0.1],
            [2, 0.4],
          ],
        },
      }),
      /p: map\.knots\[1\]: positions rise/,
    ],
    [
      'a value that is null, as NaN is written',
      JSON.stringify({ ...PROFILE, map: { ...PROFILE.map, knots: [[3, Number.NaN]] } }),
      /p: map\.knots\[0\]: a pair of numbers/,
    ],
    [
      'a value off the reference scale',
      JSON.stringify({ ...PROFILE, map: { ...PROFILE.map, knots: [[3, 1.4]] } }),
      /p: map\.knots\[0\]: a value from 0 to 1/,
    ],
    [
      'a position off the native scale',
      JSON.stringify({ ...PROFILE, map: { ...PROFILE.map, knots: [[30, 0.4]] } }),
      /p: map\.knots\[0\]: a position from 1 to 10/,
    ],
    [
      'an end before its beginning',
      JSON.stringify({ ...PROFILE, expires: '2020-01-01' }),
      /p: expires: not before created/,
    ],
    [
      'a beginning that has not come yet',
      JSON.stringify({ ...PROFILE, created: '2999-01-01', expires: '2999-06-01' }),
      /p: created: 2999-01-01 has not come yet/,
    ],
    [
      'a grade that is none',
      JSON.stringify({ ...PROFILE, quality: { ...PROFILE.quality, grade: 'D' } }),
      /p: quality\.grade: A, B, C or "none", not "D"/,
    ],
    [
      'a bias that is a word',
      JSON.stringify({ ...PROFILE, quality: { ...PROFILE.quality, bias: 'small' } }),
      /p: quality\.bias: a number from -1 to 1, not "small"/,
    ],
    [
      'a difference that is null, as NaN is written',
      JSON.stringify({ ...PROFILE, quality: { ...PROFILE.quality, delta_p95: Number.NaN } }),
      /p: quality\.delta_p95: a number from 0 to 1, not null/,
    ],
    [
      'more uses than its grade licenses',
      JSON.stringify({
        ...PROFILE,
        quality: { ...PROFILE.quality, grade: 'C' },
        valid_for: ['ranking', 'threshold'],
      }),
      /p: valid_for: grade C licenses ranking, not "threshold"/,
    ],
    [
      'a residual off the scale',
      JSON.stringify({ ...PROFILE, residuals: { a: 7 } }),
      /p: residuals\."a": a number from -1 to 1, not 7/,
    ],
  ])('says where it is wrong: %s', (_, text, message) => {
    expect(() => parseProfile(text, 'p')).toThrow(message);
  });

  it.each([
    ['nothing', ''],
    ['a blank', ' '],
    ['a line break', 'a\nprocessors: {}'],
    ['a next line', 'a\u0085processors: {}'],
    ['a line separator', 'a\u2028b'],
    ['a paragraph separator', 'a\u2029b'],
    ['a change of direction', 'a\u202eb'],
    ['129 characters', 'x'.repeat(129)],
    ['no text', 7],
  ])('is not named %s', (_, id) => {
    expect(() => checkProfile({ ...PROFILE, profile_id: id }, 'p')).toThrow(
      /^p: profile_id: a name of 1 to 128 characters without line breaks or control characters/,
    );
    if (typeof id !== 'string' || id.trim() !== '')
      expect(schema({ ...PROFILE, profile_id: id }), 'the schema').toBe(false);
    expect(schema(PROFILE)).toBe(true);
  });

  it('may be named in any language', () => {
    const named = { ...PROFILE, profile_id: 'Größe "甲" — v2 🎯' };
    expect(checkProfile(named, 'p')).toBe(named);
    expect(schema(named)).toBe(true);
  });

  it('throws nothing but its own error, whatever comes', () => {
    const near = fc.record({
      ...Object.fromEntries(
        Object.entries(PROFILE).map(([key, value]) => [key, fc.oneof(fc.constant(value), fc.jsonValue())]),
      ),
    });
    fc.assert(
      fc.property(fc.oneof(near, fc.anything()), value => {
        try {
          checkProfile(value, 'p');
        } catch (error) {
          expect(error).toBeInstanceOf(CalibrationError);
        }
      }),
    );
  });
});

describe('a native value', () => {
  it('is mapped to the last day, then declared', () => {
    const ungraded = { ...PROFILE, quality: { ...PROFILE.quality, grade: 'none' as const } };
    expect(applyProfile(ungraded, '7', PROFILE.expires)).toMatchObject({
      status: 'declared',
      interval: null,
    });
    expect(applyProfile(PROFILE, '7', PROFILE.expires).status).toBe('profiled');
    expect(applyProfile(PROFILE, '7', '2027-05-21')).toEqual({
      score: 6 / 9,
      interval: null,
      status: 'declared',
    });
  });

  it.each([[11], ['x'], [Number.NaN], ['NaN'], [null], [undefined], [{}], [''], [true]])(
    '%s is no number',
    native => {
      expect(applyProfile(PROFILE, native, DAY)).toEqual({ score: null, interval: null, status: 'none' });
    },
  );

  it('beyond what was measured is marked', () => {
    const narrow = {
      ...PROFILE,
      map: {
        ...PROFILE.map,
        method: 'cir' as const,
        knots: [
          [3, 0.3],
          [7, 0.6],
        ] as const,
      },
    };
    expect(applyProfile(narrow, 2, DAY)).toMatchObject({ score: 0.3, clamped: true });
    expect(applyProfile(narrow, 5, DAY)).not.toHaveProperty('clamped');
  });

  it('of levels without profile is spread evenly', () => {
    const levels = { id: 'l', type: 'ordinal', levels: ['low', 'medium', 'high'] } as const;
    expect(declare(levels, 'medium').score).toBe(0.5);
    expect(declare(levels, 1).score).toBeNull();
  });
});

describe('verification', () => {
  it('finds a rater as it was, and one that changed', () => {
    const later = noise(77);
    const held = new Map([...truths].filter(([id]) => id.startsWith('verification')));
    const same = verifyProfile(PROFILE, answers(PROVIDER, held, 3, later), consensus);
    expect(same).toMatchObject({ scenarios: 20, readings: 60, drifted: false });
    expect(same.coverage90).toBeGreaterThan(0.75);
    const bolder = new Map([...held].map(([id, truth]) => [id, Math.min(1, truth + 0.3)]));
    const changed = verifyProfile(PROFILE, answers(PROVIDER, bolder, 3, later), consensus);
    expect(changed.drifted).toBe(true);
  });

  it('refuses another set, and too few scenarios', () => {
    const ratings = answers(PROVIDER, new Map([...truths].slice(0, 12)), 1, noise(1));
    expect(() => verifyProfile(PROFILE, ratings, { ...consensus, version: '2.0.0' })).toThrow(
      /made on made-up\/1\.0\.0/,
    );
    expect(() => verifyProfile(PROFILE, ratings, { ...consensus, sha256: 'e'.repeat(64) })).toThrow(
      /with the digest 000000000000…/,
    );
    expect(() => verifyProfile(PROFILE, ratings.slice(0, 4), consensus)).toThrow(/4 usable scenarios/);
  });
});

describe('isotonic regression', () => {
  it('is what an independent library says', () => {
    const oracle = JSON.parse(readFileSync(new URL('./testing/oracle.json', import.meta.url), 'utf8')) as {
      isotonic: { x: number[]; y: number[]; at: number[]; fitted: number[] }[];
    };
    for (const { x, y, at, fitted } of oracle.isotonic) {
      const knots = isotonic(pool(x.map((value, index) => ({ x: value, y: y[index]!, weight: 1 }))));
      expect(knots.map(([value]) => value)).toEqual(at);
      for (const [index, [, value]] of knots.entries()) expect(value).toBeCloseTo(fitted[index]!, 9);
    }
  });

  it('counts a block at its centre of mass', () => {
    const points = [
      [1, 0.1],
      [2, 0.5],
      [3, 0.3],
      [5, 0.9],
    ].map(([x, y]) => ({ x: x!, y: y!, weight: 1 }));
    expect(centredIsotonic(points)).toEqual([
      [1, 0.1],
      [2.5, 0.4],
      [5, 0.9],
    ]);
    expect(interpolate(centredIsotonic(points), 1.75)).toBeCloseTo(0.25, 12);
  });
});

describe('the picture', () => {
  it('is one SVG document with a point for each scenario', () => {
    const picture = plotProfile(FITTED);
    expect(picture.match(/<circle/g)).toHaveLength(61);
    expect(picture.match(/stroke="#d55e00"/g)).toHaveLength(21);
    expect(picture).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('holds no name as markup', () => {
    const named = { ...FITTED, profile: { ...PROFILE, profile_id: '<script>&"' } };
    expect(plotProfile(named)).toContain('&lt;script&gt;&amp;');
    expect(plotProfile(named)).not.toContain('<script');
  });
});
