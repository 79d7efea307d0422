import { centredIsotonic, isotonic, pool } from './isotonic.ts';
import type { Knot } from './piecewise.ts';
import { orientation, range, type Scale } from './scale.ts';

/** From the simplest to the most flexible; `levels` is for ordinal scales of few levels. */
export type Method = 'rescale' | 'ols' | 'cir' | 'levels';

/** A native position beside the reference value that it stands for. */
export interface Point {
  readonly x: number;
  /** Range [0.0, 1.0]. */
  readonly y: number;
  readonly weight: number;
}

/** A way from points to a map. */
export type Fitter = (points: readonly Point[], scale: Scale) => Knot[];

/** The declared range onto [0.0, 1.0]; needs no measurement. */
export function rescale(scale: Scale): Knot[] {
  const [low, high] = range(scale);
  return orientation(scale) > 0
    ? [
        [low, 0],
        [high, 1],
      ]
    : [
        [low, 1],
        [high, 0],
      ];
}

/** The least-squares line, cut off where it leaves [0.0, 1.0]. Of a constant or a falling line only its mean is left. */
const ols: Fitter = (points, scale) => {
  const [low, high] = range(scale);
  let [weights, sumX, sumY] = [0, 0, 0];
  for (const { x, y, weight } of points) {
    weights += weight;
    sumX += weight * x;
    sumY += weight * y;
  }
  const [meanX, meanY] = [sumX / weights, sumY / weights];
  let [xx, xy] = [0, 0];
  for (const { x, y, weight } of points) {
    xx += weight * (x - meanX) ** 2;
    xy += weight * (x - meanX) * (y - meanY);
  }
  const slope = xx === 0 ? 0 : xy / xx;
  if (slope * orientation(scale) <= 0) return [[low, meanY]];
  const crossing = (value: number): number => meanX + (value - meanY) / slope;
  const ends = [crossing(0), crossing(1)].sort((a, b) => a - b) as [number, number];
  const [from, to] = [Math.max(low, ends[0]), Math.min(high, ends[1])];
  const at = (x: number): Knot => [x, Math.min(1, Math.max(0, meanY + slope * (x - meanX)))];
  return from < to ? [at(from), at(to)] : [[low, meanY]];
};

const turned = (points: readonly Point[]): Point[] =>
  points.map(({ x, y, weight }) => ({ x: -x, y, weight }));

const cir: Fitter = (points, scale) =>
  orientation(scale) > 0
    ? centredIsotonic(pool(points))
    : centredIsotonic(pool(turned(points)))
        .map(([x, y]): Knot => [-x, y])
        .reverse();

/** The mean of each level, levels out of order pooled. */
const levels: Fitter = points => isotonic(pool(points));

export const FITTERS: Readonly<Record<Method, Fitter>> = {
  rescale: (_, scale) => rescale(scale),
  ols,
  cir,
  levels,
};

/** Up to here every level gets its own value; above, an ordinal scale is fitted as numbers are. */
const MAX_POOLED_LEVELS = 5;

/** What may be chosen from, the simplest first. */
export const candidates = (scale: Scale): readonly Method[] =>
  scale.type === 'ordinal' && scale.levels.length <= MAX_POOLED_LEVELS
    ? ['levels']
    : ['rescale', 'ols', 'cir'];
