// Runs one variant on one kind of span, as often as it is asked: `overhead-child.mjs <variant> <kind>`, over IPC.
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { spansOf } from './lib/spans.mjs';
import { exported, VARIANTS } from './overhead-variants.mjs';

const [name, kind] = process.argv.slice(2);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const { processors, ...variant } = await VARIANTS[name]();

let last;
const keep = {
  onStart() {},
  onEnd(span) {
    last = span;
  },
  forceFlush: async () => {},
  shutdown: async () => {},
};
const watched = new BasicTracerProvider({ spanProcessors: [...processors, keep] });
await spansOf(watched, kind, variant)(1, 1);
const ours = record => Object.keys(record).filter(key => key.startsWith('alignment.')).length;
const written = {
  span: ours(last.attributes),
  event: last.events.length === 0 ? 0 : Object.keys(last.events[0].attributes).length,
};

const run = spansOf(new BasicTracerProvider({ spanProcessors: processors }), kind, variant);
process.on('message', async ({ batches, size }) => {
  process.send({ ns: await run(batches, size), reached: exported(), written });
});
