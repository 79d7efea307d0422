import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JOIN_TYPES } from './join-keys.ts';
import { usableToken, usableValue } from './join-values.ts';
import { sourceSpans } from './source.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

describe('ids that agents use', () => {
  const files = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
      entry.isDirectory()
        ? files(join(folder, entry.name))
        : entry.name.endsWith('.json')
          ? [join(folder, entry.name)]
          : [],
    );
  const KEYS = new Set(JOIN_TYPES.flatMap(({ attributes }) => attributes));
  const found = new Map<string, Set<string>>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    else if (typeof value === 'object' && value !== null) {
      const { key, value: held } = value as { key?: string; value?: { stringValue?: string } };
      if (key !== undefined && KEYS.has(key) && typeof held?.stringValue === 'string')
        found.set(key, (found.get(key) ?? new Set()).add(held.stringValue));
      Object.values(value).forEach(look);
    }
  };
  for (const file of files(join(ROOT, 'test/fixtures/captures')))
    look(JSON.parse(readFileSync(file, 'utf8')));

  it('are all good, in every recording', () => {
    const all = [...found.values()].flatMap(values => [...values]);
    expect(all.length).toBeGreaterThan(150);
    expect(all.filter(value => usableValue(value) === undefined)).toEqual([]);
  });
});

describe('random ids', () => {
  const of = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
  const HEX = '0123456789abcdef';
  const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  // what each kind loses was measured over 20,000 ids: the limits are about five times that
  it.each([
    ['UUIDs', 0.002, () => randomUUID()],
    ['64 bits of hex', 0.02, () => of(HEX, 16)],
    ['72 bits of hex behind a name', 0.02, () => `req_${of(HEX, 18)}`],
    ['128 bits of hex', 0.002, () => of(HEX, 32)],
    ['22 of base62 behind a name', 0.004, () => `toolu_${of(BASE62, 22)}`],
    ['16 of base62', 0.04, () => of(BASE62, 16)],
    ['ULIDs', 0.002, () => `01J${of('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 23)}`],
    ['128 bits of base64url behind a name', 0.04, () => `tooluse_${randomBytes(16).toString('base64url')}`],
    ['256 bits of base64url', 0.004, () => `x${randomBytes(32).toString('base64url')}`],
  ])('%s are good, but for %d of them', (_, most, make) => {
    const ids = Array.from({ length: 4000 }, make);
    expect(ids.filter(id => usableValue(id) === undefined).length).toBeLessThanOrEqual(most * ids.length);
  });
});

describe('what can be listed', () => {
  const word = fc.constantFrom(
    ...[
      'session',
      'conversation',
      'agent',
      'prod',
      'customer',
      'alice',
      'Support',
      'eu-west-1',
      'laptop',
      'worker',
    ],
  );
  const number = fc.oneof(
    fc.nat({ max: 99_999_999 }).map(String),
    fc.nat({ max: 99_999 }).map(value => String(value).padStart(12, '0')),
    fc
      .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
      .chain(date =>
        fc.constantFrom(
          date.toISOString(),
          date.toISOString().replace(/[^\dT]/g, ''),
          String(date.getTime()),
          `${date.getTime()}000000`,
        ),
      ),
  );
  it('words, counters and times are none, however they are put together', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(word, number), { minLength: 1, maxLength: 8 }),
        fc.constantFrom('-', '_', '.', ':'),
        (parts, by) => {
          expect(usableValue(parts.join(by))).toBeUndefined();
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is judged in time that grows with the text alone', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 10_000, maxLength: 50_000 }), text => {
        expect(usableValue(text)).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  });
});

describe('the text of the protocol', () => {
  const readme = readFileSync(join(ROOT, 'semconv/sessions/README.md'), 'utf8');
  const source = readFileSync(new URL('./join-values.ts', import.meta.url), 'utf8');
  it.each(['TIME', 'LETTERS'])('has the pattern of %s', name => {
    const pattern = new RegExp(`const ${name} =\\s+/(.*)/g;`).exec(source)![1]!;
    expect(readme).toContain(`${name.padEnd(9)}${pattern}\n`);
  });

  it('has the pairs', () => {
    const stated = /PAIRS +((?:[a-z]{2}\s+)+)```/.exec(readme)![1]!.trim().split(/\s+/);
    const used = [...source.slice(source.indexOf('const PAIRS')).matchAll(/'((?:[a-z]{2} ?){5,})'/g)]
      .flatMap(([, words]) => words!.trim().split(' '))
      .sort();
    expect(stated.sort()).toEqual(used);
  });

  it('has the types, and what they are read from', () => {
    for (const { type, confidence, attributes } of JOIN_TYPES) {
      const row = readme.split('\n').find(line => line.startsWith(`| \`${type}\` | ${confidence} |`));
      expect(row, type).toBeDefined();
      for (const attribute of attributes) expect(row, type).toContain(`\`${attribute}\``);
    }
  });
});

describe('a session token', () => {
  it('is known by its form, whatever the rest looks like', () => {
    for (let i = 0; i < 2000; i++) {
      const token = randomBytes(16).toString('base64url');
      const good = /^[A-Za-z0-9]/.test(token) && new Set(token).size >= 8;
      expect(usableToken(token)).toBe(good ? token : undefined);
    }
  });
});

describe('keys of spans', () => {
  const span = (attributes: object[], resource: object[] = []): object => ({
    resourceSpans: [
      {
        resource: { attributes: resource },
        scopeSpans: [
          {
            spans: [
              {
                traceId: 'a1'.repeat(16),
                spanId: 'b2'.repeat(8),
                startTimeUnixNano: '1794997230000000000',
                attributes,
              },
            ],
          },
        ],
      },
    ],
  });
  it('of headers are read from a list of one', () => {
    const header = (...values: string[]): object => ({
      key: 'http.response.header.request-id',
      value: { arrayValue: { values: values.map(stringValue => ({ stringValue })) } },
    });
    const read = (one: object): unknown => {
      const [source] = sourceSpans(span([one]));
      return 'problem' in source! ? source : source!.attributes['http.response.header.request-id'];
    };
    expect(read(header('req_4bebe14bbf7cd5e651'))).toBe('req_4bebe14bbf7cd5e651');
    expect(read(header('req_4bebe14bbf7cd5e651', 'x'))).toBeUndefined();
    expect(read({ ...header('x'), key: 'gen_ai.response.id' })).toBeUndefined();
  });
});
