// Times each call of a stream of distinct calls once: `node stream-child.mjs <bare|ours> <built-in|FILE>`.
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { measured, warmUp } from './lib/streams.mjs';

const [variant, source] = process.argv.slice(2);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const nothing = { onStart() {}, onEnd() {}, forceFlush: async () => {}, shutdown: async () => {} };
const processors = [nothing];
if (variant === 'ours') {
  const { AlignmentSpanProcessor } = await import('otel-alignment');
  processors.unshift(new AlignmentSpanProcessor());
}
const tracer = new BasicTracerProvider({ spanProcessors: processors }).getTracer('bench');

const spansOf = calls =>
  calls.map(({ tool, args, session }, i) => ({
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': tool,
    'gen_ai.tool.call.id': `call_${i}`,
    'gen_ai.tool.call.arguments': JSON.stringify(args),
    'gen_ai.conversation.id': session,
  }));

const one = attributes => tracer.startSpan('execute_tool', { attributes }).end();
const timed = prepared =>
  prepared.map(attributes => {
    const start = process.hrtime.bigint();
    one(attributes);
    return Number(process.hrtime.bigint() - start);
  });

const prepared = spansOf(measured(source));
const warm = spansOf(warmUp());
const cold = timed(warm.slice(0, 200));
for (const attributes of warm) one(attributes);
process.stdout.write(`${JSON.stringify({ cold, times: timed(prepared) })}\n`);
