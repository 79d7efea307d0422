import { appendFileSync, writeFileSync } from 'node:fs';
import { context, logs, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { JsonLogsSerializer, JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchLogRecordProcessor,
  LoggerProvider,
  type LogRecordExporter,
  type LogRecordProcessor,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import {
  BatchSpanProcessor,
  type ReadableSpan,
  SimpleSpanProcessor,
  type SpanExporter,
  type SpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

const EXPORT_TIMEOUT_MS = 5_000;
const SUCCESS = { code: 0 } as const;
const RESOURCE = resourceFromAttributes({ 'service.name': 'release-agent', 'service.version': '1.0.0' });

export interface TelemetryOptions {
  /** Ours: it puts the assessment on the spans before the exporters see them. */
  readonly alignment: SpanProcessor;
  /** OTLP JSON Lines file, written anew. */
  readonly file: string;
  /** Base address of an OTLP/HTTP receiver, for example `http://127.0.0.1:4318`. */
  readonly otlpHttp?: string | undefined;
}

export interface Telemetry {
  /** Every span that has ended so far. */
  readonly spans: readonly ReadableSpan[];
  /** Sends what is left. Rejects where the receiver did not take it. */
  finish(): Promise<void>;
}

/** An ordinary OpenTelemetry set-up; the one line that is not is `alignment`. */
export function startTelemetry({ alignment, file, otlpHttp }: TelemetryOptions): Telemetry {
  const spans: ReadableSpan[] = [];
  writeFileSync(file, '');

  const spanProcessors: SpanProcessor[] = [
    alignment,
    new SimpleSpanProcessor({ exporter: fileOfSpans(file, spans) }),
  ];
  const processors: LogRecordProcessor[] = [new SimpleLogRecordProcessor({ exporter: fileOfRecords(file) })];
  const flushes: (() => Promise<void>)[] = [];
  if (otlpHttp) {
    const base = otlpHttp.replace(/\/$/, '');
    const toTraces = new BatchSpanProcessor({
      exporter: new OTLPTraceExporter({ url: `${base}/v1/traces`, timeoutMillis: EXPORT_TIMEOUT_MS }),
    });
    const toLogs = new BatchLogRecordProcessor({
      exporter: new OTLPLogExporter({ url: `${base}/v1/logs`, timeoutMillis: EXPORT_TIMEOUT_MS }),
    });
    spanProcessors.push(toTraces);
    processors.push(toLogs);
    flushes.push(
      () => toTraces.forceFlush(),
      () => toLogs.forceFlush(),
    );
  }

  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const tracers = new TracerProvider({ resource: RESOURCE, spanProcessors });
  const loggers = new LoggerProvider({ resource: RESOURCE, processors });
  trace.setGlobalTracerProvider(tracers);
  logs.setGlobalLoggerProvider(loggers);

  return {
    spans,
    async finish() {
      const results = await Promise.allSettled(flushes.map(flush => flush()));
      await Promise.allSettled([tracers.shutdown(), loggers.shutdown()]);
      const failed = results.find(result => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
  };
}

/** One `resourceSpans` request a line, written as each span ends, so that a run cut short leaves what it had. */
function fileOfSpans(file: string, spans: ReadableSpan[]): SpanExporter {
  return {
    export(batch, done) {
      spans.push(...batch);
      appendLine(file, JsonTraceSerializer.serializeRequest(batch));
      done(SUCCESS);
    },
    shutdown: () => Promise.resolve(),
  };
}

function fileOfRecords(file: string): LogRecordExporter {
  return {
    export(batch, done) {
      appendLine(file, JsonLogsSerializer.serializeRequest(batch));
      done(SUCCESS);
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
}

function appendLine(file: string, request: Uint8Array | undefined): void {
  if (request) appendFileSync(file, `${Buffer.from(request).toString('utf8')}\n`);
}
