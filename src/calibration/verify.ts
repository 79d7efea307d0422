import type { Consensus } from './consensus.ts';
import { hasDrifted, residualsOf } from './drift.ts';
import { CalibrationError } from './error.ts';
import type { NativeRating } from './native.ts';
import { interpolate } from './piecewise.ts';
import type { Profile } from './profile.ts';
import { agreement, differencesOf, type Grade, gradeOf } from './quality.ts';
import { allSamples } from './samples.ts';
import { mean, quantile } from './statistics/index.ts';

/** How a profile does on ratings made after it. */
export interface Verification {
  readonly scenarios: number;
  readonly readings: number;
  readonly delta_mean: number;
  readonly delta_p95: number;
  readonly bias: number;
  readonly kendall_tau_b: number | null;
  /** Share of readings whose interval holds the panel's value. */
  readonly coverage90: number;
  /** What these differences alone would be graded. */
  readonly grade: Grade;
  /**
   * The rater has changed: on the scenarios that it answered when the profile was made, too, its mapped values have moved (paired t
   * test at 5 %). `null` where fewer than five were.
   */
  readonly drifted: boolean | null;
}

const LEAST = 5;

/**
 * Measures a profile anew. Meant for held-out scenarios, or the control strip after an update of the rater.
 *
 * @throws CalibrationError where the profile was made on another set, or fewer than five scenarios can be used
 */
export function verifyProfile(
  profile: Profile,
  ratings: readonly NativeRating[],
  consensus: Consensus,
  source = 'ratings',
): Verification {
  checkSet(profile, consensus);
  const { native_scale: scale, signal, map, residuals = {} } = profile;
  const samples = allSamples(ratings, scale, consensus, signal, source).used;
  if (samples.length < LEAST)
    throw new CalibrationError(
      `${source}: ${samples.length} usable scenarios; verifying needs ${LEAST} or more`,
    );
  const differences = differencesOf(samples, map.knots);
  const sizes = differences.map(Math.abs);
  const inside = samples.flatMap(({ readings, y }) => readings.map(reading => holds(profile, reading, y)));
  const now = residualsOf(samples, map.knots);
  const delta = { mean: mean(sizes), p95: quantile(sizes, 0.95) };
  return {
    scenarios: samples.length,
    readings: differences.length,
    delta_mean: delta.mean,
    delta_p95: delta.p95,
    bias: mean(Object.values(now)),
    kendall_tau_b: agreement(samples, scale) ?? null,
    coverage90: inside.filter(Boolean).length / inside.length,
    grade: gradeOf(delta),
    drifted: hasDrifted(residuals, now),
  };
}

/** @throws CalibrationError where a profile and reference values are not of one set */
export function checkSet({ reference, profile_id }: Profile, { set, version, sha256 }: Consensus): void {
  if (reference.set !== `${set}/${version}`)
    throw new CalibrationError(
      `${profile_id} was made on ${reference.set}, the reference values are of ${set}/${version}; fit it anew`,
    );
  if (reference.sha256 !== sha256)
    throw new CalibrationError(
      `${profile_id} was made on ${reference.set} with the digest ${reference.sha256.slice(0, 12)}…, the reference values have ${sha256.slice(0, 12)}…; one of them was changed: fit it anew`,
    );
}

function holds({ map }: Profile, at: number, value: number): boolean {
  return Math.abs(interpolate(map.knots, at) - value) <= interpolate(map.interval90, at);
}
