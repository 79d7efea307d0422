// Runs sessions of an agent and prints the heap at intervals: `node --expose-gc memory-child.mjs <sessions>`.
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { AlignmentSpanProcessor, setAlignmentContext } from 'otel-alignment';
import { recordIntervention } from 'otel-alignment/signals';
import { ordinaryCalls } from './lib/calls.mjs';

const sessions = Number(process.argv[2]);
const INTERVALS = 10;
const CHUNK = 100;
const exporter = {
  export: (_spans, done) => done({ code: 0 }),
  forceFlush: async () => {},
  shutdown: async () => {},
};

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const provider = new BasicTracerProvider({
  spanProcessors: [
    new AlignmentSpanProcessor(),
    new BatchSpanProcessor(exporter, { maxQueueSize: 4096, scheduledDelayMillis: 60_000 }),
  ],
});
const tracer = provider.getTracer('bench');
const calls = ordinaryCalls(2000);
const HTTP = { 'http.request.method': 'GET', 'url.full': 'https://api.example.com/v1/orders' };
let spans = 0;

/** Ten spans: an agent, five tools, three requests below them, and one that asks for approval. */
function session(number) {
  const id = `session-${number}`;
  const handed = setAlignmentContext(ROOT_CONTEXT, { sessionId: id, humanInvolvement: 'monitoring' });
  const agent = tracer.startSpan(
    'invoke_agent',
    { attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.id': `agent-${number}` } },
    handed,
  );
  const below = trace.setSpan(handed, agent);
  for (let i = 0; i < 6; i++) {
    const { tool, args } = calls[(number * 7 + i) % calls.length];
    const attributes = {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': tool,
      'gen_ai.tool.call.id': `call-${number}-${i}`,
      // a target of its own, so that whatever remembers targets has to forget
      'gen_ai.tool.call.arguments': JSON.stringify({ ...args, path: `work/${number}/${i}` }),
    };
    const span = tracer.startSpan('execute_tool', { attributes }, below);
    if (i % 2 === 0) tracer.startSpan('GET', { attributes: HTTP }, trace.setSpan(below, span)).end();
    if (i === 5) recordIntervention({ type: 'denial', initiator: 'human', outcome: 'denied' }, { span });
    span.end();
  }
  agent.end();
  spans += 10;
}

async function run(from, to) {
  for (let number = from; number < to; number += CHUNK) {
    for (let i = number; i < Math.min(to, number + CHUNK); i++) session(i);
    await provider.forceFlush();
  }
}

const readings = [];
for (let interval = 0; interval < INTERVALS; interval++) {
  const start = process.hrtime.bigint();
  const before = spans;
  await run(
    Math.floor((interval * sessions) / INTERVALS),
    Math.floor(((interval + 1) * sessions) / INTERVALS),
  );
  const ns = Number(process.hrtime.bigint() - start) / (spans - before);
  globalThis.gc();
  globalThis.gc();
  readings.push({ spans, ns, heap: process.memoryUsage().heapUsed });
  process.stderr.write(`memory: ${spans} spans, ${(readings.at(-1).heap / 1e6).toFixed(2)} MB\n`);
}
process.stdout.write(`${JSON.stringify(readings)}\n`);
process.exit(0);
