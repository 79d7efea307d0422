import type { Recording } from './recording.ts';

/** What stands at a place of a session: a row of one of the recording's tables. */
export interface Place {
  readonly kind: 'step' | 'state' | 'signal';
  readonly row: number;
}

/** The steps, states and signals of every session in order of time. */
export class Order {
  /** Session numbers (in the recording's `words`) that stand for something, in order of first appearance. */
  readonly sessions: readonly number[];
  readonly #recording: Recording;
  readonly #items: Uint32Array;
  readonly #starts: Uint32Array;

  /** @param recording with sessions resolved */
  constructor(recording: Recording) {
    this.#recording = recording;
    const { steps, states, signals } = recording;
    const total = steps.size + states.size + signals.size;
    const sessionOf = new Uint32Array(total);
    sessionOf.set(steps.columns.session.subarray(0, steps.size));
    sessionOf.set(states.columns.session.subarray(0, states.size), steps.size);
    sessionOf.set(signals.columns.session.subarray(0, signals.size), steps.size + states.size);
    const dense = new Map<number, number>();
    for (const session of sessionOf) if (!dense.has(session)) dense.set(session, dense.size);
    this.sessions = [...dense.keys()];
    this.#starts = new Uint32Array(dense.size + 1);
    for (const session of sessionOf) {
      const next = (dense.get(session) ?? 0) + 1;
      this.#starts[next] = (this.#starts[next] ?? 0) + 1;
    }
    for (let i = 1; i < this.#starts.length; i++)
      this.#starts[i] = (this.#starts[i] ?? 0) + (this.#starts[i - 1] ?? 0);
    this.#items = this.#fill(sessionOf, dense);
  }

  #fill(sessionOf: Uint32Array, dense: ReadonlyMap<number, number>): Uint32Array {
    const items = new Uint32Array(sessionOf.length);
    const at = this.#starts.slice();
    for (let item = 0; item < sessionOf.length; item++) {
      const session = dense.get(sessionOf[item] ?? 0) ?? 0;
      items[at[session] ?? 0] = item;
      at[session] = (at[session] ?? 0) + 1;
    }
    const times = this.#times();
    for (let i = 0; i < dense.size; i++) {
      items
        .subarray(this.#starts[i], this.#starts[i + 1])
        .sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
    }
    return items;
  }

  #times(): Float64Array {
    const { steps, states, signals } = this.#recording;
    const times = new Float64Array(steps.size + states.size + signals.size);
    times.set(steps.columns.time.subarray(0, steps.size));
    times.set(states.columns.time.subarray(0, states.size), steps.size);
    times.set(signals.columns.time.subarray(0, signals.size), steps.size + states.size);
    return times;
  }

  /** @param index place in `sessions` */
  *of(index: number): Generator<Place> {
    const { steps, states } = this.#recording;
    const end = this.#starts[index + 1] ?? 0;
    for (let i = this.#starts[index] ?? 0; i < end; i++) {
      const item = this.#items[i] ?? 0;
      if (item < steps.size) yield { kind: 'step', row: item };
      else if (item < steps.size + states.size) yield { kind: 'state', row: item - steps.size };
      else yield { kind: 'signal', row: item - steps.size - states.size };
    }
  }
}
