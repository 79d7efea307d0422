import {
  ATTR_ALIGNMENT_SIGNAL_CLASS,
  ATTR_ALIGNMENT_SIGNAL_SEVERITY,
  EVENTS,
  type SignalClass,
} from '../semconv/index.ts';
import { REUSED_KEYS } from './keys.ts';

const classes: ReadonlySet<string> = new Set(Object.values(EVENTS).map(event => event.class));
export const SIGNAL_CLASSES: readonly string[] = [...classes];
export const isSignalClass = (name: unknown): name is SignalClass =>
  typeof name === 'string' && classes.has(name);

const reused: ReadonlySet<string> = new Set(REUSED_KEYS);

/** True for the keys that a signal may carry: `alignment.*`, every `gen_ai.*`, `session.id`, `error.type`. */
export const isSignalKey = (key: string): boolean =>
  key.startsWith('alignment.') || key.startsWith('gen_ai.') || reused.has(key);

/** The keys of a record that belong to the signal, without class and severity, which are fields of it. */
export function signalKeys(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const key in attributes) {
    if (key === ATTR_ALIGNMENT_SIGNAL_CLASS || key === ATTR_ALIGNMENT_SIGNAL_SEVERITY) continue;
    const value = attributes[key];
    if (value !== undefined && isSignalKey(key)) kept[key] = value;
  }
  return kept;
}
