import { checkValues, mean } from './summary.ts';

/** Ranks from 1, tied values share the mean of theirs. */
export function ranks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  const result = new Array<number>(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let at = start; at < end; at++) result[order[at]!] = (start + 1 + end) / 2;
    start = end;
  }
  return result;
}

function checkPairs(a: readonly number[], b: readonly number[]): void {
  if (a.length !== b.length) throw new RangeError(`${a.length} values cannot be paired with ${b.length}`);
  checkValues(a);
  checkValues(b);
}

/** Pearson's product-moment correlation, range [-1.0, 1.0]; `undefined` where one side is constant. */
export function pearson(a: readonly number[], b: readonly number[]): number | undefined {
  checkPairs(a, b);
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    const [x, y] = [a[at]! - meanA, b[at]! - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa === 0 || bb === 0 ? undefined : Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb)));
}

/** Spearman's rank correlation with ties, range [-1.0, 1.0]; `undefined` where one side is constant. */
export function spearman(a: readonly number[], b: readonly number[]): number | undefined {
  checkPairs(a, b);
  return pearson(ranks(a), ranks(b));
}

/** Kendall's τ-b, range [-1.0, 1.0]; `undefined` where one side is constant. Compares all pairs: O(n²). */
export function kendallTauB(a: readonly number[], b: readonly number[]): number | undefined {
  checkPairs(a, b);
  let [agreement, untiedA, untiedB] = [0, 0, 0];
  for (let i = 1; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      const [x, y] = [Math.sign(a[i]! - a[j]!), Math.sign(b[i]! - b[j]!)];
      agreement += x * y;
      untiedA += x * x;
      untiedB += y * y;
    }
  }
  return untiedA === 0 || untiedB === 0 ? undefined : agreement / Math.sqrt(untiedA * untiedB);
}
