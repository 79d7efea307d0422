/** Marks that every target of a call has: as many digits, or one character that counts for as many. */
export const MIN_MARKS = 3;
const MAX_WORD = 128;

/** What an ASCII character counts for in a word: a digit 1, at, full stop and slash as many as a target needs, all others nothing. */
export const WEIGHTS: Uint8Array = new Uint8Array(128);
/** Ends a word: blanks, quotes, brackets, comma, semicolon, equals, backslash, angle brackets, bar. */
export const BREAK = 255;
WEIGHTS.fill(BREAK, 0, 33);
WEIGHTS.fill(1, 48, 58);
for (const character of '@./') WEIGHTS[character.charCodeAt(0)] = MIN_MARKS;
for (const character of '"\'(),;<=>[\\]`{|}') WEIGHTS[character.charCodeAt(0)] = BREAK;

/** Whether a word of that length is none too short or too long, and may be a target by its marks. */
export const isMarked = (length: number, marks: number): boolean => marks >= MIN_MARKS && isWord(length);
const isWord = (length: number): boolean => length > 2 && length <= MAX_WORD;

const NONE: readonly string[] = [];

/**
 * Words between blanks, quotes and brackets, without a full stop at their end; a URL counts as its host.
 *
 * @param marked only those with a mark or the digits that every target has
 */
export function wordsOf(text: string, marked = false): readonly string[] {
  let words: string[] | undefined;
  const { length } = text;
  let start = 0;
  let marks = 0;
  for (let i = 0; i <= length; i++) {
    const code = i < length ? text.charCodeAt(i) : 0;
    const weight = code < 128 ? (WEIGHTS[code] as number) : 0;
    if (weight !== BREAK) {
      marks += weight;
      continue;
    }
    if (marked ? isMarked(i - start, marks) : isWord(i - start)) {
      words ??= [];
      words.push(wordOf(text, start, i));
    }
    start = i + 1;
    marks = 0;
  }
  return words ?? NONE;
}

/** The word at a place, by which things are told apart. */
export function wordOf(text: string, start: number, end: number): string {
  let out = text.slice(start, end);
  const scheme = out.indexOf('://');
  if (scheme > 0) out = out.slice(scheme + 3).split('/', 1)[0] ?? out;
  while (out.length > 0 && '.:!?*'.includes(out[out.length - 1] as string)) out = out.slice(0, -1);
  return out;
}
