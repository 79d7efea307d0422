import { WORD_KEYS } from '../../src/dialects/event.ts';
import type { Condition, ValueSource } from '../../src/dialects/table.ts';
import type { DialectFile, EventRowFile } from './model.ts';
import { allOf, attribute, literal, oneOf, versionPaths } from './ottl.ts';

/** One processor of the Collector, in the parts that its YAML has. */
export interface Processor {
  readonly name: string;
  readonly comment?: readonly string[];
  /** Its error mode. */
  readonly settings: 'ignore' | 'propagate';
  /** Of a filter: what is dropped. */
  readonly conditions?: readonly string[];
  /** Of a transformation. */
  readonly groups?: {
    readonly kind: 'log_statements' | 'trace_statements';
    readonly list: readonly {
      readonly context: 'log' | 'span' | 'spanevent';
      readonly conditions?: string;
      readonly statements: readonly string[];
    }[];
  };
}

export interface Pipeline {
  readonly pipeline: string;
  readonly processors: readonly string[];
}

const ROW = 'log.cache["row"]';
const OUT = 'log.cache["out"]';
const outKey = (key: string): string => `${OUT}[${literal(key)}]`;
const LABEL = 'alignment.autonomy.native.label';

/** Processors and pipelines that turn copies of a program's log records into events. None where it has no rows on log records. */
export function logProcessors(
  file: DialectFile,
  name: string,
): { readonly processors: readonly Processor[]; readonly pipelines: readonly Pipeline[] } {
  const { harness, events = [] } = file;
  const rows = events.filter(row => row.on === 'log');
  if (harness?.records === undefined || rows.length === 0) return { processors: [], pipelines: [] };
  const processors: Processor[] = [filter(name, harness.records, rows)];
  const pipelines: Pipeline[] = [];
  for (const [suffix, part, comment] of [
    [
      '',
      rows.filter(row => !row.beside),
      [
        'The first row that matches wins. The event is put together in the cache and takes the place of all attributes, so that',
        'nothing of the native record is left.',
      ],
    ],
    [
      '_beside',
      rows.filter(row => row.beside),
      ['What some records state besides: a second event of the same record.'],
    ],
  ] as const) {
    if (part.length === 0) continue;
    processors.push({
      name: `transform/${name}${suffix}`,
      comment,
      settings: 'ignore',
      groups: { kind: 'log_statements', list: [{ context: 'log', statements: statements(file, part) }] },
    });
    pipelines.push({
      pipeline: `logs/${name}${suffix}`,
      processors: ['memory_limiter', `filter/${name}`, `transform/${name}${suffix}`, 'filter/signal_records'],
    });
  }
  return { processors, pipelines };
}

/** Drops what is not the program's, and what no row asks for. */
function filter(name: string, records: readonly Condition[], rows: readonly EventRowFile[]): Processor {
  const names = namesOf(rows);
  return {
    name: `filter/${name}`,
    comment: [
      'Records of the program that a row asks for. Records that are signals already come in another way.',
    ],
    settings: 'propagate',
    conditions: [
      `not (${allOf('log', records)})`,
      ...(names === undefined ? [] : [`not (${oneOf(names.path, names.values)})`]),
      'HasPrefix(log.event_name, "alignment.")',
    ],
  };
}

/** The part of a record that every row compares with constants, and all of these. */
function namesOf(rows: readonly EventRowFile[]): { path: string; values: unknown[] } | undefined {
  const values = new Set<unknown>();
  let key: string | undefined;
  for (const { when } of rows) {
    const first = when[0]!;
    if (!('equals' in first) && !('in' in first)) return undefined;
    const path =
      'attribute' in first ? attribute('log', first.attribute) : 'field' in first ? `log.${first.field}` : '';
    if (path === '' || (key !== undefined && key !== path)) return undefined;
    key = path;
    for (const value of 'in' in first ? first.in : [first.equals]) values.add(value);
  }
  return key === undefined ? undefined : { path: key, values: [...values] };
}

function statements(file: DialectFile, rows: readonly EventRowFile[]): string[] {
  const harness = file.harness!;
  const found = rows.filter(row => row.event !== 'none');
  const where = (ids: readonly string[]): string =>
    ids.length === found.length ? `${OUT} != nil` : oneOf(ROW, ids);
  const lines = rows.map(
    row => `set(${ROW}, ${literal(row.id)}) where ${ROW} == nil and ${allOf('log', row.when)}`,
  );
  const source = { 'alignment.source.type': 'harness', 'alignment.source.name': harness.name };
  for (const row of found) {
    lines.push(`set(${OUT}, ${literal({ ...source, ...row.set })}) where ${ROW} == ${literal(row.id)}`);
  }
  if (harness.version) {
    lines.push(...copy('alignment.source.version', versionPaths('log', harness.version), `${OUT} != nil`));
  }
  for (const {
    value: [key, keys],
    ids,
  } of shared(found, row => Object.entries({ ...harness.copy, ...row.copy }))) {
    lines.push(
      ...copy(
        key,
        keys.map(native => attribute('log', native)),
        where(ids),
      ),
    );
  }
  for (const { value: keys, ids } of shared(found, row => (row.mode ? [row.mode] : []))) {
    lines.push(
      ...copy(
        LABEL,
        keys.map(native => attribute('log', native)),
        where(ids),
      ),
      `set(${outKey('alignment.autonomy.native.scale')}, ${literal(file.mode_scale)}) where ${where(ids)} and ${outKey(LABEL)} != nil`,
      // the word alone, on no scale of ours
      `set(${outKey('alignment.autonomy.calibration.status')}, ${literal('none')}) where ${where(ids)} and ${outKey(LABEL)} != nil`,
    );
  }
  for (const {
    value: [key, from],
    ids,
  } of shared(found, row => Object.entries({ ...harness.values, ...row.values }))) {
    lines.push(...mapped(file, key, from, where(ids)));
  }
  lines.push(`set(log.attributes, ${OUT}) where ${OUT} != nil`);
  for (const event of new Set(found.map(row => row.event))) {
    const ids = found.filter(row => row.event === event).map(row => row.id);
    lines.push(`set(log.event_name, ${literal(event)}) where ${where(ids)}`);
  }
  lines.push(
    `set(log.body, "") where ${OUT} != nil and log.body != nil`,
    `set(log.severity_text, "") where ${OUT} != nil`,
    `set(log.severity_number, SEVERITY_NUMBER_UNSPECIFIED) where ${OUT} != nil`,
  );
  return lines;
}

/** What several rows have in common, once, with the rows that have it. */
function shared<T>(
  rows: readonly EventRowFile[],
  parts: (row: EventRowFile) => readonly T[],
): { readonly value: T; readonly ids: string[] }[] {
  const groups = new Map<string, { value: T; ids: string[] }>();
  for (const row of rows) {
    for (const value of parts(row)) {
      const key = JSON.stringify(value);
      const group = groups.get(key) ?? { value, ids: [] };
      group.ids.push(row.id);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}

/** The first of several texts of 1 to 512 bytes. What the row itself sets stays. */
function copy(key: string, paths: readonly string[], where: string): string[] {
  const free = `${where} and ${outKey(key)} == nil`;
  return paths.flatMap(path => {
    const usable = `IsString(${path}) and Len(${path}) > 0 and Len(${path}) <= 512`;
    if (!WORD_KEYS.has(key)) return [`set(${outKey(key)}, ${path}) where ${free} and ${usable}`];
    const word = `set(${outKey(key)}, ${path}) where ${free} and IsString(${path}) and IsMatch(${path}, "^[\\\\w.+:/-]{1,64}$")`;
    const other = WORD_KEYS.get(key);
    return other === undefined
      ? [word]
      : [word, `set(${outKey(key)}, ${literal(other)}) where ${free} and ${usable}`];
  });
}

function mapped(file: DialectFile, key: string, from: ValueSource, where: string): string[] {
  if (from.from.length !== 1) throw new Error(`${file.dialect}: ${key} is mapped from more than one key`);
  const path = attribute('log', from.from[0]!);
  const natives = new Map<string, string[]>();
  for (const [native, word] of Object.entries(file.value_maps?.[from.map] ?? {})) {
    natives.set(word, [...(natives.get(word) ?? []), native]);
  }
  return [...natives].map(
    ([word, words]) =>
      `set(${outKey(key)}, ${literal(word)}) where ${where} and ${outKey(key)} == nil and ${oneOf(path, words)}`,
  );
}
