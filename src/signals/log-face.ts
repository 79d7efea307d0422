import * as api from '@opentelemetry/api';
import { toLogRecord } from './log-record.ts';
import { warnOnce, warnSetup } from './shared.ts';
import type { Signal } from './signal.ts';
import { VERSION } from './version.ts';

/** The part of a Logs API logger that we use; the same in `@opentelemetry/api` 1.10 and `@opentelemetry/api-logs`. */
export interface SignalLogger {
  emit(record: {
    eventName: string;
    timestamp: api.HrTime;
    severityNumber: number;
    attributes: api.Attributes;
    context: api.Context;
  }): void;
}

interface LoggerProvider {
  getLogger(name: string, version?: string): SignalLogger;
}

const globals = globalThis as {
  [key: symbol]: { logs?: unknown } | ((version: number) => LoggerProvider) | undefined;
};
const API = Symbol.for('opentelemetry.js.api.1');
const API_LOGS = Symbol.for('io.opentelemetry.js.api.logs');

/** The logger of whichever Logs API has a provider: the API's own (1.10) or the older package's. */
function globalLogger(): SignalLogger | undefined {
  // read as a property: API 1.9 has no such export, and a named import of it would not load
  const own = (api as { logs?: LoggerProvider })['logs'];
  const registered = globals[API];
  if (own !== undefined && typeof registered === 'object' && registered.logs !== undefined) {
    return own.getLogger('otel-alignment', VERSION);
  }
  const older = globals[API_LOGS];
  return typeof older === 'function' ? older(1)?.getLogger('otel-alignment', VERSION) : undefined;
}

/**
 * Sends a signal as a log-based event. Never throws: a logger that does loses this record only.
 *
 * @param at the context whose span the record belongs to
 * @returns false where no logger took it
 */
export function emitLog(signal: Signal, at: api.Context, logger: SignalLogger | undefined): boolean {
  try {
    const to = logger ?? globalLogger();
    if (to === undefined) {
      warnSetup(
        'ALIGNMENT_005',
        `A signal (${signal.class}) found no span that could carry it and no logger: it reached only onSignal. ` +
          'Register a LoggerProvider or pass the option `logger`.',
      );
      return false;
    }
    const { eventName, timestamp, severityNumber, attributes } = toLogRecord(signal);
    to.emit({ eventName, timestamp: timestamp as api.HrTime, severityNumber, attributes, context: at });
    return true;
  } catch (error) {
    warnOnce('logger', 'the logger threw; a signal is lost', error);
    return false;
  }
}
