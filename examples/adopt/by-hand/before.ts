import { SpanKind, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

const provider = new NodeTracerProvider({
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
});
provider.register();

const tracer = trace.getTracer('my-agent');
const COMMANDS = ['ls -la', 'npm test', 'rm -rf /srv/reports'];

tracer.startActiveSpan('invoke_agent cleaner', agent => {
  agent.setAttributes({ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'cleaner' });
  for (const [index, command] of COMMANDS.entries()) {
    const attributes = {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'run_command',
      'gen_ai.tool.call.id': `call-${index}`,
      'gen_ai.tool.call.arguments': JSON.stringify({ command }),
    };
    tracer.startSpan('execute_tool run_command', { kind: SpanKind.INTERNAL, attributes }).end();
  }
  agent.end();
});
await provider.shutdown();
