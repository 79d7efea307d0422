import { ranks } from './ranks.ts';

export type MeasurementLevel = 'nominal' | 'ordinal' | 'interval';

/** The ratings of one unit, one a rater; what a rater left out is `undefined` or `null`. */
export type Unit = readonly (number | null | undefined)[];

/**
 * Krippendorff's α: 1 is full agreement, 0 what chance gives, below 0 systematic disagreement. Any number of raters, any of them
 * missing anywhere; a unit with fewer than two ratings does not count.
 *
 * @param units numbers; nominal categories are numbers too
 * @returns at most 1.0; `undefined` where no unit has two ratings or all ratings are the same, because α is then not defined
 * @throws RangeError where a rating is no finite number
 */
export function krippendorffAlpha(units: readonly Unit[], level: MeasurementLevel): number | undefined {
  const pairable = units.map(present).filter(values => values.length > 1);
  const values = pairable.flat();
  if (values.length === 0) return undefined;
  return level === 'nominal' ? nominal(pairable, values) : interval(spaced(pairable, values, level));
}

function present(unit: Unit): number[] {
  const values = unit.filter(value => value !== undefined && value !== null);
  const bad = values.find(value => !Number.isFinite(value));
  if (bad !== undefined) throw new RangeError(`a rating is a finite number, not ${bad}`);
  return values;
}

/** The ordinal difference of two categories is the distance of their mid-ranks, so that ordinal α is interval α of ranks. */
function spaced(pairable: number[][], values: number[], level: MeasurementLevel): number[][] {
  if (level === 'interval') return pairable;
  const ranked = ranks(values);
  let at = 0;
  return pairable.map(unit => unit.map(() => ranked[at++]!));
}

/** Sum of squared differences over ordered pairs, from the mean, which is stable where values are far from 0. */
function squaredDifferences(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  const centre = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  return 2 * values.length * squares;
}

function interval(units: readonly number[][]): number | undefined {
  return ratio(units, units.flat(), squaredDifferences);
}

function nominal(units: readonly number[][], values: readonly number[]): number | undefined {
  return ratio(units, values, unit => {
    const counts = new Map<number, number>();
    for (const value of unit) counts.set(value, (counts.get(value) ?? 0) + 1);
    let same = 0;
    for (const count of counts.values()) same += count * count;
    return unit.length ** 2 - same;
  });
}

function ratio(
  units: readonly number[][],
  values: readonly number[],
  disagreement: (values: readonly number[]) => number,
): number | undefined {
  const expected = disagreement(values) / (values.length - 1);
  // equal values can differ from their computed mean in the last digit
  if (values.every(value => value === values[0])) return undefined;
  let observed = 0;
  for (const unit of units) observed += disagreement(unit) / (unit.length - 1);
  return 1 - observed / expected;
}
