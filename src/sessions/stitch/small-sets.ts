const CHUNK = 65_536;

/**
 * Sets of numbers from 0 to 2^31 - 1, held in few bytes: none and one cost nothing, more cost 4 bytes a member. A set is a number itself. What
 * a union leaves behind is not given back: use one of these for one run.
 */
export class SmallSets {
  readonly #chunks: Uint32Array[] = [];
  #next = CHUNK;

  static readonly EMPTY = 0;

  /** @param members in rising order, each once */
  of(members: readonly number[]): number {
    if (members.length === 0) return SmallSets.EMPTY;
    // one member is its own set, told from a place by the last bit
    if (members.length === 1) return members[0]! * 2 + 1;
    if (this.#next + members.length + 1 > CHUNK) {
      this.#chunks.push(new Uint32Array(Math.max(CHUNK, members.length + 1)));
      this.#next = 0;
    }
    const chunk = this.#chunks.length - 1;
    const start = this.#next;
    this.#chunks[chunk]![start] = members.length;
    this.#chunks[chunk]!.set(members, start + 1);
    this.#next += members.length + 1;
    return (chunk * CHUNK + start + 1) * 2;
  }

  members(set: number): ArrayLike<number> {
    if (set === SmallSets.EMPTY) return [];
    if (set % 2 === 1) return [(set - 1) / 2];
    const place = set / 2 - 1;
    const chunk = this.#chunks[Math.floor(place / CHUNK)]!;
    const start = place % CHUNK;
    return chunk.subarray(start + 1, start + 1 + chunk[start]!);
  }

  /** How many members the union would have. */
  unionSize(a: number, b: number): number {
    if (a === b) return this.members(a).length;
    const [one, other] = [this.members(a), this.members(b)];
    return one.length + other.length - common(one, other);
  }

  share(a: number, b: number): boolean {
    return common(this.members(a), this.members(b)) > 0;
  }

  union(a: number, b: number): number {
    if (a === b || b === SmallSets.EMPTY) return a;
    if (a === SmallSets.EMPTY) return b;
    const [one, other] = [this.members(a), this.members(b)];
    const both = common(one, other);
    if (both === other.length) return a;
    if (both === one.length) return b;
    return this.of([...new Set([...Array.from(one), ...Array.from(other)])].sort((x, y) => x - y));
  }
}

function common(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0, k = 0; i < one.length && k < other.length; ) {
    const difference = one[i]! - other[k]!;
    if (difference === 0) count += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) k += 1;
  }
  return count;
}
