/** A panel's answer to one question. */
export interface Summary {
  /** Huber's estimate of the location, in the units of the values. */
  readonly mean: number;
  /** Sample standard deviation (n − 1); `null` where there is one value. */
  readonly sd: number | null;
  readonly n: number;
  /** Standard error of the mean, sd / √n; `null` where there is one value. */
  readonly se: number | null;
}

/** @throws RangeError where there is no value, or one that is no finite number */
export function checkValues(values: readonly number[]): void {
  if (values.length === 0) throw new RangeError('statistics need at least one value');
  const bad = values.findIndex(value => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`statistics need finite numbers; value ${bad + 1} is ${values[bad]}`);
}

/** Arithmetic mean of one or more values. */
export function mean(values: readonly number[]): number {
  checkValues(values);
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Sample standard deviation (n − 1) of two or more values; `undefined` for one. */
export function standardDeviation(values: readonly number[]): number | undefined {
  const centre = mean(values);
  if (values.length < 2) return undefined;
  let sum = 0;
  for (const value of values) sum += (value - centre) ** 2;
  return Math.sqrt(sum / (values.length - 1));
}

/**
 * Quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan; the default of R and NumPy).
 *
 * @param p range [0.0, 1.0]
 */
export function quantile(values: readonly number[], p: number): number {
  checkValues(values);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a quantile's share is between 0 and 1, not ${p}`);
  return sortedQuantile(Float64Array.from(values).sort(), p);
}

/** The same, of values that are sorted already. */
export function sortedQuantile(sorted: ArrayLike<number>, p: number): number {
  const at = p * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (at - below) * (high - low);
}

/** The middle value, or the mean of the two middle ones. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

const TUNING = 1.5;
/** Makes the median absolute deviation an estimate of a normal distribution's standard deviation. */
const NORMAL_MAD = 0.6744897501960817;
const MAX_STEPS = 500;

/**
 * Huber's M-estimate of location (k = 1.5, scale = normalised median absolute deviation): the mean of what agrees, with the pull of
 * what does not agree bounded. Where more than half of the values are the same it is that value; of one or two it is the mean.
 */
export function robustMean(values: readonly number[]): number {
  const centre = median(values);
  if (values.length < 3) return mean(values);
  const scale = median(values.map(value => Math.abs(value - centre))) / NORMAL_MAD;
  if (scale === 0) return centre;
  let location = centre;
  for (let step = 0; step < MAX_STEPS; step++) {
    let sum = 0;
    let weights = 0;
    for (const value of values) {
      const weight = Math.min(1, (TUNING * scale) / Math.abs(value - location));
      sum += weight * value;
      weights += weight;
    }
    const next = sum / weights;
    const moved = Math.abs(next - location);
    location = next;
    if (moved <= 1e-13 * scale) break;
  }
  return location;
}

/** What a panel says, with how far it is spread. */
export function summarize(values: readonly number[]): Summary {
  const sd = standardDeviation(values) ?? null;
  return {
    mean: robustMean(values),
    sd,
    n: values.length,
    se: sd === null ? null : sd / Math.sqrt(values.length),
  };
}
