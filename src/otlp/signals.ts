import {
  ATTR_ALIGNMENT_SIGNAL_CLASS,
  ATTR_ALIGNMENT_SIGNAL_CLASSES,
  ATTR_ALIGNMENT_SIGNAL_COUNT,
  ATTR_ALIGNMENT_SIGNAL_ID,
  ATTR_ALIGNMENT_SIGNAL_MAX_SEVERITY,
} from '../semconv/index.ts';
import { fromLogRecord, fromSpanEvent, type Signal } from '../signals/index.ts';
import { type DecodedRecord, type DecodedSpan, type FlatAttributes, recordsOf, spansOf } from './decode.ts';
import { readJson } from './lines.ts';

/** The face in which a signal was found: on a span it stands in the span's own attributes. */
export type Face = 'span_event' | 'span' | 'log_record';

/** A signal of an OTLP/JSON request, with where it stands. */
export interface FoundSignal {
  readonly signal: Signal;
  readonly face: Face;
  /** Place in the request, as `resourceSpans[0].scopeSpans[0].spans[3].events[1]`. */
  readonly path: string;
  readonly resource: FlatAttributes;
  readonly scopeName: string;
}

/** A signal of a file. `line` counts from 1. */
export interface SignalOfFile extends FoundSignal {
  readonly line: number;
}

/** A line of a file that is no JSON. */
export interface UnreadableLine {
  readonly line: number;
  readonly error: string;
}

/**
 * Every signal of an OTLP/JSON request, whatever its face: events on spans, log records, and spans that state a signal
 * in attributes of their own (the Collector cannot add an event to a span). What is no signal, or has no usable
 * severity, is passed over. Never throws.
 *
 * One fact may be there in two faces: `distinctSignals` keeps it once.
 */
export function* signalsOf(request: unknown): Generator<FoundSignal> {
  for (const span of spansOf(request)) yield* signalsOfSpan(span);
  for (const record of recordsOf(request)) {
    const signal = signalOfRecord(record);
    const { path, resource, scopeName } = record;
    if (signal !== undefined) yield { signal, face: 'log_record', path, resource, scopeName };
  }
}

/** The signals of one span: its events', and the one that it states itself. */
export function* signalsOfSpan(span: DecodedSpan): Generator<FoundSignal> {
  const { traceId, spanId, attributes, resource, scopeName, path } = span;
  const on = {
    ...(traceId === '' ? {} : { traceId }),
    ...(spanId === '' ? {} : { spanId }),
    attributes,
  };
  for (const event of span.events) {
    const signal = fromSpanEvent(event as never, on);
    if (signal !== undefined) yield { signal, face: 'span_event', path: event.path, resource, scopeName };
  }
  const name = statedClass(span);
  if (name === undefined) return;
  // read as the event that it would have been, at the time that its id is made of
  const time = span.end[0] === 0 && span.end[1] === 0 ? span.start : span.end;
  const event = { name: `alignment.${name}`, time, attributes: statedKeys(attributes) };
  const signal = fromSpanEvent(event as never, on);
  if (signal !== undefined) yield { signal, face: 'span', path, resource, scopeName };
}

/** The class that a span states in its own attributes, be it usable or not; `undefined` where it states none. */
export function statedClass({ attributes }: Pick<DecodedSpan, 'attributes'>): string | undefined {
  const stated = attributes[ATTR_ALIGNMENT_SIGNAL_CLASS];
  return typeof stated === 'string' ? stated : undefined;
}

const MIRROR: ReadonlySet<string> = new Set([
  ATTR_ALIGNMENT_SIGNAL_COUNT,
  ATTR_ALIGNMENT_SIGNAL_CLASSES,
  ATTR_ALIGNMENT_SIGNAL_MAX_SEVERITY,
]);

/** What an event would carry: `gen_ai.*` keys of a span may be content, and the few of a signal are inherited. */
const statedKeys = (attributes: FlatAttributes): FlatAttributes =>
  Object.fromEntries(
    Object.entries(attributes).filter(([key]) => key.startsWith('alignment.') && !MIRROR.has(key)),
  );

/** The signal that a log record is, `undefined` where it is none. */
export function signalOfRecord(record: DecodedRecord): Signal | undefined {
  const { time, traceId, spanId, attributes } = record;
  return fromLogRecord({
    eventName: eventNameOf(record),
    timestamp: time,
    attributes: attributes as never,
    ...(traceId === undefined ? {} : { traceId }),
    ...(spanId === undefined ? {} : { spanId }),
  });
}

/** A record's event name; a record of an older Logs API has it in an attribute. */
export function eventNameOf({ eventName, attributes }: DecodedRecord): string {
  const { 'event.name': older } = attributes;
  return eventName === '' && typeof older === 'string' ? older : eventName;
}

/**
 * The signals of a file of OTLP/JSON requests, one a line or one a file. Reads line by line, so memory does not grow
 * with the file. A line that is no JSON comes as its error; the founding JSON documents are not read here.
 *
 * @throws the file system's error where the file cannot be read
 */
export async function* readSignals(file: string): AsyncGenerator<SignalOfFile | UnreadableLine> {
  for await (const read of readJson(file)) {
    if ('error' in read) yield read;
    else for (const found of signalsOf(read.value)) yield { line: read.line, ...found };
  }
}

/**
 * Each fact once: of signals with one `alignment.signal.id`, the one with the highest severity, the first among equals,
 * at the place of the first. A signal without an id cannot be told from another and stays.
 */
export function distinctSignals<T extends { readonly signal: Signal }>(signals: Iterable<T>): T[] {
  const kept: T[] = [];
  const places = new Map<string, number>();
  for (const found of signals) {
    const id = found.signal.attributes[ATTR_ALIGNMENT_SIGNAL_ID];
    const place = id === undefined ? undefined : places.get(id);
    if (place === undefined) {
      if (id !== undefined) places.set(id, kept.length);
      kept.push(found);
    } else if (found.signal.severity > (kept[place] as T).signal.severity) kept[place] = found;
  }
  return kept;
}
