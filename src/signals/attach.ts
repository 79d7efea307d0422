import type { Attributes, HrTime, Span } from '@opentelemetry/api';
import {
  ATTR_ALIGNMENT_SIGNAL_CLASSES,
  ATTR_ALIGNMENT_SIGNAL_COUNT,
  ATTR_ALIGNMENT_SIGNAL_MAX_SEVERITY,
  type SignalClass,
} from '../semconv/index.ts';
import { attributesOf } from './identity.ts';
import { shared } from './shared.ts';
import type { Signal } from './signal.ts';
import { type Detail, toSpanEvent } from './span-event.ts';

/**
 * Puts a signal on a recording span as an event.
 *
 * @returns false where the span has no room left: an event of ours never evicts one of the user's
 */
export function attachEvent(span: Span, signal: Signal, detail: Detail, stated?: readonly string[]): boolean {
  if (!hasRoom(span as Span & EventHolder)) return false;
  const attributes = attributesOf(span);
  const event = toSpanEvent(signal, attributes === undefined ? {} : { attributes }, detail, stated);
  span.addEvent(event.name, event.attributes, event.time as HrTime);
  return true;
}

interface EventHolder {
  readonly events?: { readonly length: number };
  readonly droppedEventsCount?: number;
  readonly _spanLimits?: { readonly eventCountLimit?: number };
}

/** A span that does not show its events is taken to have room. The SDK's own limit counts where the span shows it. */
function hasRoom(span: Span & EventHolder): boolean {
  const held = span.events?.length ?? 0;
  if ((span.droppedEventsCount ?? 0) > 0) return false;
  return (
    held <
    Math.min(shared.settings.spanEventLimit, span._spanLimits?.eventCountLimit ?? Number.POSITIVE_INFINITY)
  );
}

/** Count, classes and highest severity of a span's signals, so that search and sampling need not open events. */
export interface Mirror {
  readonly count: number;
  readonly classes: readonly SignalClass[];
  readonly maxSeverity: number;
}

/** The mirror with one signal more. */
export function mirrorWith(mirror: Mirror | undefined, signal: Signal): Mirror {
  if (mirror === undefined) return { count: 1, classes: [signal.class], maxSeverity: signal.severity };
  const { count, classes, maxSeverity } = mirror;
  return {
    count: count + 1,
    classes: classes.includes(signal.class) ? classes : [...classes, signal.class],
    maxSeverity: Math.max(maxSeverity, signal.severity),
  };
}

export function writeMirror(span: Span, { count, classes, maxSeverity }: Mirror): void {
  span.setAttribute(ATTR_ALIGNMENT_SIGNAL_COUNT, count);
  span.setAttribute(ATTR_ALIGNMENT_SIGNAL_MAX_SEVERITY, maxSeverity);
  span.setAttribute(ATTR_ALIGNMENT_SIGNAL_CLASSES, [...classes]);
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
