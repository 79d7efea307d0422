import { interpolate, type Knot } from './piecewise.ts';
import type { Sample } from './select.ts';
import { mean, standardDeviation, studentBound } from './statistics/index.ts';

/** Scenario id to the mean of mapped − reference over its readings. */
export type Residuals = Readonly<Record<string, number>>;

/** Below, of scenarios answered then and now, nothing is said. */
export const LEAST_PAIRS = 5;

export const residualsOf = (samples: readonly Sample[], knots: readonly Knot[]): Residuals =>
  Object.fromEntries(
    samples
      .map(({ id, readings, y }) => [id, mean(readings.map(at => interpolate(knots, at) - y))] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** To a hundred-thousandth of the reference scale, so that the file stays readable. */
export const writtenResiduals = (residuals: Residuals): Residuals =>
  Object.fromEntries(Object.entries(residuals).map(([id, value]) => [id, Number(value.toFixed(5)) + 0]));

/**
 * Whether a rater maps the same scenarios to other values than it did: a paired t test at 5 %. Pairs, because what a scenario is off by
 * in itself stands on both sides.
 *
 * @returns `null` where fewer than five scenarios were answered both times
 */
export function hasDrifted(before: Residuals, now: Residuals): boolean | null {
  const moved = Object.entries(now)
    .filter(([id]) => Object.hasOwn(before, id))
    .map(([id, value]) => value - before[id]!);
  if (moved.length < LEAST_PAIRS) return null;
  const error = standardDeviation(moved)! / Math.sqrt(moved.length);
  // what was written was rounded
  return Math.abs(mean(moved)) > studentBound(moved.length - 1) * error + 1e-5;
}
