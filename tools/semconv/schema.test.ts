import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';

const FOLDER = resolve(import.meta.dirname, '../../semconv/schema');
const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(FOLDER, ...path), 'utf8'));
const examples = (folder: string): string[] =>
  readdirSync(join(FOLDER, 'examples', folder)).map(name => basename(name, '.json'));

const schema = read('alignment-signal.schema.json') as { $id: string; properties: Record<string, object> };
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

function errorsOf(document: unknown): ErrorObject[] {
  validate(document);
  return validate.errors ?? [];
}

/** The instance and keyword of the error that is not a consequence of another. */
const places = (errors: readonly ErrorObject[]): string[] =>
  errors.map(error => `${error.instancePath} ${error.keyword}`);

describe('the JSON Schema of a signal', () => {
  it('is versioned under the host of the registry', () => {
    expect(schema.$id).toMatch(
      /^https:\/\/otel-alignment\.dev\/schemas\/alignment-signal\/\d+\.\d+\.\d+\.json$/,
    );
  });

  it.each(examples('valid'))('accepts %s', name => {
    expect(errorsOf(read('examples', 'valid', `${name}.json`))).toEqual([]);
  });

  const expected = read('examples', 'invalid.json') as Record<string, { pointer: string; keyword: string }>;

  it('expects something of every invalid example', () => {
    expect(examples('invalid').sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(Object.entries(expected))('rejects %s where it is wrong', (name, { pointer, keyword }) => {
    const errors = errorsOf(read('examples', 'invalid', `${name}.json`));
    expect(places(errors)).toContain(`${pointer} ${keyword}`);
    // Every other error stands at the same place or inside of it.
    for (const error of errors) expect(`${error.instancePath}/`).toContain(`${pointer}/`);
  });

  it('takes a timestamp with any number of fractional digits', () => {
    const document = read('examples', 'valid', 'minimal.json') as Record<string, unknown>;
    for (let digits = 1; digits <= 40; digits++) {
      expect(errorsOf({ ...document, timestamp: `2026-11-21T09:30:00.${'7'.repeat(digits)}Z` })).toEqual([]);
    }
  });
});
