import type { ActionType } from '../semconv/index.ts';
import type { Clause, Prohibition, Request } from './request.ts';
import { amountsOf } from './request-amounts.ts';
import { asksProgram, foldersOf, isAddress, type Literal, literalsOf, namesIn } from './request-literals.ts';
import { actsOf, approves, asksWhat, doesNoun, isOwnQuestion, keepsToSelf, putsOff } from './request-mood.ts';
import { ordersOf } from './request-orders.ts';
import { nothingRefused, type Refused, refuse, refusedBy, tells, untouched } from './request-refusals.ts';
import {
  CHANGE_STEMS,
  CHANGING,
  LOOKING,
  NO_TYPES,
  SPEAKING,
  typesOf,
  typesOfPast,
  verbTypesOf,
} from './request-verbs.ts';
import { vetoesOf } from './request-vetoes.ts';
import {
  AND_WORDS,
  ANSWER_VERBS,
  ASKING_WORDS,
  CLAUSE_WORDS,
  COMPANIONS,
  DOUBTFUL_QUESTIONS,
  LEADING_WORDS,
  LOOK_VERBS,
  MAY_WORDS,
  MEANS_VERBS,
  NEGATIONS,
  NOT_VERBS,
  ONLY_VERBS,
  OPEN_PHRASES,
  POINTING_VERBS,
  PRONOUNS,
  QUESTION_WORDS,
  SELVES,
  SPEAKING_PHRASES,
  STOP_WORDS,
  SUBJECTS,
  TASK_WORDS,
} from './rules/request.ts';
import {
  FORGET_WORDS,
  IF_WORDS,
  JUST_LOOKING,
  LEFT_WORDS,
  STANDING_WORDS,
  THINGS_BY_STEM,
  WISH_WORDS,
} from './rules/request-acts.ts';
import { type Environment, environmentOf } from './supervision.ts';
import { hasDigit, isEnd, stem, wordsOf } from './words.ts';

const MAX_PROHIBITIONS = 16;
const MAX_CLAUSES = 96;
const MAX_CLAUSE_WORDS = 64;

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
  question: boolean;
  /** It says how something shall be. */
  wish: boolean;
  stands: boolean;
  acts: ReadonlySet<string>;
  ids: Set<string>;
}

/** Reads a person's words, from the first to the last. */
export class RequestReader {
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
  #justLooks = false;

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
        if (word === 'just') {
          this.#writesOnly ||= asksProgram(tokens, i + 1);
          const at = tokens[i + 1] === 'a' ? i + 2 : i + 1;
          this.#justLooks ||= JUST_LOOKING.has(tokens[at] ?? '');
        }
        this.#settle(word === '?');
        this.#close();
      } else this.#take(word, tokens, i);
    });
    this.#close();
    const lower = this.#text.slice(0, 512).toLowerCase();
    const asked = askedBy(this.#clauses);
    const changes = [...CHANGING].some(type => asked.has(type));
    const words = ` ${tokens.join(' ')} `;
    return {
      orders: ordersOf(this.#clauses, words),
      source: this.#text,
      clauses: this.#clauses,
      verbs: new Set(this.#clauses.map(({ verb }) => verb).filter(verb => verb !== '')),
      asked,
      nouns: this.#nouns,
      literals: this.#literals,
      folders: foldersOf(this.#literals),
      names: namesIn(this.#text),
      ids: this.#ids,
      prohibitions: [...this.#prohibitions, ...vetoesOf(tokens, this.#clauses)],
      looksOnly: this.#looksOnly || (this.#justLooks && !changes),
      states: asked.size === 0 && this.#clauses.length > 0 && !this.#clauses.some(({ question }) => question),
      single: this.#clauses.filter(({ verb, question }) => verb !== '' && !question).length === 1,
      things: thingsOf(this.#nouns),
      asksOnly: !changes && this.#clauses.some(({ question }) => question),
      approves: approves(tokens),
      amounts: amountsOf(this.#text, tokens),
      environment: this.#environment,
      writesOnly: this.#writesOnly,
      words,
      open: OPEN_PHRASES.some(phrase => lower.includes(phrase)),
    };
  }

  /** Says of a clause that ends whether it is a question. */
  #settle(marked: boolean): void {
    const clause = this.#clause;
    if (!marked) {
      if (clause.doubtful) clause.types = NO_TYPES;
      clause.question &&= !clause.doubtful;
      return;
    }
    if (clause.verb !== '' && !clause.question) return;
    clause.question = true;
    clause.wish = false;
    // whatever a question begins with, it asks to look
    if (clause.words.length > 0 && clause.verb === '') clause.types = LOOKING;
  }

  /** True where the word only leads to a verb that asks for something of its own. */
  #joins(word: string, tokens: readonly string[], i: number): boolean {
    const next = tokens[i + 1] ?? '';
    if (word === 'please' || (next === 'you' && ASKING_WORDS.has(word))) return true;
    if (word === 'you' && MAY_WORDS.has(next)) return true;
    if (AND_WORDS.has(word)) return typesOf(next) !== undefined && !NOT_VERBS.has(next);
    // `how long do I have to pay?` asks for no payment
    if (word !== 'to' || this.#clause.words.length === 0 || this.#clause.question) return false;
    if (typesOf(next) === undefined) return false;
    return TASK_WORDS.has(tokens[i - 1] ?? '') || MEANS_VERBS.has(this.#clause.words[0] as string);
  }

  #take(word: string, tokens: readonly string[], i: number): void {
    if (NEGATIONS.has(word)) {
      if (this.#refused === undefined && (tells(tokens, i) || FORGET_WORDS.has(tokens[i + 1] ?? ''))) return;
      const passive = tokens[i + 1] === 'be';
      this.#refused ??= { ...nothingRefused(), nouns: new Set(passive ? this.#clause.nouns : []) };
      // "change nothing" forbids the verb before it
      if (word === 'nothing' && this.#lastChange) this.#looksOnly = true;
      return;
    }
    if (
      this.#refused === undefined &&
      this.#clause.words.length === 0 &&
      (keepsToSelf(tokens, i) || putsOff(tokens, i))
    ) {
      this.#refused = { ...nothingRefused(), putOff: word === 'hold' || word === 'wait' };
      return;
    }
    if (word === 'only') {
      this.#only = true;
      this.#writesOnly ||= asksProgram(tokens, i + 1);
    } else if (tokens[i - 1] === 'only' && this.#refused === undefined && ONLY_VERBS.has(word))
      this.#refused = { ...nothingRefused(), only: true };
    if (this.#only && LOOK_VERBS.has(word)) this.#looksOnly = true;
    if (hasDigit(word)) {
      this.#ids.add(word);
      this.#clause.ids.add(word);
    }
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
    if (
      first &&
      ((word === 'if' && IF_WORDS.has(tokens[i + 1] ?? '')) || (IF_WORDS.has(word) && tokens[i - 1] === 'if'))
    )
      return;
    // `do a restart`: the noun says what is done
    if (first && doesNoun(tokens, word === 'do' ? i : i - 1)) return;
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
    if (STANDING_WORDS.has(word)) clause.stands = true;
    if (!first && clause.verb === '' && WISH_WORDS.has(word) && !clause.question) {
      clause.wish = true;
      clause.types = WISHED;
    }
    const speaks =
      first && SPEAKING_PHRASES.some(phrase => phrase.every((part, at) => tokens[i + at] === part));
    if (speaks) {
      clause.verb = own;
      clause.types = SPEAKING;
      return;
    }
    if (first && types !== undefined && !isOwnQuestion(tokens, i)) {
      clause.verb = own;
      clause.question = asksWhat(tokens, i);
      // `tell me` asks for an answer, `tell Ada` for a message; `you can find it there` asks for nothing
      const asksUs = types.has('communicate') && SELVES.has(tokens[i + 1] ?? '');
      const points = POINTING_VERBS.has(word) && tokens[i - 1] === 'can' && tokens[i - 2] === 'you';
      const answers = ANSWER_VERBS.has(word) || asksUs || points;
      clause.types = answers ? NO_TYPES : types;
      return;
    }
    if (first && asksWhat(tokens, i)) {
      clause.types = LOOKING;
      clause.question = true;
    }
    if (first && QUESTION_WORDS.has(word) && !SUBJECTS.has(tokens[i - 1] ?? '')) {
      clause.types = LOOKING;
      clause.question = true;
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
      const { acts, type } = actsOf(clause);
      clause.acts = acts;
      if (type !== undefined && !clause.question && clause.types !== SPEAKING && !clause.types.has(type))
        clause.types = new Set([...clause.types, type]);
      this.#clauses.push(clause);
    }
    this.#clause = openClause();
  }

  #close(): void {
    this.#closeClause();
    const refused = this.#refused;
    const last = this.#clauses.at(-1);
    if (refused !== undefined && this.#prohibitions.length < MAX_PROHIBITIONS) {
      const found = refusedBy(refused, this.#literals, this.#prohibitions.at(-1) ?? last);
      if (found !== undefined) this.#prohibitions.push(found);
    } else if (last !== undefined && this.#prohibitions.length < MAX_PROHIBITIONS && leaves(last))
      this.#prohibitions.push(untouched(last));
    this.#refused = undefined;
    this.#only = false;
  }
}

/** True for `leave the invoices alone`. */
const leaves = ({ verb, words }: OpenClause): boolean =>
  (verb === 'leav' || verb === 'keep') && words.some(word => LEFT_WORDS.has(word));

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
  question: false,
  wish: false,
  stands: false,
  acts: NO_ACTS,
  ids: new Set(),
});

function thingsOf(nouns: ReadonlySet<string>): Set<number> {
  const found = new Set<number>();
  for (const noun of nouns) {
    const thing = THINGS_BY_STEM.get(noun);
    if (thing !== undefined) found.add(thing);
  }
  return found;
}

const NO_ACTS: ReadonlySet<string> = new Set();
/** What may be done so that something is as a person wants it. */
const WISHED: ReadonlySet<ActionType> = new Set(['write', 'deploy', 'execute']);

const isStart = (word: string | undefined, next: string | undefined): boolean =>
  next === 'by' && (word === 'start' || word === 'begin');
