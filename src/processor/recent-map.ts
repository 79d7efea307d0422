/**
 * A map that holds a bounded number of entries and forgets those not used for longest. It keeps two generations: an
 * entry that is used moves to the younger one, and when that is full the older one is forgotten as a whole. So a look-up
 * of a known entry changes nothing, which a list in order of use would pay for every time.
 */
export class RecentMap<V> {
  readonly #half: number;
  #young: Map<string, V> = new Map();
  #old: Map<string, V> = new Map();
  /** The entry used last: one agent's steps come one after the other. */
  #lastKey: string | undefined;
  #last: V | undefined;

  /** @param capacity at least 2; the entries used last, half of it at least, are always there */
  constructor(capacity: number) {
    this.#half = Math.max(1, Math.floor(capacity / 2));
  }

  /** How many entries are held, at most the capacity. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  /** The entry, made by `create` where there is none. It counts as used. */
  getOrCreate(key: string, create: () => V): V {
    if (key === this.#lastKey) return this.#last as V;
    let value = this.#young.get(key);
    if (value === undefined) {
      value = this.#old.get(key) ?? create();
      if (this.#young.size >= this.#half) {
        this.#old = this.#young;
        this.#young = new Map();
      }
      this.#young.set(key, value);
    }
    this.#lastKey = key;
    this.#last = value;
    return value;
  }
}
