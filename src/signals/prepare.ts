import { ATTRIBUTES } from '../semconv/index.ts';
import type { SignalInput } from './emit.ts';
import { isSignalClass } from './read.ts';
import { defaultSeverity } from './severity.ts';
import { warnOnce } from './shared.ts';
import type { Signal, SignalAttributes } from './signal.ts';
import { now, toUnixTime } from './time.ts';
import { checkAttribute, isValue } from './validate.ts';

/** Free words of the source that name a boundary or a native label: anything else could be content. */
const WORD = /^[\w.+:/-]{1,64}$/;
const WORD_KEYS: ReadonlySet<string> = new Set([
  'alignment.boundary.from',
  'alignment.boundary.to',
  'alignment.risk.native.label',
  'alignment.autonomy.native.label',
]);

/**
 * Makes a usable signal of what an application gave: scores are clamped, unlisted values of open enums become
 * `_OTHER`, other unusable values are left out, each with one warning a cause.
 *
 * @returns `undefined` where no class or no severity can be had: there is nothing to report
 */
export function prepare(input: SignalInput): { signal: Signal; stated: readonly string[] } | undefined {
  if (!isSignalClass(input?.class)) {
    warnOnce('class', `a signal of the unknown class ${String(input?.class).slice(0, 40)} is skipped`);
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
  const severity = score(input.severity) ?? defaultSeverity(input.class, attributes as SignalAttributes);
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

function usable(key: string, value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (WORD_KEYS.has(key))
    return typeof value === 'string' ? (WORD.test(value) ? value : '_OTHER') : undefined;
  const found = checkAttribute(key, value);
  if (found === undefined) return value;
  const known = ATTRIBUTES[key];
  if (known === undefined && key.startsWith('alignment.') && isValue(value)) return value;
  warnOnce(`attribute:${key}`, `${key}: ${found.message}; ${found.fix}`);
  if (known?.open === true && typeof value === 'string') return '_OTHER';
  return known?.range === undefined ? undefined : score(value);
}

function score(value: unknown): number | undefined {
  if (typeof value !== 'number' || Number.isNaN(value)) return undefined;
  if (value < 0 || value > 1) warnOnce('score', `a score of ${value} was clamped to [0.0, 1.0]`);
  return Math.min(1, Math.max(0, value));
}
