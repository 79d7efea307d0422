import { OpenTelemetry } from '@ai-sdk/otel';
import { OpenInferenceBatchSpanProcessor } from '@arizeai/openinference-vercel';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { registerTelemetry } from 'ai';
import { runAgent } from '../agent.ts';

const url = process.env.PHOENIX_COLLECTOR_ENDPOINT ?? 'http://localhost:6006/v1/traces';
const exporter = new OTLPTraceExporter({ url });
const provider = new NodeTracerProvider({
  resource: resourceFromAttributes({ 'openinference.project.name': 'my-agent' }),
  spanProcessors: [new OpenInferenceBatchSpanProcessor({ exporter })],
});
provider.register();
registerTelemetry(new OpenTelemetry({ usage: true, toolChoice: true }));

await runAgent();
await provider.shutdown();
