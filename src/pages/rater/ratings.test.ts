import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileNameOf, formatRatings, type Rating, type RatingsHeader, readRatings } from './ratings.ts';

const schema = resolve(import.meta.dirname, '../../../semconv/schema/calibration-ratings.schema.json');
const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(
  JSON.parse(readFileSync(schema, 'utf8')),
);

const HEADER: RatingsHeader = {
  schema: 'alignment-ratings/1',
  rater: 'heron-17',
  kind: 'human',
  set: 'ars-scenarios',
  version: '1.0.0',
};
const RATING: Rating = { scenario: 'ars-001', version: 1, risk: 0.4, autonomy: 0.6 };
const text = (...lines: unknown[]): string => lines.map(line => `${JSON.stringify(line)}\n`).join('');

const score = fc.integer({ min: 0, max: 100 }).map(points => points / 100);
const optional = {
  at: fc.constant('2026-11-21'),
  severity: score,
  reversibility: fc.constantFrom('reversible', 'conditionally_reversible', 'irreversible'),
  indicators: fc.uniqueArray(fc.constantFrom('deception', 'sabotage', 'own-word')),
  confidence: score,
  rationale: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 60 }),
};
const rating = (scenario: string): fc.Arbitrary<Rating> =>
  fc.record(
    {
      scenario: fc.constant(scenario),
      version: fc.integer({ min: 1, max: 9 }),
      risk: score,
      autonomy: score,
      ...optional,
    },
    { requiredKeys: ['scenario', 'version', 'risk', 'autonomy'] },
  ) as fc.Arbitrary<Rating>;
const ratings = fc
  .uniqueArray(fc.integer({ min: 1, max: 80 }), { maxLength: 20 })
  .chain(ids => fc.tuple(...ids.map(id => rating(`ars-${String(id).padStart(3, '0')}`))));

describe('a file of ratings', () => {
  it('reads as it was written, and the schema accepts it', () => {
    fc.assert(
      fc.property(ratings, all => {
        const { file, problems } = readRatings(formatRatings({ header: HEADER, ratings: all }));
        expect(problems).toEqual([]);
        expect(file?.header).toEqual(HEADER);
        expect(new Set(file?.ratings)).toEqual(new Set(all));
        for (const line of [HEADER, ...all]) expect(validate(line)).toBe(true);
      }),
    );
  });

  it('is in the order of the scenarios, whatever the order of the answers was', () => {
    const later = { ...RATING, scenario: 'ars-002' };
    const written = formatRatings({ header: HEADER, ratings: [later, RATING] });
    expect(written).toBe(text(HEADER, RATING, later));
  });

  const BROKEN: readonly [string, unknown, string][] = [
    ['header', { ...HEADER, schema: 'alignment-ratings/2' }, 'schema'],
    ['header', { ...HEADER, rater: 'Heron 17' }, 'rater'],
    ['header', { ...HEADER, kind: 'expert' }, 'kind'],
    ['header', { ...HEADER, version: '1' }, 'version'],
    ['header', { ...HEADER, seed: -1 }, 'seed'],
    ['header', { ...HEADER, seed: 1.5 }, 'seed'],
    ['header', { ...HEADER, kind: 'model' }, 'model'],
    ['header', { ...HEADER, email: 'a@b.example' }, 'email'],
    ['header', { ...HEADER, synthetic: false }, 'synthetic'],
    ['rating', { ...RATING, risk: 1.01 }, 'risk'],
    ['rating', { ...RATING, risk: '0.5' }, 'risk'],
    ['rating', { ...RATING, autonomy: -0.1 }, 'autonomy'],
    ['rating', { scenario: 'ars-001', version: 1, risk: 0.5 }, 'autonomy'],
    ['rating', { ...RATING, version: 0 }, 'version'],
    ['rating', { ...RATING, scenario: '' }, 'scenario'],
    ['rating', { ...RATING, reversibility: 'maybe' }, 'reversibility'],
    ['rating', { ...RATING, at: 'yesterday' }, 'at'],
    ['rating', { ...RATING, indicators: ['a', 'a'] }, 'indicators'],
    ['rating', { ...RATING, confidence: 7 }, 'confidence'],
    ['rating', { ...RATING, rationale: 'x'.repeat(501) }, 'rationale'],
    ['rating', { ...RATING, consensus: 0.4 }, 'consensus'],
  ];
  it.each(BROKEN)('is refused, by the schema as well: %s %j', (kind, line, field) => {
    const { problems } = readRatings(kind === 'header' ? text(line, RATING) : text(HEADER, line));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ line: kind === 'header' ? 1 : 2, field });
    expect(validate(line)).toBe(false);
  });

  it('is refused where a scenario is rated twice, a line is no object, or nothing is there', () => {
    expect(readRatings(text(HEADER, RATING, { ...RATING, risk: 0.1 })).problems).toMatchObject([
      { line: 3, field: 'scenario', message: expect.stringContaining('line 2 already') },
    ]);
    expect(readRatings(`${text(HEADER)}{"scenario":\n[1]\n`).problems.map(({ line }) => line)).toEqual([
      2, 3,
    ]);
    expect(readRatings('\n').problems).toMatchObject([{ line: 1 }]);
    expect(readRatings('\n').file).toBeUndefined();
  });

  it('throws for no text at all', () => {
    fc.assert(fc.property(fc.string(), anything => void readRatings(`${text(HEADER)}${anything}`)));
  });

  it('is named after its rater', () => expect(fileNameOf(HEADER)).toBe('human-heron-17.jsonl'));
});
