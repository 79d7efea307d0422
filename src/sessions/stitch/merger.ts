import { SmallSets } from './small-sets.ts';

/** How far a session may grow; past it parts stay apart and bear the mark of a conflict. */
export interface Caps {
  readonly traces: number;
  readonly contributors: number;
  readonly hours: number;
}

export const CAPS: Caps = { traces: 64, contributors: 16, hours: 24 };

const HOUR_MS = 3_600_000;

/** Session tags that one session can have: a trace that holds several sessions must not join them. */
const sessionTags = (ofTwoEpochs: boolean): number => (ofTwoEpochs ? 2 : 1);

/** Of one trace. */
export interface Sizes {
  readonly contributors: number;
  /** How many session tags it bears. */
  readonly sessions: number;
  /** A fragment of it names a session in two epochs. */
  readonly ofTwoEpochs: boolean;
  readonly startMs: number;
  readonly endMs: number;
}

/** Whether a trace alone is more than one session may be. */
export const isTooMuch = (
  { contributors, sessions, ofTwoEpochs, startMs, endMs }: Sizes,
  caps: Caps,
): boolean =>
  sessions > sessionTags(ofTwoEpochs) ||
  contributors > caps.contributors ||
  endMs - startMs > caps.hours * HOUR_MS;

/** A trace to be joined. */
export interface Joinable extends Pick<Sizes, 'startMs' | 'endMs' | 'ofTwoEpochs'> {
  /** Numbers of them, in rising order. */
  readonly contributors: readonly number[];
  /** Numbers of session tags, in rising order. */
  readonly sessions: readonly number[];
}

/**
 * Joins traces to sessions, one edge after another: the order of the edges decides which of several that cannot all be joined are. It holds
 * some 40 bytes a trace and nothing of its fragments.
 */
export class Merger {
  readonly #caps: Caps;
  readonly #sets = new SmallSets();
  readonly #parents: Uint32Array;
  readonly #traces: Uint32Array;
  readonly #starts: Float64Array;
  readonly #ends: Float64Array;
  readonly #contributors: Uint32Array;
  readonly #sessions: Uint32Array;
  /** In thousandths, which all confidences are. */
  readonly #confidences: Uint16Array;
  readonly #conflicts: Uint8Array;
  readonly #ofTwoEpochs: Uint8Array;
  #count = 0;

  /** @param capacity how many traces there will be */
  constructor(capacity: number, caps: Caps) {
    this.#caps = caps;
    this.#parents = new Uint32Array(capacity);
    this.#traces = new Uint32Array(capacity);
    this.#starts = new Float64Array(capacity);
    this.#ends = new Float64Array(capacity);
    this.#contributors = new Uint32Array(capacity);
    this.#sessions = new Uint32Array(capacity);
    this.#confidences = new Uint16Array(capacity);
    this.#conflicts = new Uint8Array(capacity);
    this.#ofTwoEpochs = new Uint8Array(capacity);
  }

  /** The next trace: its place is 0, 1, 2 … */
  add({ startMs, endMs, ofTwoEpochs, contributors, sessions }: Joinable): void {
    const i = this.#count++;
    this.#parents[i] = i;
    this.#traces[i] = 1;
    this.#starts[i] = startMs;
    this.#ends[i] = endMs;
    this.#contributors[i] = this.#sets.of(contributors);
    this.#sessions[i] = this.#sets.of(sessions);
    this.#confidences[i] = 1000;
    this.#ofTwoEpochs[i] = ofTwoEpochs ? 1 : 0;
    const sizes = {
      contributors: contributors.length,
      sessions: sessions.length,
      ofTwoEpochs,
      startMs,
      endMs,
    };
    this.#conflicts[i] = isTooMuch(sizes, this.#caps) ? 1 : 0;
  }

  /** The first trace of the session that a trace is in. */
  firstOf(place: number): number {
    const parents = this.#parents;
    let at = place;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]!]!;
      at = parents[at]!;
    }
    return at;
  }

  /** Of the weakest tag that was needed to join the session; 1 for a single trace. */
  confidenceOf(place: number): number {
    return this.#confidences[this.firstOf(place)]! / 1000;
  }

  /** Whether a merge was refused: other session tags, or past the caps. */
  isInConflict(place: number): boolean {
    return this.#conflicts[this.firstOf(place)] === 1;
  }

  /** Makes one session of those of two traces, or marks both where that would break a rule. @returns whether they are one */
  join(one: number, other: number, confidence: number): boolean {
    const [x, y] = [this.firstOf(one), this.firstOf(other)];
    if (x === y) return true;
    const [a, b] = [Math.min(x, y), Math.max(x, y)];
    const startMs = Math.min(this.#starts[a]!, this.#starts[b]!);
    const endMs = Math.max(this.#ends[a]!, this.#ends[b]!);
    if (this.#differ(a, b) || this.#isTooLarge(a, b, endMs - startMs)) {
      this.#conflicts[a] = 1;
      this.#conflicts[b] = 1;
      return false;
    }
    this.#parents[b] = a;
    this.#traces[a] = this.#traces[a]! + this.#traces[b]!;
    this.#starts[a] = startMs;
    this.#ends[a] = endMs;
    this.#contributors[a] = this.#sets.union(this.#contributors[a]!, this.#contributors[b]!);
    this.#sessions[a] = this.#sets.union(this.#sessions[a]!, this.#sessions[b]!);
    this.#confidences[a] = Math.min(
      this.#confidences[a]!,
      this.#confidences[b]!,
      Math.round(confidence * 1000),
    );
    this.#conflicts[a] = this.#conflicts[a]! | this.#conflicts[b]!;
    this.#ofTwoEpochs[a] = this.#ofTwoEpochs[a]! | this.#ofTwoEpochs[b]!;
    return true;
  }

  #isTooLarge(a: number, b: number, ms: number): boolean {
    const { traces, contributors, hours } = this.#caps;
    return (
      this.#traces[a]! + this.#traces[b]! > traces ||
      this.#sets.unionSize(this.#contributors[a]!, this.#contributors[b]!) > contributors ||
      ms > hours * HOUR_MS
    );
  }

  /** Whether both name a session, and not the same one. */
  #differ(a: number, b: number): boolean {
    const [one, other] = [this.#sessions[a]!, this.#sessions[b]!];
    if (one === SmallSets.EMPTY || other === SmallSets.EMPTY) return false;
    const allowed = sessionTags((this.#ofTwoEpochs[a]! | this.#ofTwoEpochs[b]!) === 1);
    return !this.#sets.share(one, other) || this.#sets.unionSize(one, other) > allowed;
  }
}
