/** An ending with which English makes other forms of a verb, or nouns of it. */
export interface Ending {
  readonly ending: string;
  /** So many letters must stand before it. */
  readonly leaves: number;
}

const ending = (leaves: number, list: string): Ending[] =>
  list.split(' ').map(one => ({ ending: one, leaves }));

export const ENDINGS: readonly Ending[] = [
  ...ending(3, 'ing ying ed ied e ie y yse yze yser yzer ysis ytic ion ment'),
  ...ending(4, 'ication icate icator isation ization ise ize iser izer ising izing ised ized'),
  ...ending(4, 'ation ition ate ator ating ated er ier or al ity ery ain ant iant ance iance ence enance'),
];

/** Endings by their last letter, the longest first, so that a word is compared with a few. */
export const ENDINGS_BY_LETTER: ReadonlyMap<string, readonly Ending[]> = (() => {
  const map = new Map<string, Ending[]>();
  for (const one of ENDINGS.toSorted((a, b) => b.ending.length - a.ending.length)) {
    const letter = one.ending.at(-1) as string;
    map.set(letter, [...(map.get(letter) ?? []), one]);
  }
  return map;
})();
