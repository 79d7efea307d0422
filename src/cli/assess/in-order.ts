import type { UnixTime } from '../../signals/index.ts';

/** Whatever happened at a time. */
export interface Timed {
  readonly time: UnixTime;
}

/**
 * Puts what comes roughly in order of time into order. It holds at most `limit` items: whatever comes later than that many others is let through
 * when it comes.
 */
export class InOrder<T extends Timed> {
  readonly #limit: number;
  readonly #held: T[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @returns the item that is next, once more than `limit` are held */
  add(item: T): T | undefined {
    let at = this.#held.length;
    while (at > 0 && isLater((this.#held[at - 1] as T).time, item.time)) at -= 1;
    this.#held.splice(at, 0, item);
    return this.#held.length > this.#limit ? this.#held.shift() : undefined;
  }

  /** Everything that is still held, in order. */
  rest(): T[] {
    return this.#held.splice(0);
  }
}

const isLater = (a: UnixTime, b: UnixTime): boolean => a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);
