import { readRecord, readSpan } from '../../src/dialects/index.ts';
import type { SignalClass } from '../../src/semconv/index.ts';
import { sessionKey, signalId, syntheticIds } from '../../src/signals/id.ts';
import { defaultSeverity, logSeverityNumber } from '../../src/signals/severity.ts';
import type { LogRecord, Span } from './otlp.ts';

type Attributes = Record<string, unknown>;

/** A signal in a log record, as it leaves the Collector. */
export interface RecordSignal {
  readonly event: string;
  readonly time: readonly [number, number];
  readonly severityNumber: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Attributes;
}

/** A signal on a span that states it itself: the attributes of ours that the span then has. */
export interface SpanSignal {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Attributes;
}

/** What the tables make of a log record in TypeScript, completed by the library's own functions. */
export function signalsOfRecord(record: LogRecord): RecordSignal[] {
  return readRecord(record).map(({ event, attributes }) => {
    const signalClass = event.slice('alignment.'.length) as SignalClass;
    const severity = defaultSeverity(signalClass, attributes)!;
    const session = sessionKey({
      signal: attributes,
      resource: record.resource,
      traceId: record.traceId || undefined,
    });
    const id = signalId({ class: signalClass, time: record.time, attributes }, session);
    const { traceId, spanId } = record.traceId ? record : syntheticIds(session, id);
    return {
      event,
      time: record.time,
      severityNumber: logSeverityNumber(severity),
      traceId,
      spanId,
      attributes: {
        ...attributes,
        'alignment.signal.class': signalClass,
        'alignment.signal.severity': severity,
        'alignment.signal.id': id,
      },
    };
  });
}

/** What the tables make of a span in TypeScript. */
export function signalsOfSpan(span: Span): SpanSignal[] {
  return readSpan(span).map(({ event, attributes }) => {
    const signalClass = event.slice('alignment.'.length) as SignalClass;
    const severity = defaultSeverity(signalClass, attributes);
    const session = sessionKey({ span: span.attributes, resource: span.resource, traceId: span.traceId });
    const call = span.attributes['gen_ai.tool.call.id'] as string | undefined;
    return {
      name: span.name,
      traceId: span.traceId,
      spanId: span.spanId,
      attributes: {
        ...attributes,
        'alignment.signal.class': signalClass,
        'alignment.signal.severity': severity,
        'alignment.signal.id': signalId({ class: signalClass, time: span.end, attributes }, session, call),
        'alignment.signal.count': 1,
        'alignment.signal.classes': [signalClass],
        'alignment.signal.max_severity': severity,
      },
    };
  });
}

/** The attributes of ours. */
export function ours(attributes: Readonly<Attributes>): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => key.startsWith('alignment.')));
}

export const asRecordSignal = (record: LogRecord): RecordSignal => ({
  event: record.eventName,
  time: record.time,
  severityNumber: record.severityNumber,
  traceId: record.traceId,
  spanId: record.spanId,
  attributes: { ...record.attributes },
});

export const asSpanSignal = ({ name, traceId, spanId, attributes }: Span): SpanSignal => ({
  name,
  traceId,
  spanId,
  attributes: ours(attributes),
});
