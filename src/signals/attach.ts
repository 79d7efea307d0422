import { type Attributes, type Span, TraceFlags } from '@opentelemetry/api';
import {
  ATTR_ALIGNMENT_SIGNAL_CLASSES,
  ATTR_ALIGNMENT_SIGNAL_COUNT,
  ATTR_ALIGNMENT_SIGNAL_MAX_SEVERITY,
  type SignalClass,
} from '../semconv/index.ts';
import { attributesOf } from './identity.ts';
import { addEvent, cutsValues, plainSpan, setAttribute, takesEvents } from './plain-span.ts';
import type { Signal, UnixTime } from './signal.ts';
import { type Detail, eventAttributes, eventName } from './span-event.ts';

/** A span that is recorded but not sampled is shown to processors and then dropped: what is on it is lost. */
export const isSampled = (span: Span): boolean => (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;

/**
 * Puts a signal on a recording span as an event.
 *
 * @returns false where the span has no room left, or would cut the event: an event of ours never evicts one of the
 * user's
 */
export function attachEvent(
  span: Span,
  signal: Signal,
  detail: Detail,
  stated: readonly string[] | undefined,
  spanEventLimit: number,
): boolean {
  const attributes = eventAttributes(signal, attributesOf(span) ?? NOTHING, detail, stated);
  return attach(span, signal.class, signal.time, attributes, spanEventLimit);
}

/** The same of a signal whose event's attributes are known. Takes them over. */
export function attach(
  span: Span,
  signalClass: SignalClass,
  time: UnixTime,
  attributes: Attributes,
  spanEventLimit: number,
): boolean {
  if (!hasRoom(span as Span & EventHolder, attributes, spanEventLimit)) return false;
  const name = eventName(signalClass);
  const plain = plainSpan(span);
  if (plain === undefined || !takesEvents(plain)) addEvent(span, name, attributes, time);
  else plain.events.push({ name, attributes, time, droppedAttributesCount: 0 });
  return true;
}

const NOTHING: Attributes = {};

interface EventHolder {
  readonly events?: { readonly length: number };
  readonly droppedEventsCount?: number;
  readonly _spanLimits?: {
    readonly eventCountLimit?: number;
    readonly attributePerEventCountLimit?: number;
    readonly attributeValueLengthLimit?: number;
  };
}

/** A span that does not show its events is taken to have room. The SDK's own limits count where the span shows them. */
function hasRoom(span: Span & EventHolder, event: Attributes, spanEventLimit: number): boolean {
  if ((span.droppedEventsCount ?? 0) > 0) return false;
  const held = span.events?.length ?? 0;
  const limits = span._spanLimits;
  if (limits === undefined) return held < spanEventLimit;
  const { attributePerEventCountLimit = 128, attributeValueLengthLimit } = limits;
  return (
    held < Math.min(spanEventLimit, limits.eventCountLimit ?? Number.POSITIVE_INFINITY) &&
    (attributePerEventCountLimit >= MOST_KEYS || numberOfKeys(event) <= attributePerEventCountLimit) &&
    !cutsValues(attributeValueLengthLimit)
  );
}

/** No event of ours has more: the registry has fewer keys for one. */
const MOST_KEYS = 96;

function numberOfKeys(event: Attributes): number {
  let number = 0;
  for (const _ in event) number += 1;
  return number;
}

/** Count, classes and highest severity of a span's signals, so that search and sampling need not open events. */
export interface Mirror {
  readonly count: number;
  readonly classes: readonly SignalClass[];
  readonly maxSeverity: number;
}

/** The mirror with one signal more. */
export function mirrorWith(mirror: Mirror | undefined, signal: Pick<Signal, 'class' | 'severity'>): Mirror {
  if (mirror === undefined) return { count: 1, classes: [signal.class], maxSeverity: signal.severity };
  const { count, classes, maxSeverity } = mirror;
  return {
    count: count + 1,
    classes: classes.includes(signal.class) ? classes : [...classes, signal.class],
    maxSeverity: Math.max(maxSeverity, signal.severity),
  };
}

/** Mirrors of spans that do not show their attributes, such as those behind a tracing wrapper. */
const unseen = new WeakMap<object, Mirror>();

/** Counts one signal more in the mirror of a span that no processor of ours will finish. */
export function addToMirror(span: Span, signal: Signal): void {
  const attributes = attributesOf(span);
  const mirror = mirrorWith(attributes === undefined ? unseen.get(span) : readMirror(attributes), signal);
  if (attributes === undefined) unseen.set(span, mirror);
  writeMirror(span, mirror);
}

export function writeMirror(span: Span, { count, classes, maxSeverity }: Mirror): void {
  let plain = plainSpan(span);
  if (plain === undefined) {
    setAttribute(span, ATTR_ALIGNMENT_SIGNAL_COUNT, count);
    // what was just watched may be plain now
    plain = plainSpan(span);
  }
  if (plain === undefined) {
    setAttribute(span, ATTR_ALIGNMENT_SIGNAL_MAX_SEVERITY, maxSeverity);
    setAttribute(span, ATTR_ALIGNMENT_SIGNAL_CLASSES, classes as SignalClass[]);
    return;
  }
  const held = plain.attributes;
  let added = 0;
  if (held[ATTR_ALIGNMENT_SIGNAL_COUNT] === undefined) added += 1;
  held[ATTR_ALIGNMENT_SIGNAL_COUNT] = count;
  if (held[ATTR_ALIGNMENT_SIGNAL_MAX_SEVERITY] === undefined) added += 1;
  held[ATTR_ALIGNMENT_SIGNAL_MAX_SEVERITY] = maxSeverity;
  if (held[ATTR_ALIGNMENT_SIGNAL_CLASSES] === undefined) added += 1;
  held[ATTR_ALIGNMENT_SIGNAL_CLASSES] = classes as SignalClass[];
  plain._attributesCount += added;
}

/** The mirror that stands on the span, if there is one. */
export function readMirror(
  attributes: Attributes | Readonly<Record<string, unknown>> | undefined,
): Mirror | undefined {
  const count = attributes?.[ATTR_ALIGNMENT_SIGNAL_COUNT];
  if (typeof count !== 'number') return undefined;
  const classes = attributes?.[ATTR_ALIGNMENT_SIGNAL_CLASSES];
  const maxSeverity = attributes?.[ATTR_ALIGNMENT_SIGNAL_MAX_SEVERITY];
  return {
    count,
    classes: Array.isArray(classes) ? (classes as SignalClass[]) : [],
    maxSeverity: typeof maxSeverity === 'number' ? maxSeverity : 0,
  };
}
