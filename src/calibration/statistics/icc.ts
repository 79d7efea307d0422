import { checkValues, mean } from './summary.ts';

/** Intraclass correlations of Shrout and Fleiss; the name's first number is the model, `k` the mean of the k raters. */
export interface IntraclassCorrelations {
  /** ICC(1,1): each unit has raters of its own. */
  readonly icc1: number;
  /** ICC(2,1): raters are a sample of all raters; absolute agreement of one. */
  readonly icc2: number;
  /** ICC(3,1): these raters only; consistency of one. */
  readonly icc3: number;
  readonly icc1k: number;
  /** ICC(2,k): absolute agreement of the panel's mean. The one for a consensus. */
  readonly icc2k: number;
  readonly icc3k: number;
}

/**
 * @param ratings one row a unit, one column a rater, no gaps; two rows and two columns or more
 * @returns each at most 1.0 and possibly negative, 0 where its denominator is; `undefined` where the ratings are all the same,
 *   because nothing is then to explain
 * @throws RangeError where the table has gaps or is too small
 */
export function intraclassCorrelations(
  ratings: readonly (readonly number[])[],
): IntraclassCorrelations | undefined {
  const n = ratings.length;
  const k = ratings[0]?.length ?? 0;
  if (n < 2 || k < 2 || ratings.some(row => row.length !== k))
    throw new RangeError('intraclass correlation needs two units and two raters or more, without gaps');
  const all = ratings.flat();
  checkValues(all);
  if (all.every(value => value === all[0])) return undefined;
  const grand = mean(all);
  const rows = ratings.map(row => mean(row));
  const columns = Array.from({ length: k }, (_, at) => mean(ratings.map(row => row[at]!)));
  const squares = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + (value - grand) ** 2, 0);
  let residual = 0;
  for (const [i, row] of ratings.entries())
    for (const [j, value] of row.entries()) residual += (value - rows[i]! - columns[j]! + grand) ** 2;
  const between = (k * squares(rows)) / (n - 1);
  const raters = (n * squares(columns)) / (k - 1);
  const error = residual / ((n - 1) * (k - 1));
  const within = (residual + n * squares(columns)) / (n * (k - 1));
  const ratio = (explained: number, of: number): number => (of === 0 ? 0 : explained / of);
  return {
    icc1: ratio(between - within, between + (k - 1) * within),
    icc2: ratio(between - error, between + (k - 1) * error + (k * (raters - error)) / n),
    icc3: ratio(between - error, between + (k - 1) * error),
    icc1k: ratio(between - within, between),
    icc2k: ratio(between - error, between + (raters - error) / n),
    icc3k: ratio(between - error, between),
  };
}
