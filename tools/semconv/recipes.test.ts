import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultSeverity, logSeverityNumber } from '../../src/signals/severity.ts';
import { readAttributes } from './definitions.ts';
import { loadRegistry, text } from './model.ts';

const FOLDER = resolve(import.meta.dirname, '../../semconv');
const read = (path: string): string => readFileSync(resolve(FOLDER, path), 'utf8');

interface Vectors {
  readonly signal_ids: readonly { readonly fields: readonly string[]; readonly id: string }[];
  readonly synthetic_ids: readonly { readonly session_key: string; readonly trace_id: string }[];
}
const vectors = JSON.parse(read('schema/signal-id-vectors.json')) as Vectors;
/** What is hashed, and its first 32 digits. */
const hashed = new Map([
  ...vectors.signal_ids.map(({ fields, id }) => [fields.join('|'), id] as const),
  ...vectors.synthetic_ids.map(({ session_key, trace_id }) => [`1|trace|${session_key}`, trace_id] as const),
]);

describe('the recipes of docs/signal-id.md', () => {
  const examples = [
    ...read('docs/signal-id.md').matchAll(/^printf '%s' '(.*)' \| sha256sum.*\n# (.*)$/gm),
  ].map(([, input, digits]) => ({ input, digits }));

  it('have examples of both', () => {
    expect(examples.filter(({ input }) => input?.startsWith('1|trace|'))).toHaveLength(1);
    expect(examples.length).toBeGreaterThanOrEqual(4);
  });

  it.each(examples)(
    '$input gives what the page says, and is a published test vector',
    ({ input, digits }) => {
      const computed = createHash('sha256').update(String(input), 'utf8').digest('hex').slice(0, 32);
      expect(digits).toBe(computed);
      expect(hashed.get(String(input))).toBe(computed);
    },
  );

  it('give every published test vector', () => {
    for (const [input, digits] of hashed) {
      expect(createHash('sha256').update(input, 'utf8').digest('hex').slice(0, 32)).toBe(digits);
    }
  });
});

/** Rows of the severity table: class, types, initiators, severity. */
const rows = read('README.md')
  .split('\n')
  .filter(line => /^\| `[a-z_]+` +\|/.test(line))
  .map(line => line.split('|').slice(1, -1))
  .filter(cells => cells.length === 4)
  .map(cells => cells.map(cell => cell.trim()) as [string, string, string, string]);
const words = (cell: string): string[] => [...cell.matchAll(/`([a-z_.]+)`/g)].map(([, word]) => word ?? '');

const INITIATORS = ['human', 'policy', 'monitor', 'agent', undefined];

function initiatorsOf(cell: string): (string | undefined)[] {
  if (cell === 'any' || cell === '') return INITIATORS;
  return [...words(cell), ...(cell.endsWith('or unknown') ? [undefined] : [])];
}

const stated = rows.flatMap(([name, types, initiators, severity]) =>
  (types === '' ? [undefined] : words(types)).flatMap(type =>
    initiatorsOf(initiators).map(initiator => ({ name: words(name)[0], type, initiator, severity })),
  ),
);

describe('the severity table of the README', () => {
  it.each(stated)('$name $type by $initiator: $severity', ({ name, type, initiator, severity }) => {
    const attributes = {
      ...(name === 'intervention' ? { 'alignment.intervention.type': type } : {}),
      ...(name === 'autonomy_boundary' ? { 'alignment.boundary.type': type } : {}),
      ...(initiator === undefined ? {} : { 'alignment.intervention.initiator': initiator }),
      'alignment.risk.score': 0.77,
    };
    const expected =
      severity === '`alignment.risk.score`' ? 0.77 : /^\d/.test(severity) ? Number(severity) : undefined;
    expect(defaultSeverity(name as never, attributes as never)).toBe(expected);
  });

  it('has a row for each listed type and initiator of the classes that have types', () => {
    const attributes = new Map(
      readAttributes(loadRegistry(resolve(FOLDER, 'model'))).map(attribute => [attribute.key, attribute]),
    );
    const listed = (key: string): string[] =>
      (attributes.get(key)?.members ?? []).map(({ value }) => value).filter(value => value !== '_OTHER');
    const inTable = (name: string): Set<string> =>
      new Set(stated.filter(row => row.name === name).map(({ type, initiator }) => `${type} ${initiator}`));
    const all = (key: string): Set<string> =>
      new Set(listed(key).flatMap(type => INITIATORS.map(initiator => `${type} ${initiator}`)));
    expect(inTable('intervention')).toEqual(all('alignment.intervention.type'));
    expect(inTable('autonomy_boundary')).toEqual(all('alignment.boundary.type'));
    expect(new Set(stated.map(({ name }) => name))).toEqual(new Set(listed('alignment.signal.class')));
    expect(listed('alignment.intervention.initiator').sort()).toEqual(INITIATORS.filter(Boolean).sort());
  });

  it('agrees with the numbers in the notes of the events', () => {
    const { items } = loadRegistry(resolve(FOLDER, 'model'));
    for (const event of items.events) {
      const name = text(event['name']).replace('alignment.', '');
      const note = text(event['note']).replaceAll(/\s+/g, ' ');
      const said =
        /Where the source gives no severity, it is (.*?)(?:The severity number|$)/.exec(note)?.[1] ?? '';
      const numbers = new Set([...said.matchAll(/\d\.\d/g)].map(([number]) => number));
      const inRows = rows
        .filter(([first, , , severity]) => words(first)[0] === name && /^\d/.test(severity))
        .map(row => row[3]);
      expect(numbers, name).toEqual(new Set(inRows));
    }
  });

  it('states the severity numbers of log records, as every event does', () => {
    const numbers = [0.39, 0.69, 0.89, 0.9].map(logSeverityNumber);
    const [info, warn, error, fatal] = numbers;
    expect(read('README.md')).toContain(
      `below 0.4 INFO (${info}), below 0.7 WARN (${warn}), below 0.9 ERROR (${error}), else FATAL (${fatal})`,
    );
    for (const event of loadRegistry(resolve(FOLDER, 'model')).items.events) {
      expect(text(event['note']).replaceAll(/\s+/g, ' ')).toContain(
        `< 0.4 INFO (${info}), < 0.7 WARN (${warn}), < 0.9 ERROR (${error}), else FATAL (${fatal})`,
      );
    }
  });
});
