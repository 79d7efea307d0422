import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { context, type SpanOptions, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, it } from 'vitest';
import { AlignmentSpanProcessor } from '../../src/processor/index.ts';
import { type Signal, withAlignmentContext } from '../../src/signals/index.ts';

export const root: string = fileURLToPath(new URL('../..', import.meta.url));

// biome-ignore lint/suspicious/noExplicitAny: a framework's types are installed with its example only
export type Loose = any;

/** A framework as an example has it installed. */
export interface Framework {
  readonly installed: boolean;
  /** Loads an entry point by the name that an application would import. */
  load<T>(name: string): Promise<T>;
}

/** One line says what to do where the framework is missing; tools/ci-summary.mjs judges the skip that follows. */
export function frameworkOf(example: string, ...packages: string[]): Framework {
  const folder = join(root, 'examples', example);
  const installed = packages.every(name => existsSync(join(folder, 'node_modules', name)));
  if (!installed) console.log(`skipped: npm ci --prefix examples/${example} installs ${packages.join(', ')}`);
  const { resolve } = createRequire(join(folder, 'package.json'));
  return { installed, load: async name => (await import(pathToFileURL(resolve(name)).href)) as never };
}

/** Tests that need a framework; one skipped test stands for them all where it is missing, so that the skip is counted. */
export function describeWith({ installed }: Framework, name: string, tests: () => Promise<void>): void {
  if (installed) describe(name, tests);
  else describe(name, () => void it.skip('needs the framework', () => {}));
}

/** What a run left behind: every signal in order, and every span that ended. */
export interface Observed {
  readonly signals: Signal[];
  readonly spans: ReadableSpan[];
}

const observed: Observed = { signals: [], spans: [] };
let started = false;

/** Registers one SDK for the whole file: the API takes only one. */
export function startSdk(): void {
  if (started) return;
  started = true;
  const keep = {
    onStart(): void {},
    onEnd: (span: ReadableSpan): number => observed.spans.push(span),
    forceFlush: (): Promise<void> => Promise.resolve(),
    shutdown: (): Promise<void> => Promise.resolve(),
  };
  const alignment = new AlignmentSpanProcessor({ detail: 'full', onSignal: s => observed.signals.push(s) });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [alignment, keep] as never }));
}

let sessions = 0;

/** Runs `fn` in a session of its own, under a span of the application. */
export async function observe(fn: () => unknown, options: SpanOptions = {}): Promise<Observed> {
  startSdk();
  observed.signals.length = 0;
  observed.spans.length = 0;
  await withAlignmentContext({ conversationId: `session-${++sessions}` }, () =>
    trace.getTracer('application').startActiveSpan('request', options, async span => {
      try {
        await fn();
      } finally {
        span.end();
      }
    }),
  );
  return { signals: [...observed.signals], spans: [...observed.spans] };
}

/** `intervention denial human denied human call-1`: what a table of expectations can say in one line. */
export const told = ({ signals }: Observed): string[] => signals.map(line).sort();

function line({ class: signalClass, attributes }: Signal): string {
  const keys = [
    'alignment.intervention.type',
    'alignment.intervention.initiator',
    'alignment.intervention.outcome',
    'alignment.intervention.decision.source',
    'alignment.boundary.type',
    'alignment.boundary.from',
    'alignment.boundary.to',
    'alignment.indicator.type',
    'gen_ai.tool.call.id',
  ];
  return [signalClass, ...keys.map(key => attributes[key]).filter(value => value !== undefined)].join(' ');
}

/** What the exporter would write of a run: content must not be in it. */
export const written = ({ spans, signals }: Observed): string =>
  JSON.stringify([
    spans.map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
    signals,
  ]);
