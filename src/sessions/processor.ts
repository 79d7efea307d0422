import { randomInt } from 'node:crypto';
import { type Context, TraceFlags } from '@opentelemetry/api';
import { warnOnce } from '../signals/shared.ts';
import type { Plan } from './fragment/build.ts';
import { Fragmenter, type FragmenterOptions, type Refusals } from './fragment/fragmenter.ts';
import type { Fragment } from './fragment/schema.ts';
import { type EndedSpan, sourceOf } from './processor-source.ts';
import { sessionTokenOf } from './propagation/token.ts';

export interface FragmentProcessorOptions extends FragmenterOptions {
  /** Takes fragments away; rejects where that failed, and gets them again later. `otlpFragments` makes one. */
  readonly exporter: (fragments: readonly Fragment[]) => Promise<void> | void;
  /** Traces of which spans are open at a time; past it the one that is open longest is made into fragments. Default 10,000. */
  readonly maxTraces?: number;
  /** Ended traces that wait to be exported; past it new ones are dropped and counted. Default 2,048. */
  readonly maxQueue?: number;
  /** Milliseconds until what ended is exported, half as much to half as much again by chance. Default 30,000. */
  readonly delayMs?: number;
}

interface Queued {
  readonly plan: Plan;
  readonly attempts: number;
}

const BATCH = 256;
const MAX_ATTEMPTS = 5;

/**
 * Makes fragments of the spans of this process, trace by trace, when all that was open of a trace has ended. It never throws, keeps a bounded
 * number of spans, and no timer of it keeps the process alive. Put it behind the processor that attaches signals.
 */
export class FragmentSpanProcessor {
  readonly #fragmenter: Fragmenter;
  readonly #exporter: FragmentProcessorOptions['exporter'];
  readonly #maxTraces: number;
  readonly #maxQueue: number;
  readonly #delayMs: number;
  /** How many spans of a trace are open. */
  readonly #open = new Map<string, number>();
  readonly #tokens = new WeakMap<object, string>();
  #queue: Queued[] = [];
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #stopped = false;

  constructor({
    exporter,
    maxTraces = 10_000,
    maxQueue = 2048,
    delayMs = 30_000,
    maxWaiting = 50_000,
    ...fragmenter
  }: FragmentProcessorOptions) {
    this.#fragmenter = new Fragmenter({ maxWaiting, now: Date.now, ...fragmenter });
    this.#exporter = exporter;
    this.#maxTraces = maxTraces;
    this.#maxQueue = maxQueue;
    this.#delayMs = delayMs;
  }

  /** What was not made into fragments, by reason. */
  get refusals(): Refusals {
    return this.#fragmenter.refusals;
  }

  onStart(span: object, parentContext: Context): void {
    try {
      const { traceId, traceFlags } = (span as EndedSpan).spanContext();
      if (this.#stopped || (traceFlags & TraceFlags.SAMPLED) === 0) return;
      this.#open.set(traceId, (this.#open.get(traceId) ?? 0) + 1);
      const token = sessionTokenOf(parentContext);
      if (token !== undefined) this.#tokens.set(span, token);
      if (this.#open.size > this.#maxTraces) this.#letGo(this.#open.keys().next().value!);
    } catch (error) {
      warnOnce('fragments.onStart', 'a span could not be counted for fragments', error);
    }
  }

  onEnd(span: object): void {
    try {
      const ended = span as EndedSpan;
      const { traceId, traceFlags } = ended.spanContext();
      if (this.#stopped || (traceFlags & TraceFlags.SAMPLED) === 0) return;
      this.#enqueue(this.#fragmenter.add(sourceOf(ended, this.#tokens.get(span))));
      const open = (this.#open.get(traceId) ?? 1) - 1;
      if (open > 0) this.#open.set(traceId, open);
      else this.#letGo(traceId);
    } catch (error) {
      warnOnce('fragments.onEnd', 'a span could not be made into a fragment', error);
    }
  }

  /** Exports what has ended, as far as the exporter takes it. */
  async forceFlush(): Promise<void> {
    await this.#working;
    await this.#work();
  }

  /** Also what is still open; then nothing more is taken. */
  async shutdown(): Promise<void> {
    try {
      if (this.#stopped) return;
      this.#stopped = true;
      this.#open.clear();
      for (const plan of this.#fragmenter.finish()) this.#enqueue([plan]);
    } catch (error) {
      warnOnce('fragments.shutdown', 'what was open could not be made into fragments', error);
    }
    await this.forceFlush();
    clearTimeout(this.#timer);
  }

  #letGo(traceId: string): void {
    this.#open.delete(traceId);
    this.#enqueue(this.#fragmenter.release(traceId));
  }

  #enqueue(plans: readonly Plan[]): void {
    for (const plan of plans) {
      if (this.#queue.length >= this.#maxQueue)
        this.#fragmenter.refuse('a trace for which the queue had no room');
      else this.#queue.push({ plan, attempts: 0 });
    }
    if (this.#queue.length === 0) return;
    if (this.#queue.length >= BATCH) void this.#work();
    this.#arm();
  }

  #arm(): void {
    if (this.#timer !== undefined || this.#stopped) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        void this.#work();
      },
      this.#delayMs * (0.5 + Math.random()),
    );
    this.#timer.unref();
  }

  /** One at a time; never rejects. */
  #work(): Promise<void> {
    this.#working ??= this.#drain().finally(() => {
      this.#working = undefined;
    });
    return this.#working;
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, BATCH);
      try {
        // the order in which traces ended is nobody's business
        const fragments = await this.#fragmenter.build(shuffled(batch.map(({ plan }) => plan)));
        if (fragments.length > 0) await this.#exporter(fragments);
      } catch (error) {
        warnOnce('fragments.export', 'fragments could not be exported', error);
        this.#again(batch);
        this.#arm();
        return;
      }
    }
  }

  #again(batch: readonly Queued[]): void {
    const kept = batch.filter(({ attempts }) => attempts + 1 < MAX_ATTEMPTS);
    if (kept.length < batch.length)
      this.#fragmenter.refuse('a trace that could not be exported', batch.length - kept.length);
    this.#queue = [...kept.map(({ plan, attempts }) => ({ plan, attempts: attempts + 1 })), ...this.#queue];
  }
}

function shuffled<T>(from: readonly T[]): T[] {
  const all = [...from];
  for (let i = all.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all;
}
