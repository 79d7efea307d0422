import {
  type DecodedSpan,
  eventNameOf,
  type FlatAttributes,
  type JsonLine,
  readJson,
  recordsOf,
  spansOf,
  statedClass,
} from '../otlp/index.ts';
import type { Problem } from '../signals/index.ts';
import { checkDocument, INHERITED_KEYS } from '../signals/index.ts';
import { isSignalClass } from '../signals/read.ts';
import { checkAttribute, checkAttributes, checkRequired } from '../signals/validate.ts';

/** What a file holds and what is wrong with it. */
export interface FileReport {
  readonly file: string;
  signals: number;
  spans: number;
  readonly problems: Found[];
  /** What a document may leave out, but an OpenTelemetry event made of it would lack. */
  readonly warnings: Found[];
}

export type Found = Problem & { readonly line: number };

/**
 * Checks every signal of a file: founding JSON documents, one a line or in an array, or OTLP/JSON requests.
 *
 * @throws the file system's error where the file cannot be read
 */
export const validateFile = (file: string): Promise<FileReport> => validateValues(file, readJson(file));

/** Checks every signal of the values of a file, wherever they come from. */
export async function validateValues(
  file: string,
  read: Iterable<JsonLine> | AsyncIterable<JsonLine>,
): Promise<FileReport> {
  const report: FileReport = { file, signals: 0, spans: 0, problems: [], warnings: [] };
  let values = 0;
  for await (const line of read) {
    values += 1;
    const add: Add = (problems, to = 'problems') => {
      for (const problem of problems) report[to].push({ line: line.line, ...problem });
    };
    if ('error' in line)
      add([{ path: '', message: `not JSON: ${line.error}`, fix: 'one JSON value a line, or one a file' }]);
    else checkValue(line.value, '', report, add);
  }
  if (values === 0) {
    report.problems.push({
      line: 1,
      path: '',
      message: 'the file is empty',
      fix: 'give signals or OTLP/JSON',
    });
  }
  return report;
}

type Add = (problems: readonly Problem[], to?: 'problems' | 'warnings') => void;

function checkValue(value: unknown, at: string, report: FileReport, add: Add): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkValue(item, `${at}[${index}]`, report, add);
    return;
  }
  const object = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  for (const part of ['resourceSpans', 'resourceLogs', 'resourceMetrics']) {
    if (part in object && !Array.isArray(object[part])) {
      add(under(at, [{ path: part, message: 'is no array', fix: 'give OTLP/JSON' }]));
    }
  }
  if ('resourceSpans' in object) checkTraces(object, at, report, add);
  else if ('resourceLogs' in object) checkLogs(object, at, report, add);
  else if ('event_type' in object || 'signal_class' in object) checkJson(object, at, report, add);
  else if (!('resourceMetrics' in object)) {
    add([
      {
        path: at,
        message: 'neither an alignment signal nor an OTLP/JSON request',
        fix: 'give event_type, resourceSpans or resourceLogs',
      },
    ]);
  }
}

function checkJson(document: Record<string, unknown>, at: string, report: FileReport, add: Add): void {
  report.signals += 1;
  const problems = checkDocument(document);
  const { attributes, signal_class: signalClass, context, human_involvement: involvement } = document;
  const own = typeof attributes === 'object' && attributes !== null ? (attributes as FlatAttributes) : {};
  problems.push(
    ...unknownFields(document, DOCUMENT, ''),
    ...unknownFields(context, CONTEXT, 'context.'),
    ...REPEATED.filter(key => key in own).map(key => problem(key, 'repeats a field', 'leave it out')),
    ...checkAttributes(withoutService(own), 'attributes'),
  );
  const reversibility = (context as { reversibility?: unknown } | undefined)?.reversibility;
  problems.push(
    ...named('context.reversibility', 'alignment.action.reversibility', reversibility),
    ...named('human_involvement', 'alignment.human.involvement', involvement),
  );
  add(under(at, problems));
  if (isSignalClass(signalClass)) add(under(at, checkRequired(signalClass, own, 'attributes')), 'warnings');
}

/** The fields that the JSON Schema knows. A reader passes others over; a writer has no reason for them. */
const DOCUMENT = [
  'event_type',
  'signal_class',
  'severity',
  'context',
  'human_involvement',
  'timestamp',
  'trace_id',
  'span_id',
  'attributes',
];
const CONTEXT = ['agent_id', 'session_id', 'tool_invocation', 'reversibility'];
/** Keys whose values are fields of the document, or belong to a span. */
const REPEATED = [
  'alignment.signal.class',
  'alignment.signal.severity',
  'alignment.signal.count',
  'alignment.signal.classes',
  'alignment.signal.max_severity',
];

function unknownFields(given: unknown, known: readonly string[], at: string): Problem[] {
  if (typeof given !== 'object' || given === null) return [];
  return Object.keys(given)
    .filter(field => !known.includes(field))
    .map(field => ({
      path: `${at}${field.slice(0, 40)}`,
      message: 'no field of the document',
      fix: `use one of ${known.join(', ')}`,
    }));
}

/** `service.name` may say where `context.agent_id` came from. */
function withoutService({ 'service.name': _, ...rest }: FlatAttributes): FlatAttributes {
  return rest;
}

function named(path: string, key: string, value: unknown): Problem[] {
  const found = typeof value === 'string' ? checkAttribute(key, value) : undefined;
  return found === undefined ? [] : [{ path, ...found }];
}

function checkTraces(request: unknown, at: string, report: FileReport, add: Add): void {
  for (const span of spansOf(request)) {
    report.spans += 1;
    const stated = statedClass(span);
    if (stated === undefined) add(under(at, under(span.path, checkOwnKeys(span.attributes))));
    else {
      // a signal in the span's own attributes: the Collector cannot add an event to a span
      report.signals += 1;
      const key = 'attributes["alignment.signal.class"]';
      add(under(at, under(span.path, checkEvent(`alignment.${stated}`, span.attributes, {}, key))));
    }
    const events = span.events.filter(event => event.name.startsWith('alignment.'));
    for (const event of events) {
      report.signals += 1;
      const inherited = Object.fromEntries(INHERITED_KEYS.map(key => [key, span.attributes[key]]));
      add(under(at, under(event.path, checkEvent(event.name, event.attributes, inherited))));
      if (event.time[0] === 0)
        add(
          under(at, [{ path: `${event.path}.timeUnixNano`, message: 'missing', fix: 'an event has a time' }]),
        );
    }
    if (events.length > 0)
      add(
        under(
          at,
          under(
            span.path,
            checkMirror(
              span,
              events.map(event => event.attributes),
            ),
          ),
        ),
      );
  }
}

function checkLogs(request: unknown, at: string, report: FileReport, add: Add): void {
  for (const record of recordsOf(request)) {
    const name = eventNameOf(record);
    if (!name.startsWith('alignment.')) continue;
    report.signals += 1;
    add(under(at, under(record.path, checkEvent(name, record.attributes, {}))));
    if (record.time[0] === 0)
      add(
        under(at, [{ path: `${record.path}.timeUnixNano`, message: 'missing', fix: 'an event has a time' }]),
      );
  }
}

/** @param at what says the class: an event's name, or the key of a span that states a signal itself */
function checkEvent(
  name: string,
  attributes: FlatAttributes,
  inherited: FlatAttributes,
  at = 'name',
): Problem[] {
  const signalClass = name.slice('alignment.'.length);
  if (!isSignalClass(signalClass)) {
    return [
      {
        path: at,
        message: `${name} is no event of the registry`,
        fix: 'use one of semconv/docs/events.md',
      },
    ];
  }
  const problems = checkOwnKeys(attributes);
  const stated = attributes['alignment.signal.class'];
  if (stated !== signalClass) {
    problems.push(problem('alignment.signal.class', 'does not equal the event name', `write ${signalClass}`));
  }
  if (attributes['alignment.signal.severity'] === undefined) {
    problems.push(problem('alignment.signal.severity', 'missing', 'every signal states one, in [0.0, 1.0]'));
  }
  return [...problems, ...checkRequired(signalClass, { ...inherited, ...attributes }, 'attributes')];
}

/** Only `alignment.*`: what else a span or record carries is not ours to judge. */
function checkOwnKeys(attributes: FlatAttributes): Problem[] {
  const own = Object.entries(attributes).filter(([key]) => key.startsWith('alignment.'));
  return checkAttributes(Object.fromEntries(own), 'attributes');
}

/** A mirror may count more than the span's events (the rest took the log face), never less. */
function checkMirror(span: DecodedSpan, signals: readonly FlatAttributes[]): Problem[] {
  const problems: Problem[] = [];
  const { 'alignment.signal.count': count, 'alignment.signal.max_severity': max } = span.attributes;
  const worst = Math.max(...signals.map(signal => Number(signal['alignment.signal.severity']) || 0));
  if (typeof count !== 'number' || count < signals.length) {
    problems.push(
      problem(
        'alignment.signal.count',
        `is ${String(count)}, the span has ${signals.length}`,
        'count every signal',
      ),
    );
  }
  if (typeof max !== 'number' || max < worst) {
    problems.push(
      problem(
        'alignment.signal.max_severity',
        `is ${String(max)}, a signal has ${worst}`,
        'write the highest',
      ),
    );
  }
  const { 'alignment.signal.classes': classes } = span.attributes;
  const missing = signals
    .map(signal => signal['alignment.signal.class'])
    .filter(one => typeof one === 'string' && !(Array.isArray(classes) && classes.includes(one)));
  if (missing.length > 0) {
    problems.push(problem('alignment.signal.classes', `lacks ${missing[0]}`, 'name every class'));
  }
  return problems;
}

const problem = (key: string, message: string, fix: string): Problem => ({
  path: `attributes["${key}"]`,
  message,
  fix,
});

const under = (at: string, problems: readonly Problem[]): Problem[] =>
  at === ''
    ? [...problems]
    : problems.map(found => ({ ...found, path: found.path === '' ? at : `${at}.${found.path}` }));
