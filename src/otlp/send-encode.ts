import { unixNanos } from '../signals/id.ts';
import { toLogRecord } from '../signals/log-record.ts';
import type { Signal } from '../signals/signal.ts';
import { VERSION } from '../signals/version.ts';

/** A request of the logs service in OTLP/JSON, as far as we write one. */
export interface LogsRequest {
  readonly resourceLogs: readonly object[];
}

/** Signals as one OTLP/JSON request of log records. */
export function encodeSignals(
  signals: readonly Signal[],
  resource: Readonly<Record<string, string>>,
): LogsRequest {
  const observedTimeUnixNano = `${Date.now()}000000`;
  return {
    resourceLogs: [
      {
        resource: { attributes: pairs(resource) },
        scopeLogs: [
          {
            scope: { name: 'otel-alignment', version: VERSION },
            logRecords: signals.map(signal => encode(signal, observedTimeUnixNano)),
          },
        ],
      },
    ],
  };
}

function encode(signal: Signal, observedTimeUnixNano: string): object {
  const { eventName, timestamp, severityNumber, attributes, traceId, spanId } = toLogRecord(signal);
  return {
    timeUnixNano: unixNanos(timestamp),
    observedTimeUnixNano,
    severityNumber,
    eventName,
    attributes: pairs(attributes),
    ...(traceId === undefined ? {} : { traceId }),
    ...(spanId === undefined ? {} : { spanId }),
  };
}

const pairs = (attributes: Readonly<Record<string, unknown>>): object[] =>
  Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => ({ key, value: anyValue(value, DOUBLES.has(key)) }));

/** Scores are doubles even where they are 0 or 1. */
const DOUBLES: ReadonlySet<string> = new Set([
  'alignment.signal.severity',
  'alignment.signal.confidence',
  'alignment.signal.max_severity',
  'alignment.risk.score',
  'alignment.autonomy.score',
  'alignment.risk.native.score',
  'alignment.autonomy.native.score',
]);

function anyValue(value: unknown, double: boolean): object {
  if (typeof value === 'number') {
    return Number.isInteger(value) && !double ? { intValue: String(value) } : { doubleValue: value };
  }
  if (typeof value === 'boolean') return { boolValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(item => anyValue(item, double)) } };
  return { stringValue: String(value) };
}
