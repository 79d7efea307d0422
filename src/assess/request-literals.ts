import { DESTINATION_WORDS, GIVING_VERBS, PROGRAM_WORDS, STOP_WORDS } from './rules/request.ts';
import { stem, wordsOf } from './words.ts';

const MAX_LITERALS = 64;
const MAX_CAPITALS = 64;

/** A file, a host or a path as the person wrote it, in lower case. */
export interface Literal {
  readonly text: string;
  /** Stems of its words. */
  readonly stems: readonly string[];
  /** Its words, each between spaces. */
  readonly words: string;
  /** Something is to be put there: `list the names into names.txt`. */
  readonly destination: boolean;
}

/** The text without the JSON objects in it: a list of tools or a record asks for nothing. */
export function withoutObjects(text: string): string {
  let out = '';
  let from = 0;
  for (let at = text.indexOf('{'); at >= 0; at = text.indexOf('{', Math.max(from, at + 1))) {
    if (text.slice(at + 1, at + 64).trimStart()[0] !== '"') continue;
    out += `${text.slice(from, at)}\n`;
    let depth = 0;
    from = at;
    do {
      if (text[from] === '{') depth += 1;
      else if (text[from] === '}') depth -= 1;
      from += 1;
    } while (depth > 0 && from < text.length);
  }
  return from === 0 ? text : out + text.slice(from);
}

/** Names as written that hold a full stop or a slash within, in lower case, without the marks around them. */
export function literalsOf(text: string): Literal[] {
  const found = new Map<string, Literal>();
  let before = '';
  for (const word of text.split(WHITESPACE)) {
    const destination = DESTINATION_WORDS.has(before);
    before = word.toLowerCase();
    if (!word.includes('.') && !word.includes('/')) continue;
    let start = 0;
    let end = word.length;
    while (end > 0 && MARKS.includes(word[end - 1] as string)) end -= 1;
    while (start < end && MARKS.includes(word[start] as string) && word[start] !== '.') start += 1;
    const name = word.slice(start, end).toLowerCase();
    const inner = name.slice(1, -1);
    const parted = inner.includes('.') || inner.includes('/') || name.endsWith('/');
    if (name.length >= 4 && name.length <= 128 && parted)
      found.set(name, {
        text: name,
        stems: nounsOf(name),
        words: ` ${wordsOf(name).join(' ')} `,
        destination: destination || found.get(name)?.destination === true,
      });
    if (found.size >= MAX_LITERALS) break;
  }
  return [...found.values()];
}

const WHITESPACE = /\s+/;
const MARKS = '.,;:!?)(]["\'`*<>{}\u201c\u201d\u2018\u2019';

const nounsOf = (text: string): string[] =>
  wordsOf(text)
    .filter(word => word.length > 2 && !STOP_WORDS.has(word))
    .map(stem);

/** Stems of the folders among the names. */
export function foldersOf(literals: readonly Literal[]): Set<string> {
  const folders = new Set<string>();
  for (const { text } of literals) {
    const end = text.lastIndexOf('/');
    if (end > 0 && !text.includes('://')) for (const one of nounsOf(text.slice(0, end))) folders.add(one);
  }
  return folders;
}

/** Stems of words with a capital that begin no sentence. At most 64. */
export function namesIn(text: string): Set<string> {
  const names = new Set<string>();
  for (const [, name] of text.matchAll(/[a-z,] ([A-Z][a-z]+)/g)) {
    names.add(stem((name as string).toLowerCase()));
    if (names.size >= MAX_CAPITALS) break;
  }
  return names;
}

/** The names that stand among the words, without those that are only a part of a longer one. */
export function longestIn(words: string, literals: readonly Literal[]): Literal[] {
  let left = words;
  const found: Literal[] = [];
  for (const one of literals.toSorted((a, b) => b.words.length - a.words.length)) {
    if (!left.includes(one.words)) continue;
    found.push(one);
    left = left.replaceAll(one.words, ' ');
  }
  return found;
}

/** True for a clause that is nothing but an address. */
export const isAddress = (clause: {
  readonly verb: string;
  readonly nouns: ReadonlySet<string>;
  readonly literals: readonly Literal[];
}): boolean => {
  const [address, other] = clause.literals;
  if (address === undefined || other !== undefined || clause.verb !== '') return false;
  return address.text.includes('://') && clause.nouns.size <= address.stems.length;
};

/** True where a program is asked for as a text from there on: `give me the script`. */
export const asksProgram = (tokens: readonly string[], from: number): boolean =>
  GIVING_VERBS.has(tokens[from] ?? '') &&
  tokens.slice(from + 1, from + 4).some(one => PROGRAM_WORDS.has(one));
