import { interpolate, type Knot } from './piecewise.ts';
import { orientation, type Scale } from './scale.ts';
import type { Sample, Selected } from './select.ts';
import { kendallTauB, mean, quantile } from './statistics/index.ts';

/** What a profile is good for, best first; `none` licenses nothing. */
export type Grade = 'A' | 'B' | 'C' | 'none';

/** How well mapped values meet the panel's; on the reference scale. */
export interface Quality {
  /** Mean of |mapped − reference| over single readings. */
  readonly delta_mean: number;
  /** 95th percentile of the same. */
  readonly delta_p95: number;
  /** Mean of mapped − reference. */
  readonly bias: number;
  /** Of native against reference order, risk rising. Range [-1.0, 1.0]. */
  readonly kendall_tau_b: number;
  /** Mean half-width of the 90 % interval. */
  readonly interval90_halfwidth: number;
  /** What the differences were measured on: held-out scenarios, or each anchor with the map fitted without it. */
  readonly basis: 'verification' | 'leave_one_out';
  readonly grade: Grade;
  /** What lowered the grade by one step each. */
  readonly missing: readonly string[];
}

export const GRADES: readonly Grade[] = ['A', 'B', 'C', 'none'];
const LIMITS = [
  { mean: 0.08, p95: 0.2 },
  { mean: 0.11, p95: 0.27 },
  { mean: 0.15, p95: 0.35 },
];
/** Below, the error of a map is not within a tenth of what the rater's own noise allows. */
const ENOUGH_ANCHORS = 40;
/** Below, a 95th percentile means nothing. */
export const ENOUGH_VERIFICATION = 10;
const BANDS = 5;
const ENOUGH_IN_BAND = 2;

export function qualityOf(
  anchors: readonly Sample[],
  verification: readonly Sample[],
  { knots, leftOut }: Selected,
  interval: readonly Knot[],
  scale: Scale,
): Quality {
  const held = verification.length >= ENOUGH_VERIFICATION;
  const differences = held ? differencesOf(verification, knots) : leftOut.flat().map(residual => -residual);
  const sizes = differences.map(Math.abs);
  const delta = { mean: mean(sizes), p95: quantile(sizes, 0.95) };
  const missing = lacking(anchors, verification);
  const grade = gradeOf(delta, missing.length);
  return {
    delta_mean: delta.mean,
    delta_p95: delta.p95,
    bias: mean(differences),
    kendall_tau_b: agreement([...anchors, ...verification], scale) ?? 0,
    interval90_halfwidth: mean(interval.map(([, width]) => width)),
    basis: held ? 'verification' : 'leave_one_out',
    grade,
    missing,
  };
}

/** The grade that differences reach, lowered by so many steps. */
export function gradeOf(delta: { readonly mean: number; readonly p95: number }, lowered = 0): Grade {
  const reached = LIMITS.findIndex(limit => delta.mean <= limit.mean && delta.p95 <= limit.p95);
  return GRADES[Math.min((reached < 0 ? LIMITS.length : reached) + lowered, LIMITS.length)]!;
}

/** Mapped less reference value, of every reading. */
export const differencesOf = (samples: readonly Sample[], knots: readonly Knot[]): number[] =>
  samples.flatMap(({ readings, y }) => readings.map(reading => interpolate(knots, reading) - y));

/** Kendall's τ-b of the rater's order, risk rising, and the panel's. */
export const agreement = (samples: readonly Sample[], scale: Scale): number | undefined =>
  kendallTauB(
    samples.map(({ x }) => orientation(scale) * x),
    samples.map(({ y }) => y),
  );

function lacking(anchors: readonly Sample[], verification: readonly Sample[]): string[] {
  const missing: string[] = [];
  if (anchors.length < ENOUGH_ANCHORS) missing.push('anchors');
  if (verification.length < ENOUGH_VERIFICATION) missing.push('verification');
  const bands = new Array<number>(BANDS).fill(0);
  for (const { y } of anchors) bands[Math.min(BANDS - 1, Math.floor(y * BANDS))]! += 1;
  if (bands.some(count => count < ENOUGH_IN_BAND)) missing.push('coverage');
  return missing;
}
