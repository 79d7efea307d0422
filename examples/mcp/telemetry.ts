import { appendFileSync, writeFileSync } from 'node:fs';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { AlignmentSpanProcessor } from 'otel-alignment';

/**
 * An ordinary OpenTelemetry set-up. The one line that is not is `AlignmentSpanProcessor`.
 *
 * @param file OTLP JSON Lines, written anew. Spans also go to `OTEL_EXPORTER_OTLP_ENDPOINT` where that is set.
 * @returns what sends the rest at the end
 */
export function startTelemetry(serviceName: string, file: string): () => Promise<void> {
  writeFileSync(file, '');
  const exporters = [
    {
      export(spans: ReadableSpan[], done: (result: { code: number }) => void): void {
        const line = JsonTraceSerializer.serializeRequest(spans);
        if (line) appendFileSync(file, `${Buffer.from(line).toString('utf8')}\n`);
        done({ code: 0 });
      },
      shutdown: () => Promise.resolve(),
    },
    ...(process.env.OTEL_EXPORTER_OTLP_ENDPOINT ? [new OTLPTraceExporter()] : []),
  ];
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    spanProcessors: [
      new AlignmentSpanProcessor(),
      ...exporters.map(exporter => new SimpleSpanProcessor({ exporter })),
    ],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  return () => provider.shutdown();
}
