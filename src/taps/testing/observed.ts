import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace';
import { AlignmentSpanProcessor } from '../../processor/index.ts';
import type { Signal } from '../../signals/index.ts';

/** What a tap left behind. */
export interface Observed {
  readonly signals: readonly Signal[];
  readonly spans: readonly ReadableSpan[];
  /** `class type initiator outcome callId` of each signal, in order. */
  readonly told: readonly string[];
}

const signals: Signal[] = [];
const spans: ReadableSpan[] = [];
let started = false;

function start(): void {
  if (started) return;
  started = true;
  const keep = {
    onStart(): void {},
    onEnd: (span: ReadableSpan): number => spans.push(span),
    forceFlush: (): Promise<void> => Promise.resolve(),
    shutdown: (): Promise<void> => Promise.resolve(),
  };
  const alignment = new AlignmentSpanProcessor({ onSignal: signal => signals.push(signal) });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [alignment, keep] as never }));
}

const KEYS = [
  'alignment.intervention.type',
  'alignment.intervention.initiator',
  'alignment.intervention.outcome',
  'alignment.boundary.type',
  'gen_ai.tool.call.id',
];

/** Runs `fn` under a span of the application, as the structural tests of the taps do. */
export async function observe(fn: () => unknown): Promise<Observed> {
  start();
  signals.length = 0;
  spans.length = 0;
  await trace.getTracer('application').startActiveSpan('request', async span => {
    try {
      await fn();
    } finally {
      span.end();
    }
  });
  const told = signals.map(signal =>
    [signal.class, ...KEYS.map(key => signal.attributes[key])].filter(word => word !== undefined).join(' '),
  );
  return { signals: [...signals], spans: [...spans], told };
}
