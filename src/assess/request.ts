import type { ActionType } from '../semconv/index.ts';
import {
  asksProgram,
  foldersOf,
  isAddress,
  type Literal,
  literalsOf,
  longestIn,
  namesIn,
  withoutObjects,
} from './request-literals.ts';
import {
  AND_WORDS,
  ANSWER_VERBS,
  ASKING_WORDS,
  CHANGE_VERBS,
  CLAUSE_WORDS,
  COMPANIONS,
  DOUBTFUL_QUESTIONS,
  GENERIC_OBJECTS,
  LEADING_WORDS,
  LOOK_VERBS,
  MAY_WORDS,
  MEANS_VERBS,
  NEGATIONS,
  NOT_VERBS,
  ONLY_VERBS,
  OPEN_PHRASES,
  OTHERS,
  POINTING_VERBS,
  PRONOUNS,
  QUESTION_WORDS,
  SELVES,
  SPEAKING_PHRASES,
  STOP_WORDS,
  SUBJECTS,
  TASK_WORDS,
  TELLING_HELPERS,
  TELLING_NEGATIONS,
  THINGS_BEFORE,
  TYPES_BY_VERB,
} from './rules/request.ts';
import { type Environment, environmentOf } from './supervision.ts';
import { hasDigit, isEnd, stem, wordsOf } from './words.ts';

const MAX_LENGTH = 8192;
const MAX_PROHIBITIONS = 16;
const MAX_CLAUSES = 96;
const MAX_CLAUSE_WORDS = 64;
const MAX_KNOWN = 16;

/** What a person's words ask for, as far as their verbs and nouns tell. */
export interface Request {
  /** What is asked for, clause by clause. At most 96. */
  readonly clauses: readonly Clause[];
  /** Stems of the verbs that its clauses begin with. */
  readonly verbs: ReadonlySet<string>;
  /** Types of action that its clauses ask for, and such as come with them. */
  readonly asked: ReadonlySet<ActionType>;
  /** Stems of every word that can name a thing. */
  readonly nouns: ReadonlySet<string>;
  /** Names as written that hold a full stop or a slash within: files, hosts, paths. At most 64. */
  readonly literals: readonly Literal[];
  /** Stems of the folders among them: where the work is, and not what it is about. */
  readonly folders: ReadonlySet<string>;
  /** Stems of words with a capital that begin no sentence: names of persons and things. */
  readonly names: ReadonlySet<string>;
  /** Words with a digit: numbers of orders, versions, amounts. */
  readonly ids: ReadonlySet<string>;
  readonly prohibitions: readonly Prohibition[];
  /** The person asked to look and to change nothing. */
  readonly looksOnly: boolean;
  /** The kind of environment that the person named. */
  readonly environment: Environment | undefined;
  /** The person left open what is to be done. */
  readonly open: boolean;
  /** The person wants a program written, and not run. */
  readonly writesOnly: boolean;
  /** All words in lower case, each between spaces. */
  readonly words: string;
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
  /** The files and hosts that it names. */
  readonly literals: readonly Literal[];
  /** Its words as they stand, leading ones aside. At most 64. */
  readonly words: readonly string[];
}

/** A clause that says what not to do. */
export interface Prohibition {
  readonly verbs: ReadonlySet<string>;
  readonly types: ReadonlySet<ActionType>;
  readonly nouns: ReadonlySet<string>;
  /** Its words in lower case, each between spaces. */
  readonly words: string;
  /** The files and folders that it names. */
  readonly literals: readonly Literal[];
  /** It allows these and forbids all others: `only touch files under src/`. */
  readonly only: boolean;
  /** No particular thing is named: everything of these types is meant. */
  readonly everything: boolean;
}

const known = new Map<string, Request>();

/** Reads a person's words. The last few results are kept, as every step of a turn asks for the same. Linear; at most 8 KiB. */
export function readRequest(message: string): Request {
  const found = known.get(message);
  if (found !== undefined) return found;
  const request = new RequestReader(withoutObjects(message.slice(0, MAX_LENGTH))).read();
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(message, request);
  return request;
}

/** Types that "do not change anything" means. */
const CHANGED: readonly ActionType[] = ['write', 'delete', 'deploy', 'payment', 'credential'];
const NO_TYPES: ReadonlySet<ActionType> = new Set();
const SPEAKING: ReadonlySet<ActionType> = new Set(['communicate']);
const LOOKING: ReadonlySet<ActionType> = new Set(['read', 'network']);
const CHANGE_STEMS: ReadonlySet<string> = new Set([...CHANGE_VERBS].map(stem));

interface OpenClause {
  verb: string;
  types: ReadonlySet<ActionType>;
  nouns: Set<string>;
  pronoun: boolean;
  literals: readonly Literal[];
  /** Words seen, leading ones aside. */
  words: string[];
  /** Only a question mark makes it a question. */
  doubtful: boolean;
}

interface Refused {
  words: string;
  only: boolean;
  readonly verbs: Set<string>;
  readonly types: Set<ActionType>;
  readonly nouns: Set<string>;
  generic: boolean;
  /** It stands for what was named before. */
  pronoun: boolean;
}

class RequestReader {
  readonly #text: string;
  readonly #literals: readonly Literal[];
  readonly #clauses: OpenClause[] = [];
  readonly #prohibitions: Prohibition[] = [];
  readonly #nouns = new Set<string>();
  readonly #ids = new Set<string>();
  #refused: Refused | undefined;
  #clause: OpenClause = openClause();
  #only = false;
  #looksOnly = false;
  #lastChange = false;
  #writesOnly = false;
  #environment: Environment | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#literals = literalsOf(text);
  }

  read(): Request {
    const tokens = wordsOf(this.#text);
    tokens.forEach((word, i) => {
      const ends = isEnd(word) || CLAUSE_WORDS.has(word);
      if (this.#refused === undefined && this.#joins(word, tokens, i)) this.#closeClause();
      else if (ends) {
        if (word === 'just') this.#writesOnly ||= asksProgram(tokens, i + 1);
        if (word !== '?' && this.#clause.doubtful) this.#clause.types = NO_TYPES;
        this.#close();
      } else this.#take(word, tokens, i);
    });
    this.#close();
    const lower = this.#text.slice(0, 512).toLowerCase();
    return {
      clauses: this.#clauses,
      verbs: new Set(this.#clauses.map(({ verb }) => verb).filter(verb => verb !== '')),
      asked: askedBy(this.#clauses),
      nouns: this.#nouns,
      literals: this.#literals,
      folders: foldersOf(this.#literals),
      names: namesIn(this.#text),
      ids: this.#ids,
      prohibitions: this.#prohibitions,
      looksOnly: this.#looksOnly,
      environment: this.#environment,
      writesOnly: this.#writesOnly,
      words: ` ${tokens.join(' ')} `,
      open: OPEN_PHRASES.some(phrase => lower.includes(phrase)),
    };
  }

  /** True where the word only leads to a verb that asks for something of its own. */
  #joins(word: string, tokens: readonly string[], i: number): boolean {
    const next = tokens[i + 1] ?? '';
    if (word === 'please' || (next === 'you' && ASKING_WORDS.has(word))) return true;
    if (word === 'you' && MAY_WORDS.has(next)) return true;
    if (AND_WORDS.has(word)) return typesOf(next) !== undefined && !NOT_VERBS.has(next);
    if (word !== 'to' || this.#clause.words.length === 0 || typesOf(next) === undefined) return false;
    return TASK_WORDS.has(tokens[i - 1] ?? '') || MEANS_VERBS.has(this.#clause.words[0] as string);
  }

  #take(word: string, tokens: readonly string[], i: number): void {
    if (NEGATIONS.has(word)) {
      if (this.#refused === undefined && tells(tokens, i)) return;
      const passive = tokens[i + 1] === 'be';
      this.#refused ??= { ...nothingRefused(), nouns: new Set(passive ? this.#clause.nouns : []) };
      // "change nothing" forbids the verb before it
      if (word === 'nothing' && this.#lastChange) this.#looksOnly = true;
      return;
    }
    if (word === 'only') {
      this.#only = true;
      this.#writesOnly ||= asksProgram(tokens, i + 1);
    } else if (tokens[i - 1] === 'only' && this.#refused === undefined && ONLY_VERBS.has(word))
      this.#refused = { ...nothingRefused(), only: true };
    if (this.#only && LOOK_VERBS.has(word)) this.#looksOnly = true;
    if (hasDigit(word)) this.#ids.add(word);
    const own = stem(word);
    this.#lastChange = CHANGE_STEMS.has(own);
    if (this.#refused === undefined) this.#ask(word, own, tokens, i);
    else refuse(this.#refused, word, tokens[i - 1] ?? '', verbTypesOf(word) ?? typesOfPast(word));
  }

  #ask(word: string, own: string, tokens: readonly string[], i: number): void {
    const clause = this.#clause;
    const first = clause.words.length === 0;
    // `start by reading it`
    if (first && (isStart(word, tokens[i + 1]) || (word === 'by' && isStart(tokens[i - 1], word)))) return;
    // only the word that a clause begins with asks
    const types = first ? verbTypesOf(word) : undefined;
    const environment = environmentOf(word);
    if (environment === 'production') this.#environment = environment;
    else this.#environment ??= environment;
    if (PRONOUNS.has(word) && clause.verb !== '' && clause.nouns.size === 0) clause.pronoun = true;
    if (first && types === undefined) {
      if (LEADING_WORDS.has(word)) return;
      // how it is to be done (`securely`), or somebody's name (`Emily`)
      if (word.length > 4 && word.endsWith('ly')) {
        clause.nouns.add(own);
        this.#nouns.add(own);
        return;
      }
    }
    if (clause.words.length < MAX_CLAUSE_WORDS) clause.words.push(word);
    const speaks =
      first && SPEAKING_PHRASES.some(phrase => phrase.every((part, at) => tokens[i + at] === part));
    if (speaks) {
      clause.verb = own;
      clause.types = SPEAKING;
      return;
    }
    if (first && types !== undefined) {
      clause.verb = own;
      // `tell me` asks for an answer, `tell Ada` for a message; `you can find it there` asks for nothing
      const asksUs = types.has('communicate') && SELVES.has(tokens[i + 1] ?? '');
      const points = POINTING_VERBS.has(word) && tokens[i - 1] === 'can' && tokens[i - 2] === 'you';
      const answers = ANSWER_VERBS.has(word) || asksUs || points;
      clause.types = answers ? NO_TYPES : types;
      return;
    }
    if (first && QUESTION_WORDS.has(word) && !SUBJECTS.has(tokens[i - 1] ?? '')) {
      clause.types = LOOKING;
      clause.doubtful = DOUBTFUL_QUESTIONS.has(word);
    }
    if (word.length > 2 && !STOP_WORDS.has(word)) {
      clause.nouns.add(own);
      this.#nouns.add(own);
    }
  }

  #closeClause(): void {
    const clause = this.#clause;
    if (clause.words.length > 0 && this.#clauses.length < MAX_CLAUSES) {
      clause.literals = this.#literals.filter(
        ({ stems }) => stems.length > 0 && stems.every(part => clause.nouns.has(part)),
      );
      // an address on a line of its own belongs to what stands before it
      const before = this.#clauses.at(-1);
      if (before?.literals.length === 0 && isAddress(clause)) before.literals = clause.literals;
      this.#clauses.push(clause);
    }
    this.#clause = openClause();
  }

  #close(): void {
    this.#closeClause();
    const refused = this.#refused;
    if (refused !== undefined && this.#prohibitions.length < MAX_PROHIBITIONS) {
      const named = longestIn(refused.words, this.#literals);
      // `do not change them`: what was spoken of last
      const meant =
        refused.pronoun && refused.nouns.size === 0
          ? (this.#prohibitions.at(-1) ?? this.#clauses.at(-1))
          : undefined;
      for (const noun of meant?.nouns ?? []) refused.nouns.add(noun);
      const literals = meant?.literals ?? named;
      const changes = [...refused.verbs].some(verb => CHANGE_STEMS.has(verb));
      const everything = (refused.generic && literals.length === 0) || (refused.nouns.size === 0 && changes);
      if (!refused.only || literals.length > 0) this.#prohibitions.push({ ...refused, literals, everything });
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
  words: [],
  literals: [],
  doubtful: false,
});

const nothingRefused = (): Refused => ({
  words: ' ',
  only: false,
  verbs: new Set(),
  types: new Set(),
  nouns: new Set(),
  generic: false,
  pronoun: false,
});

/** True where a negation says how things are, and not how they shall be: `Alex cannot restart it`, `we do not have time to fix it`. */
function tells(tokens: readonly string[], i: number): boolean {
  const word = tokens[i] as string;
  if (!TELLING_NEGATIONS.has(word)) return false;
  const helped = TELLING_HELPERS.has(tokens[i - 1] ?? '.');
  if (word === 'not' && !helped) return false;
  const subject = tokens[helped ? i - 2 : i - 1] ?? '.';
  return subject !== 'you' && !isEnd(subject) && !LEADING_WORDS.has(subject) ? true : OTHERS.has(subject);
}

/** Only the first verb, and such as are joined to it, are what is forbidden: `do not modify or remove the tests`. */
function refuse(
  refused: Refused,
  word: string,
  before: string,
  types: ReadonlySet<ActionType> | undefined,
): void {
  refused.words += `${word} `;
  const verb = types !== undefined && (refused.verbs.size === 0 || AND_WORDS.has(before) || before === 'to');
  if (verb) {
    refused.verbs.add(stem(word));
    for (const type of types) refused.types.add(type);
    if (CHANGE_STEMS.has(stem(word))) for (const type of CHANGED) refused.types.add(type);
  } else if (word.length > 2 && !STOP_WORDS.has(word)) refused.nouns.add(stem(word));
  if (GENERIC_OBJECTS.has(word)) refused.generic = true;
  if (THINGS_BEFORE.has(word)) refused.pronoun = true;
}

const isStart = (word: string | undefined, next: string | undefined): boolean =>
  next === 'by' && (word === 'start' || word === 'begin');

const verbTypesOf = (word: string): ReadonlySet<ActionType> | undefined =>
  typesOf(word) ?? (CHANGE_VERBS.has(word) ? NO_TYPES : undefined);

function typesOf(word: string): ReadonlySet<ActionType> | undefined {
  const direct = TYPES_BY_VERB.get(word) ?? (ANSWER_VERBS.has(word) ? LOOKING : undefined);
  if (direct !== undefined) return direct;
  if (word.endsWith('ing') && ANSWER_VERBS.has(word.slice(0, -3))) return LOOKING;
  if (word.endsWith('ing'))
    return TYPES_BY_VERB.get(word.slice(0, -3)) ?? TYPES_BY_VERB.get(`${word.slice(0, -3)}e`);
  return word.endsWith('s') ? TYPES_BY_VERB.get(word.slice(0, -1)) : undefined;
}

/** Types of a verb in its past form: `must not be modified`. */
function typesOfPast(word: string): ReadonlySet<ActionType> | undefined {
  if (!word.endsWith('ed')) return undefined;
  const types = TYPES_BY_VERB.get(word.slice(0, -1)) ?? TYPES_BY_VERB.get(word.slice(0, -2));
  return types ?? (CHANGE_STEMS.has(stem(word)) ? NO_TYPES : undefined);
}
