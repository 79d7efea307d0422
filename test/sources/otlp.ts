import { attributes, type FlatAttributes } from '../../src/otlp/decode.ts';
import type { UnixTime } from '../../src/signals/index.ts';
import type { RecordView, SpanEventView, SpanView } from '../../src/step/step.ts';

// biome-ignore lint/suspicious/noExplicitAny: OTLP/JSON as it comes
type Json = any;

export interface Span extends SpanView {
  readonly traceId: string;
  readonly spanId: string;
  readonly end: UnixTime;
  readonly events: readonly SpanEventView[];
}

export interface LogRecord extends RecordView {
  readonly eventName: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly time: UnixTime;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly resource: FlatAttributes;
}

const time = (digits: unknown): UnixTime => {
  const text = String(digits ?? '0').padStart(10, '0');
  return [Number(text.slice(0, -9)), Number(text.slice(-9))];
};

/** The spans of a request. */
export function spansIn(request: Json): Span[] {
  return (request.resourceSpans ?? []).flatMap((group: Json) =>
    (group.scopeSpans ?? []).flatMap((scope: Json) =>
      (scope.spans ?? []).map((span: Json) => ({
        traceId: span.traceId,
        spanId: span.spanId,
        name: span.name,
        end: time(span.endTimeUnixNano),
        attributes: attributes(span.attributes),
        status: span.status ?? {},
        events: (span.events ?? []).map((event: Json) => ({
          name: event.name,
          attributes: attributes(event.attributes),
        })),
        scopeName: scope.scope?.name ?? '',
        resource: attributes(group.resource?.attributes),
      })),
    ),
  );
}

/** The log records of a request. A record without a time of its own has the observed one. */
export function recordsIn(request: Json): LogRecord[] {
  return (request.resourceLogs ?? []).flatMap((group: Json) =>
    (group.scopeLogs ?? []).flatMap((scope: Json) =>
      (scope.logRecords ?? []).map((record: Json) => ({
        eventName: record.eventName ?? '',
        traceId: record.traceId ?? '',
        spanId: record.spanId ?? '',
        time: time(
          Number(record.timeUnixNano ?? 0) === 0 ? record.observedTimeUnixNano : record.timeUnixNano,
        ),
        severityNumber: record.severityNumber ?? 0,
        severityText: record.severityText ?? '',
        body: record.body?.stringValue,
        attributes: attributes(record.attributes),
        scopeName: scope.scope?.name ?? '',
        resource: attributes(group.resource?.attributes),
      })),
    ),
  );
}
