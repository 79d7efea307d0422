import type { Merger } from './merger.ts';

/**
 * Joins the traces that have a tag in common, given tag after tag, those of each in the order of their starts. What may not be in the session of the first
 * becomes further sessions: many traces of one session that is too large do not become as many sessions.
 */
export class TagJoining {
  readonly #merger: Merger;
  #tag: unknown;
  #first = 0;
  /** The last that found no room, and begins the next session. */
  #next: number | undefined;

  constructor(merger: Merger) {
    this.#merger = merger;
  }

  /** @param tag what tells a tag from the one before */
  add(tag: string | number, place: number, confidence: number): void {
    if (tag !== this.#tag) {
      this.#tag = tag;
      this.#first = place;
      this.#next = undefined;
      return;
    }
    if (this.#merger.join(this.#first, place, confidence)) return;
    if (this.#next === undefined || !this.#merger.join(this.#next, place, confidence)) this.#next = place;
  }
}
