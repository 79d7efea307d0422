import type { JoinKey, PseudonymProvider } from '../pseudonyms.ts';
import { type BuildOptions, DEFAULTS, isPlain, type Plan, planTrace, sessionKeyOf } from './build.ts';
import { FACT_KEYS } from './facts.ts';
import { type Fragment, fragmentProblem } from './schema.ts';
import type { SourceSpan } from './source.ts';

export interface FragmenterOptions extends Partial<BuildOptions> {
  readonly pseudonyms: PseudonymProvider;
  /** Spans that wait for the rest of their trace at a time; past it the trace that waits longest is made into fragments. Default 200,000. */
  readonly maxWaiting?: number;
}

/** What was not made into fragments, by reason: counts only. */
export type Refusals = Map<string, number>;

interface Waiting {
  readonly spans: SourceSpan[];
  readonly session: JoinKey | undefined;
}

const EMPTY = Object.freeze({});
const SLIM_KEYS = ['session.id', 'gen_ai.conversation.id', ...FACT_KEYS];

/** A span that is only a step on the way from a kept one to its ancestor, without what it will not be asked for. */
function slim(span: SourceSpan): SourceSpan {
  const attributes: Record<string, unknown> = {};
  for (const key of SLIM_KEYS) if (span.attributes[key] !== undefined) attributes[key] = span.attributes[key];
  return { ...span, attributes, events: [], links: [], resource: EMPTY };
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
  readonly #traces = new Map<string, Waiting>();
  #waiting = 0;

  constructor({ pseudonyms, maxWaiting = 200_000, ...options }: FragmenterOptions) {
    this.#options = { ...DEFAULTS, ...options };
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
    if (this.#pseudonyms.has(plan.epoch)) return [plan];
    this.refuse(`no key for epoch ${plan.epoch}`, trace.spans.length);
    return [];
  }

  /** The fragments of plans. @throws where the pseudonyms cannot be had */
  async build(plans: readonly Plan[]): Promise<Fragment[]> {
    const { deriveNow } = this.#pseudonyms;
    if (deriveNow !== undefined)
      return plans.flatMap(plan =>
        this.#checked(
          plan,
          plan.wanted.map(({ epoch, key }) =>
            this.#pseudonyms.has(epoch) ? deriveNow(epoch, key) : undefined,
          ),
        ),
      );
    const byEpoch = new Map<string, { plan: number; place: number; key: JoinKey }[]>();
    plans.forEach((plan, i) => {
      plan.wanted.forEach(({ epoch, key }, place) => {
        if (!this.#pseudonyms.has(epoch)) return;
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
    return plan.build(ys).filter(fragment => {
      const problem = fragmentProblem(fragment);
      if (problem !== undefined) this.refuse(`a fragment that does not fit the schema: ${problem}`);
      return problem === undefined;
    });
  }
}
