import { recordsOf, spansOf } from '../../otlp/index.ts';
import type { SqlEngine } from './engine.ts';

const CHUNK_CHARACTERS = 16 * 1024 * 1024;

/** Puts OTLP requests into the exporter's tables, as the exporter would. Rows wait until there are enough of them: call `finish`. */
export class Loader {
  readonly #engine: SqlEngine;
  readonly #waiting: Record<'otel_traces' | 'otel_logs', { rows: string[]; characters: number }> = {
    otel_traces: { rows: [], characters: 0 },
    otel_logs: { rows: [], characters: 0 },
  };

  constructor(engine: SqlEngine) {
    this.#engine = engine;
  }

  /** Takes a request without waiting; more than `isFull` should not be taken. @returns false where the value is no OTLP request */
  take(request: unknown): boolean {
    if (typeof request !== 'object' || request === null) return false;
    for (const span of spansOf(request)) this.#add('otel_traces', spanRow(span));
    for (const record of recordsOf(request)) this.#add('otel_logs', recordRow(record));
    return ['resourceSpans', 'resourceLogs', 'resourceMetrics', 'resourceProfiles'].some(
      kind => kind in request,
    );
  }

  get isFull(): boolean {
    return Object.values(this.#waiting).some(({ characters }) => characters > CHUNK_CHARACTERS);
  }

  /** Writes what waits. */
  async finish(): Promise<void> {
    for (const [table, waiting] of Object.entries(this.#waiting)) {
      if (waiting.rows.length === 0) continue;
      const lines = waiting.rows.join('\n');
      waiting.rows = [];
      waiting.characters = 0;
      await this.#engine.insert(table, lines);
    }
  }

  #add(table: 'otel_traces' | 'otel_logs', row: object): void {
    const line = JSON.stringify(row);
    this.#waiting[table].rows.push(line);
    this.#waiting[table].characters += line.length;
  }
}

type Span = ReturnType<typeof spansOf> extends Generator<infer T> ? T : never;
type Record_ = ReturnType<typeof recordsOf> extends Generator<infer T> ? T : never;

function spanRow(span: Span): object {
  return {
    Timestamp: time(span.start),
    TraceId: span.traceId,
    SpanId: span.spanId,
    ParentSpanId: span.parentSpanId ?? '',
    SpanName: span.name,
    ScopeName: span.scopeName,
    ResourceAttributes: texts(span.resource),
    SpanAttributes: texts(span.attributes),
    Duration: String(BigInt.asUintN(64, nanos(span.end) - nanos(span.start))),
    'Events.Timestamp': span.events.map(event => time(event.time)),
    'Events.Name': span.events.map(event => event.name),
    'Events.Attributes': span.events.map(event => texts(event.attributes)),
  };
}

function recordRow(record: Record_): object {
  return {
    Timestamp: time(record.time),
    TraceId: record.traceId ?? '',
    SpanId: record.spanId ?? '',
    EventName: record.eventName,
    ResourceAttributes: texts(record.resource),
    LogAttributes: texts(record.attributes),
  };
}

type Time = readonly [seconds: number, nanoseconds: number];
const nanos = ([seconds, nanoseconds]: Time): bigint =>
  BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
/** Seconds with nine decimals, which ClickHouse reads exactly. */
const time = ([seconds, nanoseconds]: Time): string => `${seconds}.${String(nanoseconds).padStart(9, '0')}`;

/** Values as the exporter writes them: text as it is, numbers as JSON, lists and maps as JSON, nothing as the empty text. */
function texts(attributes: Readonly<Record<string, unknown>>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const key in attributes) {
    const value = attributes[key];
    found[key] = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  }
  return found;
}
