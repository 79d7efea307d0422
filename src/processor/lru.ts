/** A map that holds a bounded number of entries and forgets the least recently used. */
export class Lru<V> {
  readonly #entries: Map<string, V> = new Map();
  readonly #capacity: number;
  #newest: string | undefined;

  /** @param capacity at least 1 */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The entry, made by `create` where there is none. It counts as used. */
  getOrCreate(key: string, create: () => V): V {
    let value = this.#entries.get(key);
    if (value !== undefined && key === this.#newest) return value;
    if (value === undefined) {
      value = create();
      if (this.#entries.size >= this.#capacity) {
        const oldest = this.#entries.keys().next();
        if (oldest.done !== true) this.#entries.delete(oldest.value);
      }
    } else {
      this.#entries.delete(key);
    }
    this.#entries.set(key, value);
    this.#newest = key;
    return value;
  }
}
