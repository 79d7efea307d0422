import type { JoinKey, PseudonymProvider } from '../pseudonyms.ts';
import { type Window, windowOf } from '../voprf/window.ts';
import { type BuildOptions, DEFAULTS, isPlain, OWN_KEYS, type Plan, planTrace } from './build.ts';
import { FACT_KEYS } from './facts.ts';
import { JOIN_TYPES, sessionKeyOf } from './join-keys.ts';
import { type Fragment, fragmentProblem } from './schema.ts';
import type { SourceSpan } from './source.ts';

export interface FragmenterOptions extends Partial<BuildOptions> {
  readonly pseudonyms: PseudonymProvider;
  /** Spans that wait for the rest of their trace at a time; past it the trace that waits longest is made into fragments. Default 200,000. */
  readonly maxWaiting?: number;
  /** Unix milliseconds. With it, what belongs to an epoch whose key is not open yet, or has to be destroyed by now, is refused; without it no clock is looked at. */
  readonly now?: () => number;
}

/** What was not made into fragments, by reason: counts only. */
export type Refusals = Map<string, number>;

interface Waiting {
  readonly spans: SourceSpan[];
  readonly session: JoinKey | undefined;
}

const SLIM_KEYS: ReadonlySet<string> = new Set([
  ...OWN_KEYS,
  ...FACT_KEYS,
  ...JOIN_TYPES.flatMap(({ attributes }) => attributes),
]);

/** A span that is no more than a step on the way to an ancestor, or a root whose parent is elsewhere: without what neither is asked for. */
function slim(span: SourceSpan): SourceSpan {
  const attributes: Record<string, unknown> = {};
  for (const key of Object.keys(span.attributes))
    if (SLIM_KEYS.has(key)) attributes[key] = span.attributes[key];
  return { ...span, attributes, events: [] };
}

/**
 * Makes fragments of spans as they come, in any order: spans of a trace wait for one another, in bounded memory. Fails closed: what
 * does not fit the schema does not leave.
 */
export class Fragmenter {
  readonly refusals: Refusals = new Map();
  readonly #options: BuildOptions;
  readonly #pseudonyms: PseudonymProvider;
  readonly #maxWaiting: number;
  readonly #now: (() => number) | undefined;
  readonly #traces = new Map<string, Waiting>();
  /** Of epochs with a key: a span's start costs nothing to look up. */
  readonly #windows = new Map<string, Window>();
  #waiting = 0;

  constructor({ pseudonyms, maxWaiting = 200_000, now, ...options }: FragmenterOptions) {
    this.#options = { ...DEFAULTS, ...options };
    this.#now = now;
    this.#pseudonyms = pseudonyms;
    this.#maxWaiting = maxWaiting;
  }

  refuse(reason: string, count = 1): void {
    this.refusals.set(reason, (this.refusals.get(reason) ?? 0) + count);
  }

  /** Takes a span; gives the traces that had to be let go for it. */
  add(span: SourceSpan): readonly Plan[] {
    const session = span.traceId === '' ? sessionKeyOf(span) : undefined;
    if (span.traceId === '' && session === undefined) {
      this.refuse('a log record without a trace whose session has no id that cannot be guessed');
      return [];
    }
    const place = session === undefined ? span.traceId : `session ${session.value}`;
    let trace = this.#traces.get(place);
    if (trace === undefined) {
      trace = { spans: [], session };
      this.#traces.set(place, trace);
    }
    trace.spans.push(isPlain(span, this.#options) ? slim(span) : span);
    this.#waiting += 1;
    const plans: Plan[] = [];
    while (this.#waiting > this.#maxWaiting) plans.push(...this.#release(this.#traces.keys().next().value!));
    return plans;
  }

  /** Every trace that still waits, one at a time. */
  *finish(): Generator<Plan> {
    for (const place of [...this.#traces.keys()]) yield* this.#release(place);
  }

  /** Takes one trace out; nothing where it is not there. */
  release(traceId: string): readonly Plan[] {
    return this.#release(traceId);
  }

  #release(place: string): Plan[] {
    const trace = this.#traces.get(place);
    if (trace === undefined) return [];
    this.#traces.delete(place);
    this.#waiting -= trace.spans.length;
    const plan = planTrace(trace.spans, this.#options, trace.session);
    const why = this.#without(plan.epoch);
    if (why === undefined) return [plan];
    this.refuse(why, trace.spans.length);
    return [];
  }

  /** Why nothing may be derived in an epoch; `undefined` where it may. */
  #without(epoch: string): string | undefined {
    if (!this.#pseudonyms.has(epoch)) return `no key for epoch ${epoch}`;
    if (this.#now === undefined) return undefined;
    const window = this.#windows.get(epoch) ?? windowOf(epoch)!;
    this.#windows.set(epoch, window);
    const now = this.#now();
    if (now < window.opens) return `epoch ${epoch} has not begun`;
    return now < window.closes ? undefined : `epoch ${epoch} is closed: its key must be destroyed`;
  }

  /** The fragments of plans. @throws where the pseudonyms cannot be had */
  async build(plans: readonly Plan[]): Promise<Fragment[]> {
    const { deriveNow } = this.#pseudonyms;
    if (deriveNow !== undefined)
      return plans.flatMap(plan =>
        this.#checked(
          plan,
          plan.wanted.map(({ epoch, key }) =>
            this.#without(epoch) === undefined ? deriveNow(epoch, key) : undefined,
          ),
        ),
      );
    const byEpoch = new Map<string, { plan: number; place: number; key: JoinKey }[]>();
    plans.forEach((plan, i) => {
      plan.wanted.forEach(({ epoch, key }, place) => {
        if (this.#without(epoch) !== undefined) return;
        const list = byEpoch.get(epoch);
        if (list === undefined) byEpoch.set(epoch, [{ plan: i, place, key }]);
        else list.push({ plan: i, place, key });
      });
    });
    const ys: (Uint8Array | undefined)[][] = plans.map(({ wanted }) => Array(wanted.length).fill(undefined));
    for (const [epoch, list] of byEpoch) {
      const derived = await this.#pseudonyms.derive(
        epoch,
        list.map(({ key }) => key),
      );
      list.forEach(({ plan, place }, i) => {
        ys[plan]![place] = derived[i];
      });
    }
    return plans.flatMap((plan, i) => this.#checked(plan, ys[i]!));
  }

  #checked(plan: Plan, ys: readonly (Uint8Array | undefined)[]): Fragment[] {
    // its epoch was closed while it waited
    if (ys[0] === undefined) this.refuse(this.#without(plan.epoch) ?? `no key for epoch ${plan.epoch}`);
    return plan.build(ys).filter(fragment => {
      const problem = fragmentProblem(fragment);
      if (problem !== undefined) this.refuse(`a fragment that does not fit the schema: ${problem}`);
      return problem === undefined;
    });
  }
}
