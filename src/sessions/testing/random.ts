/** Random numbers of a seed: the same everywhere. */
export interface Random {
  /** In [0, 1). */
  readonly next: () => number;
  readonly chance: (p: number) => boolean;
  /** A place in the list, by its weight; the weights need no sum. */
  readonly weighted: (weights: readonly number[]) => number;
  readonly normal: (mean: number, deviation: number) => number;
  /** 1, 2, 3 … with this mean. */
  readonly geometric: (mean: number) => number;
  readonly hex: (digits: number) => string;
}

/** Mulberry32: fast, and good enough for simulations. Never for secrets. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    chance: p => next() < p,
    weighted(weights) {
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0);
      const found = weights.findIndex(weight => {
        left -= weight;
        return left < 0;
      });
      return found < 0 ? weights.length - 1 : found;
    },
    normal: (mean, deviation) =>
      mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    geometric: mean => 1 + Math.floor(Math.log(1 - next()) / Math.log(1 - 1 / mean)),
    hex(digits) {
      let text = '';
      while (text.length < digits)
        text += Math.floor(next() * 4_294_967_296)
          .toString(16)
          .padStart(8, '0');
      return text.slice(0, digits);
    },
  };
}
