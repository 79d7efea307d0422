import { candidates, FITTERS, type Method, type Point } from './methods.ts';
import { interpolate, type Knot } from './piecewise.ts';
import type { Scale } from './scale.ts';

/** A scenario that the rater answered and the panel has a value for. */
export interface Sample {
  readonly id: string;
  /** Every answer, as a position on the scale. */
  readonly readings: readonly number[];
  /** Their median. */
  readonly x: number;
  /** The panel's value, range [0.0, 1.0]. */
  readonly y: number;
}

/** The chosen map, and how it does on each sample when that sample is left out. */
export interface Selected {
  readonly method: Method;
  readonly knots: readonly Knot[];
  /** Panel's value less mapped value; one list a sample, one entry a reading. */
  readonly leftOut: readonly (readonly number[])[];
}

const points = (samples: readonly Sample[]): Point[] => samples.map(({ x, y }) => ({ x, y, weight: 1 }));

/**
 * Leave-one-out comparison; of the methods whose mean squared error is within one standard error of the best, the simplest. The
 * standard error is that of the paired difference, because all methods meet the same samples.
 */
export function select(samples: readonly Sample[], scale: Scale): Selected {
  const all = points(samples);
  const tried = candidates(scale).map(method => {
    const fitter = FITTERS[method];
    const knots = samples.map((_, left) =>
      fitter(
        all.filter((_, index) => index !== left),
        scale,
      ),
    );
    const squared = samples.map(({ x, y }, index) => (y - interpolate(knots[index]!, x)) ** 2);
    return { method, knots, squared, mean: average(squared) };
  });
  const best = tried.reduce((a, b) => (b.mean < a.mean ? b : a));
  const chosen = tried.find(({ squared }) => withinOneError(squared, best.squared)) ?? best;
  return {
    method: chosen.method,
    knots: FITTERS[chosen.method](all, scale),
    leftOut: samples.map(({ readings, y }, index) =>
      readings.map(reading => y - interpolate(chosen.knots[index]!, reading)),
    ),
  };
}

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function withinOneError(squared: readonly number[], best: readonly number[]): boolean {
  const worse = squared.map((value, index) => value - best[index]!);
  const mean = average(worse);
  const variance = average(worse.map(value => (value - mean) ** 2)) / (worse.length - 1);
  return mean <= Math.sqrt(variance);
}
