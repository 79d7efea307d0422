import { interpolate, type Knot } from './piecewise.ts';
import { range, type Scale } from './scale.ts';
import type { Sample, Selected } from './select.ts';

/** Share of events whose reference value the interval is to hold. */
export const COVERAGE = 0.9;

/** How far, on the reference scale, other residuals count for the width at a place. */
const BANDWIDTH = 0.15;
/** How many residuals' weight the overall width has against the local ones. */
const PRIOR = 5;
/** Places on an interval scale at which the width is written down. */
const PLACES = 11;

/**
 * Half the width of the 90 % interval along the scale: leave-one-out residuals of single readings, each divided by the typical
 * residual around it, and the conformal quantile of those (normalised jackknife; needs no shape of the noise).
 *
 * @returns points of a piecewise linear function, native position to half-width on the reference scale
 */
export function intervalOf(samples: readonly Sample[], { knots, leftOut }: Selected, scale: Scale): Knot[] {
  const residuals = samples.flatMap(({ readings }, index) =>
    readings.map((reading, at) => ({
      value: interpolate(knots, reading),
      size: Math.abs(leftOut[index]![at]!),
      weight: 1 / readings.length,
    })),
  );
  const weights = residuals.reduce((sum, { weight }) => sum + weight, 0);
  const overall = residuals.reduce((sum, { size, weight }) => sum + weight * size ** 2, 0) / weights;
  const typical = (value: number): number => {
    let [sum, total] = [PRIOR * overall, PRIOR];
    for (const residual of residuals) {
      const near = residual.weight * Math.max(0, 1 - ((residual.value - value) / BANDWIDTH) ** 2);
      sum += near * residual.size ** 2;
      total += near;
    }
    return Math.sqrt(sum / total);
  };
  const typicals = memoized(typical);
  const scores = residuals.map(({ value, size }) => (size === 0 ? 0 : size / typicals(value)));
  const sorted = scores.sort((a, b) => a - b);
  const quantile = sorted[Math.min(sorted.length, Math.ceil(COVERAGE * (sorted.length + 1))) - 1]!;
  return places(scale).map((at): Knot => [at, Math.min(1, quantile * typicals(interpolate(knots, at)))]);
}

function places(scale: Scale): number[] {
  const [low, high] = range(scale);
  const count = scale.type === 'ordinal' ? high + 1 : PLACES;
  return Array.from({ length: count }, (_, index) => low + ((high - low) * index) / (count - 1));
}

/** The width changes slowly: a step of 1/200 of the reference scale is one place. */
function memoized(compute: (value: number) => number): (value: number) => number {
  const known = new Map<number, number>();
  return value => {
    const step = Math.round(value * 200);
    const before = known.get(step);
    if (before !== undefined) return before;
    const computed = compute(step / 200);
    known.set(step, computed);
    return computed;
  };
}
