import { ATTRIBUTES, EVENTS, type SignalClass } from '../semconv/index.ts';
import type { SignalInput } from './emit.ts';
import { idOf } from './identity.ts';
import { REUSED_KEYS } from './keys.ts';
import { isSignalClass } from './read.ts';
import { defaultSeverity } from './severity.ts';
import { warnOnce } from './shared.ts';
import type { Signal, SignalAttributes } from './signal.ts';
import { now, toUnixTime } from './time.ts';
import { checkAttribute, isWord } from './validate.ts';

/** What is written about the signal itself is not the caller's to give as an attribute. */
const OURS: ReadonlySet<string> = new Set([
  'alignment.signal.class',
  'alignment.signal.severity',
  'alignment.signal.count',
  'alignment.signal.classes',
  'alignment.signal.max_severity',
]);
/** Where the vocabulary has `_OTHER` for a word that could be content. */
const WORDS: ReadonlySet<string> = new Set([
  'alignment.boundary.from',
  'alignment.boundary.to',
  'alignment.risk.native.label',
  'alignment.autonomy.native.label',
  'alignment.source.event.name',
  'alignment.source.event.value',
]);
const REUSED: ReadonlySet<string> = new Set(REUSED_KEYS);
/** A word, or the name of a package. */
const PLAIN = /^[\w.+:/@-]{1,64}$/;
/** The one key that is free text; it passes only through the user's own redaction. */
const EXPLANATION = 'alignment.signal.explanation';

/** Severity of an intervention or a boundary whose type no value of the registry describes. */
const OTHER_SEVERITY = 0.4;

const REQUIRED = Object.fromEntries(
  Object.values(EVENTS).map(event => [
    event.class,
    Object.entries(event.requirements)
      .filter(([key, level]) => level === 'required' && !OURS.has(key) && key !== 'alignment.source.type')
      .map(([key]) => key),
  ]),
) as unknown as Readonly<Record<SignalClass, readonly string[]>>;

/**
 * Makes a usable signal of what an application gave: scores are clamped, unlisted values of open enums become
 * `_OTHER`, other unusable values are left out, each with one warning a cause.
 *
 * @returns `undefined` where no class, no type or no severity can be had: there is nothing to report
 */
export function prepare(input: SignalInput): { signal: Signal; stated: readonly string[] } | undefined {
  if (!isSignalClass(input?.class)) {
    warnOnce('class', 'a signal of an unknown class is skipped');
    return undefined;
  }
  const attributes: Record<string, unknown> = {};
  const stated: string[] = [];
  for (const key in input.attributes) {
    const value = usable(key, input.attributes[key]);
    if (value === undefined) continue;
    attributes[key] = value;
    stated.push(key);
  }
  const missing = REQUIRED[input.class].find(key => attributes[key] === undefined);
  if (missing !== undefined) {
    warnOnce(`missing:${missing}`, `a ${input.class} without ${missing} is skipped: state one`);
    return undefined;
  }
  const severity = severityOf(input, attributes as SignalAttributes);
  if (severity === undefined) {
    warnOnce(`severity:${input.class}`, `a ${input.class} without a severity is skipped: state one`);
    return undefined;
  }
  const given = input.time === undefined ? undefined : toUnixTime(input.time);
  if (input.time !== undefined && given === undefined)
    warnOnce('time', 'an unusable event time was replaced by now');
  return {
    signal: {
      class: input.class,
      severity,
      time: given ?? now(),
      attributes: attributes as SignalAttributes,
    },
    stated,
  };
}

function severityOf(input: SignalInput, attributes: SignalAttributes): number | undefined {
  const known = score(input.severity) ?? defaultSeverity(input.class, attributes);
  if (known !== undefined) return known;
  const typed = input.class === 'intervention' || input.class === 'autonomy_boundary';
  return typed ? OTHER_SEVERITY : undefined;
}

/** The value as it may be written under this key; `undefined` where it may not. Content does not get through. */
export function usable(key: string, value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  const known = ATTRIBUTES[key];
  // enums and scores, which are nearly all: what the registry lists is no content
  if (known !== undefined && (known.values ?? known.range) !== undefined && !OURS.has(key)) {
    if (checkAttribute(key, value) === undefined) return value;
  }
  if (key === EXPLANATION) return typeof value === 'string' ? value : undefined;
  if (WORDS.has(key)) return typeof value === 'string' ? (isWord(value) ? value : '_OTHER') : undefined;
  if (REUSED.has(key)) return idOf(value) ?? refuse(key, 'no id');
  if (!key.startsWith('alignment.') || OURS.has(key)) return refuse(key, 'a key that a signal does not take');
  // a key that this version does not know may be a later one, its free text may be content
  if (known === undefined) return isPlain(value) ? value : refuse(key, 'free text under an unknown key');
  const found = checkAttribute(key, value);
  if (found === undefined) return isPlain(value) ? value : refuse(key, 'free text');
  warnOnce(`attribute:${key}`, `${key}: ${found.message}; ${found.fix}`);
  if (known.open === true && typeof value === 'string') return '_OTHER';
  return known.range === undefined ? undefined : score(value);
}

/** `usable` for one key of listed values that is written on every step: what is listed passes at once. */
export function listed<T>(key: string): (given: unknown) => T | undefined {
  const values: ReadonlySet<unknown> = new Set(ATTRIBUTES[key]?.values);
  let last: unknown;
  return given => {
    // steps in a row mostly say the same
    if (given === undefined || given === last) return given as T | undefined;
    if (!values.has(given)) return usable(key, given) as T | undefined;
    last = given;
    return given as T;
  };
}

/** Numbers, switches, and words that are too plain to be content. */
const isPlain = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length <= 64 && value.every(isPlain)
    : typeof value === 'boolean' ||
      Number.isFinite(value) ||
      (typeof value === 'string' && PLAIN.test(value));

function refuse(key: string, why: string): undefined {
  warnOnce(`attribute:${key}`, `${key} is left out: ${why}`);
  return undefined;
}

function score(value: unknown): number | undefined {
  if (typeof value !== 'number' || Number.isNaN(value)) return undefined;
  if (value < 0 || value > 1) warnOnce('score', `a score of ${value} was clamped to [0.0, 1.0]`);
  return Math.min(1, Math.max(0, value));
}
