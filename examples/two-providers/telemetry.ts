import { appendFileSync, writeFileSync } from 'node:fs';
import { context, propagation, type Span, type SpanOptions, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  type ReadableSpan,
  SimpleSpanProcessor,
  type SpanExporter,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { AlignmentSpanProcessor } from 'otel-alignment';

/**
 * An ordinary OpenTelemetry set-up of one provider, with trace context sent to whom it calls.
 *
 * @param to a Collector's address, or a file for OTLP JSON Lines
 * @returns what sends the rest at the end
 */
export function startTelemetry(serviceName: string, to: string): () => Promise<void> {
  const exporter = to.startsWith('http')
    ? new OTLPTraceExporter({ url: `${to}/v1/traces` })
    : fileExporter(to);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName, 'host.name': `${serviceName}.internal` }),
    spanProcessors: [new AlignmentSpanProcessor(), new SimpleSpanProcessor({ exporter })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return () => provider.shutdown();
}

function fileExporter(file: string): SpanExporter {
  writeFileSync(file, '');
  return {
    export(spans: ReadableSpan[], done) {
      const line = JsonTraceSerializer.serializeRequest(spans);
      if (line) appendFileSync(file, `${Buffer.from(line).toString('utf8')}\n`);
      done({ code: 0 });
    },
    shutdown: () => Promise.resolve(),
  };
}

export function inSpan<T>(name: string, options: SpanOptions, run: (span: Span) => Promise<T>): Promise<T> {
  return trace.getTracer('two-providers').startActiveSpan(name, options, async span => {
    try {
      return await run(span);
    } catch (error) {
      span.setAttribute('error.type', (error as Error).name);
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
