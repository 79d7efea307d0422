/** Pieces of SQL. Only constants of this package are put into them. */

export const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** How the attributes of a map column are read: a missing one is the empty text. */
export const lookUp = (map: string): { at(key: string): string; has(key: string): string } => ({
  at: key => `${map}[${quote(key)}]`,
  has: key => `mapContains(${map}, ${quote(key)})`,
});

export const isIn = (value: string, texts: readonly string[]): string =>
  texts.length === 1 ? `${value} = ${quote(texts[0] ?? '')}` : `${value} IN (${texts.map(quote).join(', ')})`;

/** The first that is not empty. */
export function first(...values: readonly string[]): string {
  const some = values.filter(value => value !== "''");
  if (some.length === 0) return "''";
  if (some.length === 1) return some[0] ?? '';
  return `coalesce(${some.map(value => `nullIf(${value}, '')`).join(', ')}, '')`;
}

/** The number that a word stands for; NULL for any other. */
export const mapped = (value: string, words: Readonly<Record<string, number>>): string =>
  `multiIf(${Object.entries(words)
    .map(([word, number]) => `${value} = ${quote(word)}, ${number}`)
    .join(', ')}, NULL)`;

/** What can be an id or a name; a longer text is absent, as a cut id is another id. */
export const textOf = (value: string, limit: number): string =>
  `if(lengthUTF8(${value}) <= ${limit}, ${value}, '')`;
