import { randomBytes } from 'node:crypto';

/** Where random bytes come from; the system's generator, and nothing else outside of tests. */
export type ByteSource = () => number;

/** The system's generator, a block at a time. */
export function systemBytes(block = 4_096): ByteSource {
  let pool = new Uint8Array(0);
  let at = 0;
  return () => {
    if (at >= pool.length) {
      pool = randomBytes(block);
      at = 0;
    }
    return pool[at++]!;
  };
}

/** Uniform over the integers from 0 to `bound` - 1, by rejection. */
function uniformBelow(bound: bigint, next: ByteSource): bigint {
  const bits = (bound - 1n).toString(2).length;
  const mask = (1n << BigInt(bits)) - 1n;
  const bytes = Math.ceil(bits / 8);
  for (;;) {
    let drawn = 0n;
    for (let i = 0; i < bytes; i++) drawn = (drawn << 8n) | BigInt(next());
    drawn &= mask;
    if (drawn < bound) return drawn;
  }
}

/** True with probability exp(-num/den), for 0 ≤ num/den ≤ 1: a walk along the terms of the series. */
function coinBelowOne(num: bigint, den: bigint, next: ByteSource): boolean {
  for (let k = 1n; ; k++) if (uniformBelow(den * k, next) >= num) return k % 2n === 1n;
}

/** True with probability exp(-num/den), for any num/den ≥ 0. */
function coin(num: bigint, den: bigint, next: ByteSource): boolean {
  let left = num;
  for (; left > den; left -= den) if (!coinBelowOne(1n, 1n, next)) return false;
  return coinBelowOne(left, den, next);
}

/**
 * An integer drawn from the discrete Laplace distribution: P(x) is proportional to exp(-|x| / scale). Exact: integers only, so that no
 * rounding of floating point numbers tells anything. Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy" (2020), algorithm 2.
 *
 * @param scale a positive fraction [numerator, denominator]; sensitivity / ε
 */
export function discreteLaplace(
  [numerator, denominator]: readonly [bigint, bigint],
  next: ByteSource = systemBytes(),
): bigint {
  if (numerator <= 0n || denominator <= 0n) throw new RangeError('the scale of the noise must be positive');
  for (;;) {
    const low = uniformBelow(numerator, next);
    if (!coin(low, numerator, next)) continue;
    let high = 0n;
    while (coinBelowOne(1n, 1n, next)) high++;
    const size = (low + numerator * high) / denominator;
    const negative = uniformBelow(2n, next) === 1n;
    if (negative && size === 0n) continue;
    return negative ? -size : size;
  }
}
