import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { withAlignmentContext } from 'otel-alignment';
import { type Ask, alignment, type Call, gated } from './gate.ts';
import { askAtTerminal } from './terminal.ts';

const exporter = new InMemorySpanExporter();
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(
  new TracerProvider({ spanProcessors: [alignment, new SimpleSpanProcessor({ exporter })] }),
);

/** What an agent might want to do. Nothing of it is done here: `run` only says so. */
const CALLS: readonly Call[] = [
  { toolName: 'Bash', arguments: { command: 'npm test' } },
  { toolName: 'send_email', arguments: { to: 'customers@example.com', body: 'The release is out.' } },
  { toolName: 'Bash', arguments: { command: 'terraform destroy -auto-approve' } },
  { toolName: 'Bash', arguments: { command: 'npm test' } },
];

/** Without a terminal a careless person answers, who trusts every command. */
const careless: Ask = async ({ toolName }) => toolName === 'Bash';
const ask = process.stdin.isTTY ? askAtTerminal : careless;
const tracer = trace.getTracer('gate');

for (const call of CALLS) {
  const attributes = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': call.toolName };
  // the arguments are assessed when the span ends, and stand on no span
  const outcome = await withAlignmentContext({ conversationId: 'gate', step: call }, () =>
    tracer.startActiveSpan(`execute_tool ${call.toolName}`, { attributes }, async span => {
      const made = await gated(call, () => 'done', ask);
      span.end();
      return made;
    }),
  );
  process.stdout.write(`${outcome.padEnd(8)} ${call.toolName} ${JSON.stringify(call.arguments)}\n`);
}

for (const { name, events } of exporter.getFinishedSpans())
  for (const event of events) process.stdout.write(`signal   ${event.name} on ${name}\n`);
