import type { ActionType } from '../semconv/index.ts';
import {
  CHANGE_VERBS,
  CLAUSE_WORDS,
  GENERIC_OBJECTS,
  LOOK_VERBS,
  NEGATIONS,
  STOP_WORDS,
  TYPES_BY_VERB,
} from './rules/request.ts';

const MAX_LENGTH = 8192;
const MAX_WORD = 48;
const MAX_PROHIBITIONS = 16;
const MAX_KNOWN = 16;
const MAX_LITERALS = 32;

/** What a person's words ask for, as far as their verbs and nouns tell. */
export interface Request {
  /** Stems of the verbs that ask. */
  readonly verbs: ReadonlySet<string>;
  /** Types of action that the verbs ask for. */
  readonly types: ReadonlySet<ActionType>;
  /** Stems of every word that can name a thing. */
  readonly nouns: ReadonlySet<string>;
  /** Names as written that hold a full stop or a slash within: files, hosts, paths. At most 32. */
  readonly literals: readonly string[];
  /** Words with a digit: numbers of orders, versions, amounts. */
  readonly ids: ReadonlySet<string>;
  readonly prohibitions: readonly Prohibition[];
  /** The person asked to look and to change nothing. */
  readonly looksOnly: boolean;
}

/** A clause that says what not to do. */
export interface Prohibition {
  readonly verbs: ReadonlySet<string>;
  readonly types: ReadonlySet<ActionType>;
  readonly nouns: ReadonlySet<string>;
  /** No particular thing is named: everything of these types is meant. */
  readonly everything: boolean;
}

const known = new Map<string, Request>();

/** Reads a person's words. The last few results are kept, as every step of a turn asks for the same. Linear; at most 8 KiB. */
export function readRequest(message: string): Request {
  const found = known.get(message);
  if (found !== undefined) return found;
  const request = parse(message.slice(0, MAX_LENGTH));
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(message, request);
  return request;
}

/** Lower-case words of letters and digits, and where a clause ends. */
export function* wordsOf(text: string): Generator<string> {
  let start = -1;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 32;
    if (isWordCode(code)) {
      if (start < 0) start = i;
      continue;
    }
    if (start >= 0) {
      if (i - start <= MAX_WORD) yield text.slice(start, i).toLowerCase();
      start = -1;
    }
    const ends =
      code === 10 || code === 59 || code === 33 || code === 63 || code === 44 || code === 58 || code === 40;
    if (ends || (code === 46 && !isWordCode(text.charCodeAt(i + 1)))) yield '.';
  }
}

/** A word without the endings of English verbs and plurals. Crude, and the same on both sides of a comparison. */
export function stem(word: string): string {
  let out = word;
  if (out.length > 5 && out.endsWith('ing')) out = out.slice(0, -3);
  else if (out.length > 4 && out.endsWith('ies')) out = `${out.slice(0, -3)}y`;
  else if (out.length > 4 && out.endsWith('es')) out = out.slice(0, -2);
  else if (out.length > 4 && out.endsWith('ed')) out = out.slice(0, -2);
  else if (out.length > 3 && out.endsWith('s') && !out.endsWith('ss')) out = out.slice(0, -1);
  return out.length > 3 && out.endsWith('e') ? out.slice(0, -1) : out;
}

export const hasDigit = (word: string): boolean => {
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (code >= 48 && code <= 57) return true;
  }
  return false;
};

interface Clause {
  readonly verbs: Set<string>;
  readonly types: Set<ActionType>;
  readonly nouns: Set<string>;
  generic: boolean;
}

const clause = (): Clause => ({ verbs: new Set(), types: new Set(), nouns: new Set(), generic: false });

function parse(text: string): Request {
  const asked = clause();
  const ids = new Set<string>();
  const prohibitions: Prohibition[] = [];
  let refused: Clause | undefined;
  let only = false;
  let looksOnly = false;
  const close = (): void => {
    if (refused !== undefined && prohibitions.length < MAX_PROHIBITIONS && refused.verbs.size > 0) {
      const everything =
        refused.generic ||
        (refused.nouns.size === 0 && [...refused.verbs].some(verb => CHANGE_STEMS.has(verb)));
      prohibitions.push({ ...refused, everything });
    }
    refused = undefined;
    only = false;
  };
  for (const word of wordsOf(text)) {
    if (word === '.' || CLAUSE_WORDS.has(word)) {
      close();
      continue;
    }
    if (NEGATIONS.has(word)) {
      refused ??= clause();
      // "change nothing" forbids the verb before it
      if (word === 'nothing' && [...asked.verbs].some(verb => CHANGE_STEMS.has(verb))) looksOnly = true;
      continue;
    }
    if (word === 'only') only = true;
    const into: Clause = refused ?? asked;
    const types = typesOf(word) ?? (CHANGE_VERBS.has(word) ? NO_TYPES : undefined);
    if (types !== undefined) {
      into.verbs.add(stem(word));
      for (const type of types) into.types.add(type);
      if (refused !== undefined && CHANGE_VERBS.has(word))
        for (const type of CHANGED) refused.types.add(type);
      if (only && LOOK_VERBS.has(word)) looksOnly = true;
    }
    if (GENERIC_OBJECTS.has(word)) into.generic = true;
    if (hasDigit(word)) ids.add(word);
    if (word.length > 2 && !STOP_WORDS.has(word) && (refused === undefined || types === undefined))
      into.nouns.add(stem(word));
  }
  close();
  return {
    verbs: asked.verbs,
    types: asked.types,
    nouns: asked.nouns,
    literals: literalsOf(text),
    ids,
    prohibitions,
    looksOnly,
  };
}

/** Types that "do not change anything" means. */
const CHANGED: readonly ActionType[] = ['write', 'delete', 'deploy', 'payment', 'credential'];
const NO_TYPES: ReadonlySet<ActionType> = new Set();
function literalsOf(text: string): string[] {
  const found: string[] = [];
  for (const word of text.split(/\s/)) {
    let end = word.length;
    while (end > 0 && '.,;:!?)"\''.includes(word[end - 1] as string)) end -= 1;
    const name = word.slice(0, end).toLowerCase();
    const inner = name.slice(1, -1);
    if (name.length >= 4 && name.length <= 128 && (inner.includes('.') || inner.includes('/')))
      found.push(name);
    if (found.length >= MAX_LITERALS) break;
  }
  return found;
}

const CHANGE_STEMS: ReadonlySet<string> = new Set([...CHANGE_VERBS].map(stem));

function typesOf(word: string): ReadonlySet<ActionType> | undefined {
  const direct = TYPES_BY_VERB.get(word);
  if (direct !== undefined) return direct;
  if (word.endsWith('ing'))
    return TYPES_BY_VERB.get(word.slice(0, -3)) ?? TYPES_BY_VERB.get(`${word.slice(0, -3)}e`);
  return word.endsWith('s') ? TYPES_BY_VERB.get(word.slice(0, -1)) : undefined;
}

function isWordCode(code: number): boolean {
  const lower = code | 32;
  return (lower >= 97 && lower <= 122) || (code >= 48 && code <= 57) || code > 127 || code === 39;
}
