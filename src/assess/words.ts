import { ENDINGS_BY_LETTER } from './rules/endings.ts';

const MAX_WORD = 48;

/** Hands over the lower-case words of letters and digits in order, `?` where a question ends and `.` where another clause does. Linear. */
export function eachWord(text: string, take: (word: string) => void): void {
  let start = -1;
  let curly = false;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : SPACE;
    const kind = kindOf(code);
    if (kind === WORD) {
      if (start < 0) start = i;
      if (code === CURLY) curly = true;
      continue;
    }
    if (start >= 0) {
      if (i - start <= MAX_WORD) {
        const word = text.slice(start, i).toLowerCase();
        take(curly ? word.replaceAll('\u2019', "'") : word);
      }
      start = -1;
      curly = false;
    }
    if (kind === OTHER) {
      if (code === HYPHEN && text.charCodeAt(i - 1) === SPACE && text.charCodeAt(i + 1) === SPACE) take('.');
      continue;
    }
    if (kind === QUESTION) take('?');
    else if (kind === END || endsHere(code, text.charCodeAt(i + 1))) take('.');
  }
}

/** True for what `eachWord` hands over where a clause ends. */
export const isEnd = (word: string): boolean => word === '.' || word === '?';

/** The words that `eachWord` hands over. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  eachWord(text, word => words.push(word));
  return words;
}

/** A word without the endings of English verbs and plurals. Crude, and the same on both sides of a comparison. */
export function stem(word: string): string {
  // most words have no such ending
  const last = word.charCodeAt(word.length - 1);
  if (last !== S && last !== E && last !== G && last !== D) return word;
  let out = word.endsWith("'s") ? word.slice(0, -2) : word;
  if (out.length > 5 && out.endsWith('ing')) out = out.slice(0, -3);
  else if (out.length > 4 && (out.endsWith('ies') || out.endsWith('ied'))) out = `${out.slice(0, -3)}y`;
  else if (out.length > 4 && out.endsWith('es')) out = out.slice(0, -2);
  else if (out.length > 4 && out.endsWith('ed')) out = out.slice(0, -2);
  else if (out.length > 3 && out.endsWith('s') && !out.endsWith('ss')) out = out.slice(0, -1);
  return out.length > 3 && out.endsWith('e') ? out.slice(0, -1) : out;
}

/**
 * What a verb shares with the nouns made of it: `verif` of verify, verifies, verification; `plan` of planner. Cruder than a stem: for names of tools, which are mostly
 * such nouns.
 */
export function root(word: string): string {
  let out = word.endsWith("'s") ? word.slice(0, -2) : word;
  if (out.length > 3 && out.endsWith('s') && !out.endsWith('ss') && !out.endsWith('sis'))
    out = out.slice(0, -1);
  // twice, as in tamper-ing and then tamp-er
  return withoutEnding(withoutEnding(out));
}

function withoutEnding(word: string): string {
  const last = word.at(-1) ?? '';
  const found = ENDINGS_BY_LETTER.get(last)?.find(
    ({ ending, leaves }) => word.length - ending.length >= leaves && word.endsWith(ending),
  );
  return found === undefined ? word : single(word.slice(0, -found.ending.length));
}

/** `plan` of `plann`; but `call` and `pass` are written so. */
function single(word: string): string {
  const last = word.at(-1);
  const doubled = word.length > 3 && last === word.at(-2) && last !== 'l' && last !== 's';
  return doubled ? word.slice(0, -1) : word;
}

export const hasDigit = (word: string): boolean => {
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (code >= 48 && code <= 57) return true;
  }
  return false;
};

const [D, E, G, S] = [100, 101, 103, 115] as const;
const SPACE = 32;
/** Between blanks it parts sentences as a dash does. */
const HYPHEN = 45;
const SLASH = 47;
const COLON = 58;
/** The apostrophe as word processors write it. */
const CURLY = 0x2019;
/** The dash that parts sentences. */
const DASH = 0x2014;

/** What a character is in a text: no part of a word, a part of one, the end of a clause, such an end where no word goes on, a question mark. */
const [OTHER, WORD, END, PERHAPS, QUESTION] = [0, 1, 2, 3, 4] as const;
const KINDS: Uint8Array = new Uint8Array(128);
for (const one of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'")
  KINDS[one.charCodeAt(0)] = WORD;
for (const one of '\n;!,(') KINDS[one.charCodeAt(0)] = END;
for (const one of '.:') KINDS[one.charCodeAt(0)] = PERHAPS;
KINDS['?'.charCodeAt(0)] = QUESTION;

function kindOf(code: number): number {
  if (code < 128) return KINDS[code] as number;
  if (code === DASH) return END;
  if (code === CURLY) return WORD;
  // quotation marks, dashes, bullets, arrows and the lines that trees are drawn with part words
  return code < 0xc0 || (code >= 0x2000 && code <= 0x2bff) || (code >= 0x3000 && code <= 0x303f)
    ? OTHER
    : WORD;
}

/** Within a name (a.b) or an address (http://a) neither a full stop nor a colon ends anything. */
const endsHere = (code: number, next: number): boolean =>
  kindOf(next) !== WORD && !(code === COLON && next === SLASH);
