import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_ALIGNMENT_SIGNAL_CLASS,
  ATTR_ALIGNMENT_SIGNAL_ID,
  ATTR_ALIGNMENT_SIGNAL_REASON,
  ATTR_ALIGNMENT_SIGNAL_SEVERITY,
  ATTR_ALIGNMENT_SOURCE_TYPE,
  EVENTS,
} from '../semconv/index.ts';
import { IN_DEFAULT_SET, INHERITED, INHERITED_KEYS, standingOf } from './keys.ts';
import { isSignalClass, signalKeys } from './read.ts';
import type { Signal, SignalAttributes, UnixTime } from './signal.ts';

/** A span event as OpenTelemetry has it. */
export interface SpanEvent {
  readonly name: string;
  readonly time: UnixTime;
  readonly attributes: Attributes;
}

/** The span that an event stands on, as far as reading and writing a signal needs it. */
export interface EventSpan {
  readonly traceId?: string;
  readonly spanId?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** `default` writes the vocabulary's default set and what the caller stated itself; `full` writes everything. */
export type Detail = 'default' | 'full';

const NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(EVENTS).map(([name, event]) => [event.class, name]),
);

/**
 * A signal as a span event. What the span itself carries with the same value is left to the span.
 *
 * @param stated keys that the caller stated itself: written whatever the detail
 */
export function toSpanEvent(
  signal: Signal,
  span: EventSpan = {},
  detail: Detail = 'full',
  stated?: readonly string[],
): SpanEvent {
  const attributes = eventAttributes(signal, span.attributes, detail, stated);
  return { name: eventName(signal.class), time: signal.time, attributes };
}

/** The name of the event that carries a signal of a class. */
export const eventName = (signalClass: string): string => NAMES[signalClass] ?? `alignment.${signalClass}`;

/** The attributes of the event that carries a signal on a span that holds `held`. */
export function eventAttributes(
  signal: Signal,
  held: EventSpan['attributes'],
  detail: Detail,
  stated: readonly string[] | undefined,
): Attributes {
  const own = signal.attributes as Attributes;
  const id = own[ATTR_ALIGNMENT_SIGNAL_ID];
  const reason = own[ATTR_ALIGNMENT_SIGNAL_REASON];
  const source = own[ATTR_ALIGNMENT_SOURCE_TYPE];
  // what every event has is written at once where it is all there: a key that is added later costs several times as much
  const whole = id !== undefined && reason !== undefined && source !== undefined;
  const attributes: Attributes = whole
    ? {
        [ATTR_ALIGNMENT_SIGNAL_CLASS]: signal.class,
        [ATTR_ALIGNMENT_SIGNAL_SEVERITY]: signal.severity,
        [ATTR_ALIGNMENT_SIGNAL_ID]: id,
        [ATTR_ALIGNMENT_SIGNAL_REASON]: reason,
        [ATTR_ALIGNMENT_SOURCE_TYPE]: source,
      }
    : { [ATTR_ALIGNMENT_SIGNAL_CLASS]: signal.class, [ATTR_ALIGNMENT_SIGNAL_SEVERITY]: signal.severity };
  for (const key in own) {
    const value = own[key];
    if (value === undefined) continue;
    if (
      whole &&
      (key === ATTR_ALIGNMENT_SIGNAL_ID ||
        key === ATTR_ALIGNMENT_SIGNAL_REASON ||
        key === ATTR_ALIGNMENT_SOURCE_TYPE)
    )
      continue;
    const standing = standingOf(key);
    if ((standing & INHERITED) !== 0 && held?.[key] === value) continue;
    if (detail === 'default' && (standing & IN_DEFAULT_SET) === 0 && stated?.includes(key) !== true) continue;
    attributes[key] = value;
  }
  return attributes;
}

/**
 * The signal that a span event carries, read together with its span.
 *
 * @returns `undefined` where the event is no alignment signal or has no usable severity
 */
export function fromSpanEvent(event: SpanEvent, span: EventSpan = {}): Signal | undefined {
  const name = event.name.startsWith('alignment.') ? event.name.slice('alignment.'.length) : '';
  const severity = event.attributes[ATTR_ALIGNMENT_SIGNAL_SEVERITY];
  if (!isSignalClass(name) || typeof severity !== 'number') return undefined;
  const attributes: Record<string, unknown> = signalKeys(event.attributes);
  for (const key of INHERITED_KEYS) {
    const value = span.attributes?.[key];
    if (attributes[key] === undefined && value !== undefined) attributes[key] = value;
  }
  return {
    class: name,
    severity,
    time: event.time,
    ...(span.traceId === undefined ? {} : { traceId: span.traceId }),
    ...(span.spanId === undefined ? {} : { spanId: span.spanId }),
    attributes: attributes as SignalAttributes,
  };
}
