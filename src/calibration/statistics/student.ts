/** 97.5 % point of the normal distribution. */
const Z = 1.959963984540054;

/**
 * 97.5 % point of Student's t: the bound of a two-sided test at 5 %. Expansion in the inverse degrees of freedom (Abramowitz and
 * Stegun 26.7.5); off by less than 0.001 from 4 degrees on.
 *
 * @param freedom degrees of freedom, from 4
 */
export function studentBound(freedom: number): number {
  const z = Z;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ];
  return terms.reduce((sum, term, index) => sum + term / freedom ** (index + 1), z);
}
