import type { Attributes } from '@opentelemetry/api';
import { ATTR_ALIGNMENT_SIGNAL_CLASS, ATTR_ALIGNMENT_SIGNAL_SEVERITY } from '../semconv/index.ts';
import { isSignalClass, signalKeys } from './read.ts';
import { logSeverityNumber } from './severity.ts';
import type { Signal, SignalAttributes, UnixTime } from './signal.ts';

/** A log-based event: the part of an OpenTelemetry log record that carries a signal. */
export interface SignalLogRecord {
  readonly eventName: string;
  readonly timestamp: UnixTime;
  /** 9, 13, 17 or 21, from the signal's severity. */
  readonly severityNumber: number;
  readonly attributes: Attributes;
  readonly traceId?: string;
  readonly spanId?: string;
}

/** A signal as a log-based event: it carries everything itself. */
export function toLogRecord(signal: Signal): SignalLogRecord {
  const attributes: Attributes = {
    [ATTR_ALIGNMENT_SIGNAL_CLASS]: signal.class,
    [ATTR_ALIGNMENT_SIGNAL_SEVERITY]: signal.severity,
  };
  for (const [key, value] of Object.entries(signal.attributes as Attributes)) {
    if (value !== undefined) attributes[key] = value;
  }
  return {
    eventName: `alignment.${signal.class}`,
    timestamp: signal.time,
    severityNumber: logSeverityNumber(signal.severity),
    attributes,
    ...(signal.traceId === undefined ? {} : { traceId: signal.traceId }),
    ...(signal.spanId === undefined ? {} : { spanId: signal.spanId }),
  };
}

/** @returns `undefined` where the record is no alignment signal or has no usable severity */
export function fromLogRecord(record: Omit<SignalLogRecord, 'severityNumber'>): Signal | undefined {
  const name = record.eventName.startsWith('alignment.') ? record.eventName.slice('alignment.'.length) : '';
  const severity = record.attributes[ATTR_ALIGNMENT_SIGNAL_SEVERITY];
  if (!isSignalClass(name) || typeof severity !== 'number') return undefined;
  return {
    class: name,
    severity,
    time: record.timestamp,
    ...(record.traceId === undefined ? {} : { traceId: record.traceId }),
    ...(record.spanId === undefined ? {} : { spanId: record.spanId }),
    attributes: signalKeys(record.attributes) as SignalAttributes,
  };
}
