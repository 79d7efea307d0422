import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { JOINS } from '../../src/dialects/joins/index.ts';
import type { Condition, ValueSource } from '../../src/dialects/table.ts';
import { ATTRIBUTES } from '../../src/semconv/registry.ts';
import { type Fault, fieldName, type Source } from './load.ts';
import type { DialectFile, OrderFile } from './model.ts';
import { patternFault } from './pattern.ts';

type At = readonly (string | number)[];
type Report = (at: At, message: string) => void;

const SPAN_FIELDS: ReadonlySet<string> = new Set([
  'span_name',
  'scope_name',
  'status_code',
  'status_message',
]);
const RECORD_FIELDS: ReadonlySet<string> = new Set(['event_name', 'body', 'scope_name']);
const SPAN_EVENT_FIELDS: ReadonlySet<string> = new Set(['event_name', 'scope_name']);

/** The attribute of the registry whose values a field of the step takes. */
const VALUE_FIELDS: Readonly<Record<string, string>> = {
  actionType: 'alignment.action.type',
  humanInvolvement: 'alignment.human.involvement',
};

const validate = new Ajv2020({ allErrors: true, strict: false, verbose: true }).compile(
  JSON.parse(readFileSync(new URL('../../semconv/dialects/dialect.schema.json', import.meta.url), 'utf8')),
);

/** Everything that is wrong with one dialect's file. */
export function checkDialect(source: Source): Fault[] {
  if (source.faults.length > 0) return [...source.faults];
  const faults: Fault[] = [];
  const report: Report = (at, message) => {
    faults.push({ path: source.path, line: source.lineAt(at), field: fieldName(at), message });
  };
  if (!validate(source.value)) {
    for (const error of validate.errors ?? []) {
      // A choice that failed is told once, not alternative by alternative.
      if (/\/(oneOf|anyOf)\//.test(error.schemaPath) || error.keyword === 'propertyNames') continue;
      report(pathOf(error, source.value), wording(error));
    }
    return faults;
  }
  const file = source.value as DialectFile;
  if (basename(source.path, '.yaml') !== file.dialect) {
    report(['dialect'], `is ${file.dialect}, but the file is ${basename(source.path)}; name both alike`);
  }
  for (const [name, reason] of Object.entries(file.joins ?? {})) {
    if (!(name in JOINS))
      report(['joins', name], `no such join in src/dialects/joins (${reason.slice(0, 40)}…)`);
  }
  checkIds(file, report);
  for (const [index, row] of file.spans.entries()) {
    const at = ['spans', index];
    checkWhen(row.when, SPAN_FIELDS, [...at, 'when'], report);
    const gate = row.when[0]!;
    const named = 'field' in gate && gate.field === 'span_name' && ('equals' in gate || 'prefix' in gate);
    if (!('attribute' in gate) && !named) {
      report(
        [...at, 'when', 0],
        'must test an attribute, or equals or prefix on span_name: put that condition first',
      );
    }
    if (row.step === 'none' && (row.read || row.compose || row.values || row.set || row.join)) {
      report([...at, 'step'], 'is none, so the row reads nothing: drop read, compose, values, set and join');
    }
    if (row.read?.session && row.read.session[0] !== 'session.id') {
      report([...at, 'read', 'session', 0], 'session.id comes first: it wins over every other key');
    }
    if (row.read?.mode && !file.mode_scale)
      report([...at, 'read', 'mode'], 'needs mode_scale on the dialect');
    if (row.compose && row.read?.arguments) {
      report([...at, 'compose'], 'and read.arguments both give the arguments: keep one');
    }
    if (row.join && !file.joins?.[row.join]) {
      report([...at, 'join'], `no reason for ${row.join} under joins: add it there`);
    }
    for (const [field, value] of Object.entries(row.set ?? {})) {
      checkWord(VALUE_FIELDS[field]!, value, [...at, 'set', field], report);
    }
    for (const [field, from] of Object.entries(row.values ?? {})) {
      checkMap(file, VALUE_FIELDS[field]!, from, [...at, 'values', field], report);
    }
  }
  for (const [index, row] of (file.events ?? []).entries()) {
    const at = ['events', index];
    const fields = { span: SPAN_FIELDS, span_event: SPAN_EVENT_FIELDS, log: RECORD_FIELDS }[row.on];
    checkWhen(row.when, fields, [...at, 'when'], report);
    if (row.on !== 'span_event' && row.when.some(condition => 'differs_from_span' in condition)) {
      report([...at, 'when'], 'compares with the span, and only a span event is on one');
    }
    if (row.event === 'none' && (row.set || row.copy || row.values || row.mode)) {
      report([...at, 'event'], 'is none, so the row writes nothing: drop set, copy, values and mode');
    }
    if (row.on !== 'log' && (row.beside || row.copy || row.values || row.mode)) {
      report([...at, 'on'], `is ${row.on}: such a row has set alone, the span carries the rest`);
    }
    if (row.mode && !file.mode_scale) report([...at, 'mode'], 'needs mode_scale on the dialect');
    if (row.on === 'log' ? !file.harness?.records : !file.harness?.spans) {
      report([...at, 'on'], 'needs harness.records for log rows and harness.spans for the others');
    }
    for (const [key, value] of Object.entries(row.set ?? {}))
      checkWord(key, value, [...at, 'set', key], report);
    for (const key of Object.keys(row.copy ?? {})) checkKey(key, [...at, 'copy', key], report);
    for (const [key, from] of Object.entries(row.values ?? {})) {
      checkMap(file, key, from, [...at, 'values', key], report);
    }
  }
  if (file.harness?.records) checkWhen(file.harness.records, RECORD_FIELDS, ['harness', 'records'], report);
  if (file.harness?.spans) checkWhen(file.harness.spans, SPAN_FIELDS, ['harness', 'spans'], report);
  for (const key of Object.keys(file.harness?.copy ?? {})) checkKey(key, ['harness', 'copy', key], report);
  for (const [key, from] of Object.entries(file.harness?.values ?? {})) {
    checkMap(file, key, from, ['harness', 'values', key], report);
  }
  for (const [index, row] of (file.mirrors ?? []).entries()) {
    checkWhen(row.when, SPAN_FIELDS, ['mirrors', index, 'when'], report);
  }
  return faults;
}

/** Everything that is wrong with the order of the dialects. */
export function checkOrder(source: Source, dialects: readonly string[]): Fault[] {
  if (source.faults.length > 0) return [...source.faults];
  const faults: Fault[] = [];
  const report: Report = (at, message) => {
    faults.push({ path: source.path, line: source.lineAt(at), field: fieldName(at), message });
  };
  const order = (source.value as OrderFile | null)?.order;
  if (!Array.isArray(order)) {
    report(['order'], 'is no list: write one item {dialect, why} for each dialect');
    return faults;
  }
  const seen = new Set<string>();
  for (const [index, item] of order.entries()) {
    const at = ['order', index];
    if (typeof item?.dialect !== 'string' || typeof item.why !== 'string')
      report(at, 'needs dialect and why');
    else if (!dialects.includes(item.dialect)) report(at, `there is no ${item.dialect}.yaml`);
    else if (seen.has(item.dialect)) report(at, `${item.dialect} is listed twice`);
    else seen.add(item.dialect);
  }
  for (const name of dialects)
    if (!seen.has(name)) report(['order'], `${name} is missing: say where it comes`);
  return faults;
}

function checkIds(file: DialectFile, report: Report): void {
  const seen = new Set<string>();
  for (const list of ['spans', 'events', 'mirrors'] as const) {
    for (const [index, row] of (file[list] ?? []).entries()) {
      const at = [list, index, 'id'];
      if (!row.id.startsWith(`${file.dialect}.`)) report(at, `is ${row.id}: start it with ${file.dialect}.`);
      if (seen.has(row.id)) report(at, `${row.id} is used twice: ids are unique and stay`);
      seen.add(row.id);
    }
  }
}

function checkWhen(when: readonly Condition[], fields: ReadonlySet<string>, at: At, report: Report): void {
  for (const [index, condition] of when.entries()) {
    if ('field' in condition && !fields.has(condition.field)) {
      report([...at, index, 'field'], `${condition.field} is not on it: one of ${[...fields].join(', ')}`);
    }
    const fault = 'pattern' in condition ? patternFault(condition.pattern) : undefined;
    if (fault !== undefined) report([...at, index, 'pattern'], fault);
  }
}

function checkMap(file: DialectFile, key: string, source: ValueSource, at: At, report: Report): void {
  const words = file.value_maps?.[source.map];
  if (!words) report([...at, 'map'], `there is no ${source.map} under value_maps: add it there`);
  for (const [native, word] of Object.entries(words ?? {})) {
    checkWord(key, word, ['value_maps', source.map, native], report);
  }
}

function checkWord(key: string, value: unknown, at: At, report: Report): void {
  if (!checkKey(key, at, report)) return;
  const values = ATTRIBUTES[key]?.values;
  if (values && !values.includes(value as string)) {
    report(at, `${String(value)} is no value of ${key}: one of ${values.join(', ')}`);
  }
}

function checkKey(key: string, at: At, report: Report): boolean {
  const known = !key.startsWith('alignment.') || key in ATTRIBUTES;
  if (!known) report(at, `${key} is not in the registry: see semconv/model`);
  return known;
}

/** JSON pointer to keys and indices, with the key that is too much where there is one. */
function pathOf(error: ErrorObject, root: unknown): At {
  const at: (string | number)[] = [];
  let node = root;
  for (const part of error.instancePath.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    at.push(Array.isArray(node) ? Number(key) : key);
    node = (node as Record<string, unknown> | undefined)?.[key];
  }
  const extra = error.params['additionalProperty'] ?? error.propertyName;
  return typeof extra === 'string' ? [...at, extra] : at;
}

function wording(error: ErrorObject): string {
  switch (error.keyword) {
    case 'additionalProperties':
      return 'is not known here: remove it, or see dialect.schema.json for the names';
    case 'required':
      return `lacks ${error.params['missingProperty']}: add it`;
    case 'enum':
      return `must be one of ${(error.params['allowedValues'] as unknown[]).join(', ')}`;
    case 'pattern':
      return `must match ${error.params['pattern']}`;
    case 'minProperties':
    case 'maxProperties':
      return `${error.message}; a condition is one subject and one test`;
    case 'oneOf':
    case 'anyOf':
      return error.propertyName === undefined
        ? 'needs one subject (attribute, resource or field) and one test (exists, equals, in, prefix, pattern, contains or differs_from_span)'
        : 'is no key of ours: alignment.* or one that the vocabulary reuses';
    default:
      return error.message ?? 'is wrong';
  }
}
