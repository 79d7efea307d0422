import type { SignalDraft } from '../assess/index.ts';
import type { NativeEvent } from '../dialects/index.ts';
import type { SignalClass } from '../semconv/index.ts';
import { complete, type Place, standAlone } from '../signals/complete.ts';
import { defaultSeverity, type Signal, type SignalAttributes, type UnixTime } from '../signals/index.ts';

/** Nothing of a processor's settings matters to a signal that a command makes. */
export const SETTINGS: Place['settings'] = { detail: 'full', events: 'log', spanEventLimit: 1 };

/** A signal of our own rules, with everything that its place says, since it will stand alone. */
export function signalOfDraft(
  { class: signalClass, severity, attributes }: SignalDraft,
  place: Place,
  time: UnixTime,
): Signal {
  const own = { ...attributes, 'alignment.source.name': 'otel-alignment' };
  return standAlone(complete({ class: signalClass, severity, time, attributes: own }, place), place);
}

/** What the agent's own telemetry states. `undefined` where no severity can be had for it. */
export function signalOfNative(
  { event, dialect, attributes }: NativeEvent,
  place: Place,
  time: UnixTime,
): Signal | undefined {
  const signalClass = event.slice('alignment.'.length) as SignalClass;
  const own = {
    'alignment.source.type': 'harness',
    'alignment.source.name': dialect,
    ...attributes,
  } as SignalAttributes;
  const severity = defaultSeverity(signalClass, own);
  if (severity === undefined) return undefined;
  return standAlone(complete({ class: signalClass, severity, time, attributes: own }, place), place);
}
