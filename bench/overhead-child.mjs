// Measures one variant on one kind of span: `node overhead-child.mjs <variant> <kind> <plan as JSON>`.
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { time } from './lib/spans.mjs';
import { exported, VARIANTS } from './overhead-variants.mjs';

const [name, kind, plan] = process.argv.slice(2);
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
await time(watched, kind, variant, { warmUp: 0, samples: 1, batches: 1, size: 1 });

const provider = new BasicTracerProvider({ spanProcessors: processors });
const samples = await time(provider, kind, variant, JSON.parse(plan));
const reached = exported();
const ours = record => Object.keys(record).filter(key => key.startsWith('alignment.')).length;
process.stdout.write(
  `${JSON.stringify({
    samples,
    reached,
    written: {
      span: ours(last.attributes),
      event: last.events.length === 0 ? 0 : Object.keys(last.events[0].attributes).length,
    },
  })}\n`,
);
// peers keep timers
process.exit(0);
