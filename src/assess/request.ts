import type { ActionType } from '../semconv/index.ts';
import type { Amounts } from './request-amounts.ts';
import { type Literal, withoutObjects } from './request-literals.ts';
import type { Orders } from './request-orders.ts';
import { RequestReader } from './request-reader.ts';
import type { Environment } from './supervision.ts';

const MAX_LENGTH = 8192;
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
  /** The person asked a question, and for nothing to be done. */
  readonly asksOnly: boolean;
  /** The words neither ask for anything nor about anything: they say how things are. */
  readonly states: boolean;
  /** One clause only asks for something to be done. */
  readonly single: boolean;
  /** What its nouns are, as `rules/request-acts.ts` numbers them. */
  readonly things: ReadonlySet<number>;
  /** The words approve of what was planned, and say nothing else: `yes, go ahead`. */
  readonly approves: boolean;
  /** The numbers that the person stated. */
  readonly amounts: Amounts;
  /** The kind of environment that the person named. */
  readonly environment: Environment | undefined;
  /** The person left open what is to be done. */
  readonly open: boolean;
  /** The person wants a program written, and not run. */
  readonly writesOnly: boolean;
  /** All words in lower case, each between spaces. */
  readonly words: string;
  /** What of it is an order for an effect. */
  readonly orders: Orders;
  /** The text itself. */
  readonly source: string;
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
  /** It asks to know something: what it takes to answer follows from it. */
  readonly question: boolean;
  /** It says how something shall be: `the title should be blue`. */
  readonly wish: boolean;
  /** Something that was named before is meant: `the cheaper one`. */
  readonly stands: boolean;
  /** What its verb means, as `rules/request-acts.ts` names it. */
  readonly acts: ReadonlySet<string>;
  /** Its words with a digit. */
  readonly ids: ReadonlySet<string>;
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
  /** What its verbs mean. */
  readonly acts: ReadonlySet<string>;
  /** It names nothing: `do not send it`, `I will pay myself`. */
  readonly bare: boolean;
}

const known = new Map<string, Request>();

/** `12,400` is one number: a comma would part it. */
const joinThousands = (text: string): string => text.replace(THOUSANDS, '');

const THOUSANDS = /(?<=\d),(?=\d{3}(?!\d))/g;

/** Reads a person's words. The last few results are kept, as every step of a turn asks for the same. Linear; at most 8 KiB. */
export function readRequest(message: string): Request {
  const found = known.get(message);
  if (found !== undefined) return found;
  const request = new RequestReader(joinThousands(withoutObjects(message.slice(0, MAX_LENGTH)))).read();
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(message, request);
  return request;
}
