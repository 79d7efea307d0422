import type { ActionType } from '../semconv/index.ts';
import {
  AND_WORDS,
  ANSWER_VERBS,
  CHANGE_VERBS,
  CLAUSE_WORDS,
  COMPANIONS,
  GENERIC_OBJECTS,
  LEADING_WORDS,
  LOOK_VERBS,
  NEGATIONS,
  OPEN_PHRASES,
  PRONOUNS,
  QUESTION_WORDS,
  SELVES,
  STOP_WORDS,
  TYPES_BY_VERB,
} from './rules/request.ts';
import { type Environment, environmentOf } from './supervision.ts';
import { hasDigit, stem, wordsOf } from './words.ts';

const MAX_LENGTH = 8192;
const MAX_PROHIBITIONS = 16;
const MAX_CLAUSES = 48;
const MAX_KNOWN = 16;
const MAX_LITERALS = 32;

/** What a person's words ask for, as far as their verbs and nouns tell. */
export interface Request {
  /** What is asked for, clause by clause. At most 48. */
  readonly clauses: readonly Clause[];
  /** Types of action that its clauses ask for, and such as come with them. */
  readonly asked: ReadonlySet<ActionType>;
  /** Stems of every word that can name a thing. */
  readonly nouns: ReadonlySet<string>;
  /** Names as written that hold a full stop or a slash within: files, hosts, paths. At most 32. */
  readonly literals: readonly string[];
  /** Words with a digit: numbers of orders, versions, amounts. */
  readonly ids: ReadonlySet<string>;
  readonly prohibitions: readonly Prohibition[];
  /** The person asked to look and to change nothing. */
  readonly looksOnly: boolean;
  /** The kind of environment that the person named. */
  readonly environment: Environment | undefined;
  /** The person left open what is to be done. */
  readonly open: boolean;
}

/** What one clause asks for: an imperative, or a question. */
export interface Clause {
  /** Stem of the verb that asks; empty for a question. */
  readonly verb: string;
  /** Types of action that the verb asks for. */
  readonly types: ReadonlySet<ActionType>;
  readonly nouns: ReadonlySet<string>;
  /** What it is about was named before: `fix it`. */
  readonly pronoun: boolean;
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
  const request = new RequestReader(message.slice(0, MAX_LENGTH)).read();
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(message, request);
  return request;
}

/** Types that "do not change anything" means. */
const CHANGED: readonly ActionType[] = ['write', 'delete', 'deploy', 'payment', 'credential'];
const NO_TYPES: ReadonlySet<ActionType> = new Set();
const LOOKING: ReadonlySet<ActionType> = new Set(['read', 'network']);
const CHANGE_STEMS: ReadonlySet<string> = new Set([...CHANGE_VERBS].map(stem));

interface OpenClause {
  verb: string;
  types: ReadonlySet<ActionType>;
  nouns: Set<string>;
  pronoun: boolean;
  /** Words seen, leading ones aside. */
  words: number;
}

interface Refused {
  readonly verbs: Set<string>;
  readonly types: Set<ActionType>;
  readonly nouns: Set<string>;
  generic: boolean;
}

class RequestReader {
  readonly #text: string;
  readonly #clauses: Clause[] = [];
  readonly #prohibitions: Prohibition[] = [];
  readonly #nouns = new Set<string>();
  readonly #ids = new Set<string>();
  #refused: Refused | undefined;
  #clause: OpenClause = openClause();
  #only = false;
  #looksOnly = false;
  #lastChange = false;
  #environment: Environment | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Request {
    const tokens = [...wordsOf(this.#text)];
    tokens.forEach((word, i) => {
      const ends = word === '.' || CLAUSE_WORDS.has(word);
      const joins = AND_WORDS.has(word) && typesOf(tokens[i + 1] ?? '') !== undefined;
      if (joins && this.#refused === undefined) this.#closeClause();
      else if (ends) this.#close();
      else this.#take(word, tokens[i + 1]);
    });
    this.#close();
    const lower = this.#text.slice(0, 512).toLowerCase();
    return {
      clauses: this.#clauses,
      asked: askedBy(this.#clauses),
      nouns: this.#nouns,
      literals: literalsOf(this.#text),
      ids: this.#ids,
      prohibitions: this.#prohibitions,
      looksOnly: this.#looksOnly,
      environment: this.#environment,
      open: OPEN_PHRASES.some(phrase => lower.includes(phrase)),
    };
  }

  #take(word: string, next: string | undefined): void {
    if (NEGATIONS.has(word)) {
      this.#refused ??= { verbs: new Set(), types: new Set(), nouns: new Set(), generic: false };
      // "change nothing" forbids the verb before it
      if (word === 'nothing' && this.#lastChange) this.#looksOnly = true;
      return;
    }
    if (word === 'only') this.#only = true;
    if (this.#only && LOOK_VERBS.has(word)) this.#looksOnly = true;
    if (hasDigit(word)) this.#ids.add(word);
    const types = typesOf(word) ?? (CHANGE_VERBS.has(word) ? NO_TYPES : undefined);
    this.#lastChange = CHANGE_STEMS.has(stem(word));
    if (this.#refused !== undefined) refuse(this.#refused, word, types);
    else this.#ask(word, types, next);
  }

  #ask(word: string, types: ReadonlySet<ActionType> | undefined, next: string | undefined): void {
    const clause = this.#clause;
    const environment = environmentOf(word);
    if (environment === 'production') this.#environment = environment;
    else this.#environment ??= environment;
    if (PRONOUNS.has(word) && clause.verb !== '' && clause.nouns.size === 0) clause.pronoun = true;
    const first = clause.words === 0;
    if (first && LEADING_WORDS.has(word)) return;
    clause.words += 1;
    if (first && types !== undefined) {
      clause.verb = stem(word);
      // `tell me` asks for an answer, `tell Ada` for a message
      const answers = ANSWER_VERBS.has(word) || (types.has('communicate') && SELVES.has(next ?? ''));
      clause.types = answers ? NO_TYPES : types;
      return;
    }
    if (first && QUESTION_WORDS.has(word)) clause.types = LOOKING;
    if (word.length > 2 && !STOP_WORDS.has(word)) {
      clause.nouns.add(stem(word));
      this.#nouns.add(stem(word));
    }
  }

  #closeClause(): void {
    const { verb, types, nouns, pronoun } = this.#clause;
    if ((verb !== '' || types.size > 0) && this.#clauses.length < MAX_CLAUSES)
      this.#clauses.push({ verb, types, nouns, pronoun });
    this.#clause = openClause();
  }

  #close(): void {
    this.#closeClause();
    const refused = this.#refused;
    if (refused !== undefined && this.#prohibitions.length < MAX_PROHIBITIONS && refused.verbs.size > 0) {
      const changes = [...refused.verbs].some(verb => CHANGE_STEMS.has(verb));
      const everything = refused.generic || (refused.nouns.size === 0 && changes);
      this.#prohibitions.push({ ...refused, everything });
    }
    this.#refused = undefined;
    this.#only = false;
  }
}

function askedBy(clauses: readonly Clause[]): Set<ActionType> {
  const asked = new Set<ActionType>();
  for (const { types } of clauses) {
    for (const type of types) {
      asked.add(type);
      for (const other of COMPANIONS[type] ?? []) asked.add(other);
    }
  }
  return asked;
}

const openClause = (): OpenClause => ({
  verb: '',
  types: NO_TYPES,
  nouns: new Set(),
  pronoun: false,
  words: 0,
});

function refuse(refused: Refused, word: string, types: ReadonlySet<ActionType> | undefined): void {
  if (types !== undefined) {
    refused.verbs.add(stem(word));
    for (const type of types) refused.types.add(type);
    if (CHANGE_VERBS.has(word)) for (const type of CHANGED) refused.types.add(type);
  }
  if (GENERIC_OBJECTS.has(word)) refused.generic = true;
  if (word.length > 2 && !STOP_WORDS.has(word) && types === undefined) refused.nouns.add(stem(word));
}

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

function typesOf(word: string): ReadonlySet<ActionType> | undefined {
  const direct = TYPES_BY_VERB.get(word) ?? (ANSWER_VERBS.has(word) ? LOOKING : undefined);
  if (direct !== undefined) return direct;
  if (word.endsWith('ing'))
    return TYPES_BY_VERB.get(word.slice(0, -3)) ?? TYPES_BY_VERB.get(`${word.slice(0, -3)}e`);
  return word.endsWith('s') ? TYPES_BY_VERB.get(word.slice(0, -1)) : undefined;
}
