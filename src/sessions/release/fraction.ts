/** A positive decimal number of at most six digits before and after the point, as an exact fraction [numerator, denominator]. */
export function fraction(text: string): readonly [bigint, bigint] | undefined {
  const match = /^(\d{1,6})(?:\.(\d{1,6}))?$/.exec(text);
  if (match === null) return undefined;
  const [, whole = '0', part = ''] = match;
  const numerator = BigInt(whole + part);
  return numerator > 0n ? [numerator, 10n ** BigInt(part.length)] : undefined;
}
