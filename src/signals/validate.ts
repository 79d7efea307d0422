import { ATTRIBUTES, EVENTS } from '../semconv/index.ts';
import type { Problem } from './error.ts';
import { isSignalClass, isSignalKey, SIGNAL_CLASSES } from './read.ts';
import type { Signal } from './signal.ts';
import { parseIsoTime } from './time.ts';

const WORD = /^[\w.+:/-]{1,64}$/;
/** A plain word of a source: letters, digits and `_.+:/-`, at most 64 of them. Anything else could be content. */
export const isWord = (text: string): boolean => WORD.test(text);

/** Keys whose text has a form that the registry's types cannot say. */
const FORMS: Readonly<Record<string, { form: RegExp; fix: string }>> = {
  'alignment.signal.id': { form: /^[0-9a-f]{32}$/, fix: 'write 32 lower-case hex digits' },
  'alignment.boundary.from': { form: WORD, fix: 'write a plain word, or _OTHER' },
  'alignment.boundary.to': { form: WORD, fix: 'write a plain word, or _OTHER' },
  'alignment.risk.native.label': { form: WORD, fix: 'write a plain word, or _OTHER' },
  'alignment.autonomy.native.label': { form: WORD, fix: 'write a plain word, or _OTHER' },
};

/** What is wrong with one attribute of ours. Reused keys must be strings; unknown `alignment.*` keys are named. */
export function checkAttribute(key: string, value: unknown): Omit<Problem, 'path'> | undefined {
  const known = ATTRIBUTES[key];
  if (known === undefined) {
    if (key.startsWith('alignment.'))
      return problem('unknown key', 'use a key of the registry (semconv/docs)');
    if (!isSignalKey(key)) return problem('a key of no signal', 'move it to the span');
    return isValue(value) ? undefined : problem(`${kind(value)} is no attribute value`, 'write a primitive');
  }
  if (!isOfType(known.type, value))
    return problem(`${kind(value)}, expected ${known.type}`, `write a ${known.type}`);
  const formed = FORMS[key];
  if (formed !== undefined && typeof value === 'string' && !formed.form.test(value)) {
    return problem(`${quote(value)} has not the form of this key`, formed.fix);
  }
  if (known.range !== undefined) {
    const [least, most] = known.range;
    const score = value as number;
    if (!(score >= least && score <= most))
      return problem(`${score} is outside [${least}, ${most}]`, 'rescale it');
  }
  if (known.values !== undefined) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (!known.values.includes(item)) {
        return problem(`unlisted value ${quote(item)}`, `use one of ${known.values.join(', ')}`);
      }
    }
  }
  return undefined;
}

/** Everything that is wrong with a signal, judged as its writer: an unlisted value is an error here. */
export function checkSignal(signal: Signal): Problem[] {
  if (!isObject(signal))
    return [{ path: '', ...problem(`${kind(signal)}, expected a signal`, 'give an object') }];
  const problems: Problem[] = [];
  const add = (path: string, found: Omit<Problem, 'path'> | undefined): void => {
    if (found !== undefined) problems.push({ path, ...found });
  };
  add('class', checkClass(signal.class));
  add('severity', checkScore(signal.severity));
  if (!isTime(signal.time)) add('time', problem('no time', 'give [seconds, nanoseconds]'));
  add('traceId', checkHex(signal.traceId, 32));
  add('spanId', checkHex(signal.spanId, 16));
  if (!isObject(signal.attributes)) add('attributes', problem('missing', 'give an object, empty if need be'));
  else {
    problems.push(...checkAttributes(signal.attributes, 'attributes'));
    if (isSignalClass(signal.class))
      problems.push(...checkRequired(signal.class, signal.attributes, 'attributes'));
  }
  return problems;
}

export function checkAttributes(attributes: Readonly<Record<string, unknown>>, at: string): Problem[] {
  const problems: Problem[] = [];
  for (const key of Object.keys(attributes)) {
    const found = attributes[key] === undefined ? undefined : checkAttribute(key, attributes[key]);
    if (found !== undefined) problems.push({ path: `${at}["${key}"]`, ...found });
  }
  return problems;
}

/** The keys without which an event of this class says nothing. */
export function checkRequired(
  signalClass: string,
  attributes: Readonly<Record<string, unknown>>,
  at: string,
): Problem[] {
  const event = EVENTS[`alignment.${signalClass}` as keyof typeof EVENTS];
  const problems: Problem[] = [];
  for (const [key, level] of Object.entries(event.requirements)) {
    if (level !== 'required' || FIELDS.has(key) || attributes[key] !== undefined) continue;
    problems.push({ path: `${at}["${key}"]`, ...problem('missing', `alignment.${signalClass} requires it`) });
  }
  const scored = SCORES.some(key => attributes[key] !== undefined);
  if (signalClass === 'risk_escalation' && !scored) {
    problems.push({
      path: `${at}["${SCORES[0]}"]`,
      ...problem('missing', 'give it, or a native score or label'),
    });
  }
  return problems;
}
const FIELDS: ReadonlySet<string> = new Set(['alignment.signal.class', 'alignment.signal.severity']);
const SCORES = ['alignment.risk.score', 'alignment.risk.native.score', 'alignment.risk.native.label'];

/** Everything that makes a founding JSON document unusable. Unlisted enum values pass: a reader hands them on. */
export function checkDocument(document: unknown): Problem[] {
  if (!isObject(document))
    return [{ path: '', ...problem(`${kind(document)}, expected an object`, 'give a signal') }];
  const problems: Problem[] = [];
  const add = (path: string, found: Omit<Problem, 'path'> | undefined): void => {
    if (found !== undefined) problems.push({ path, ...found });
  };
  if (document['event_type'] !== 'alignment_signal') {
    add('event_type', problem(`${quote(document['event_type'])}`, 'write "alignment_signal"'));
  }
  add('signal_class', checkClass(document['signal_class']));
  add('severity', checkScore(document['severity']));
  const { timestamp, context, attributes } = document;
  if (typeof timestamp !== 'string' || parseIsoTime(timestamp) === undefined) {
    add('timestamp', problem(`${quote(timestamp)} is no ISO 8601 time`, 'write 2026-01-31T12:00:00Z'));
  }
  if (!isObject(context)) add('context', problem('missing', 'give an object with session_id'));
  else {
    const session = context['session_id'];
    if (typeof session !== 'string' || session === '') {
      add('context.session_id', problem('missing', "give the session's id, or the trace id"));
    }
    for (const key of ['agent_id', 'tool_invocation', 'reversibility']) {
      add(`context.${key}`, checkText(context[key]));
    }
  }
  add('human_involvement', checkText(document['human_involvement']));
  add('trace_id', checkHex(document['trace_id'], 32));
  add('span_id', checkHex(document['span_id'], 16));
  if (attributes !== undefined && !isObject(attributes))
    add('attributes', problem(kind(attributes), 'give an object'));
  return problems;
}

const checkClass = (name: unknown): Omit<Problem, 'path'> | undefined =>
  isSignalClass(name) ? undefined : problem(quote(name), `use one of ${SIGNAL_CLASSES.join(', ')}`);

const checkScore = (value: unknown): Omit<Problem, 'path'> | undefined =>
  typeof value === 'number' && value >= 0 && value <= 1
    ? undefined
    : problem(
        `${typeof value === 'number' ? value : kind(value)} is no score`,
        'give a number in [0.0, 1.0]',
      );

const checkText = (value: unknown): Omit<Problem, 'path'> | undefined =>
  value === undefined || typeof value === 'string' ? undefined : problem(kind(value), 'give a string');

function checkHex(value: unknown, length: 16 | 32): Omit<Problem, 'path'> | undefined {
  if (value === undefined) return undefined;
  const hex = typeof value === 'string' && value.length === length && /^[0-9a-f]+$/.test(value);
  return hex && !/^0+$/.test(value)
    ? undefined
    : problem(`${quote(value)}`, `give ${length} lower-case hex digits`);
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'double':
      return typeof value === 'number' && Number.isFinite(value);
    case 'int':
      return Number.isSafeInteger(value);
    case 'string[]':
      return Array.isArray(value) && value.every(item => typeof item === 'string');
    default:
      return typeof value === type;
  }
}

export function isValue(value: unknown): boolean {
  const first = Array.isArray(value) ? value[0] : value;
  const primitive = typeof first === 'string' || typeof first === 'boolean' || Number.isFinite(first);
  return Array.isArray(value)
    ? value.every(item => typeof item === typeof first) && (primitive || value.length === 0)
    : primitive;
}

const isTime = (time: unknown): boolean =>
  Array.isArray(time) && time.length === 2 && time.every(part => Number.isSafeInteger(part) && part >= 0);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const problem = (message: string, fix: string): Omit<Problem, 'path'> => ({ message, fix });
const kind = (value: unknown): string =>
  value === undefined
    ? 'missing'
    : value === null
      ? 'null'
      : Array.isArray(value)
        ? 'an array'
        : `a ${typeof value}`;

/** At most 40 characters of a value, so that an error never repeats much of what may be content. */
const quote = (value: unknown): string =>
  typeof value === 'string'
    ? JSON.stringify(value.slice(0, 40))
    : typeof value === 'number'
      ? `${value}`
      : kind(value);
