import type { ActionType } from '../semconv/index.ts';
import type { Clause, Prohibition } from './request.ts';
import { type Literal, longestIn } from './request-literals.ts';
import { baseOf, CHANGE_STEMS, CHANGED } from './request-verbs.ts';
import { reports } from './request-vetoes.ts';
import {
  AND_WORDS,
  CLAUSE_WORDS,
  GENERIC_OBJECTS,
  LEADING_WORDS,
  OTHERS,
  STOP_WORDS,
  TELLING_HELPERS,
  TELLING_NEGATIONS,
  THINGS_BEFORE,
} from './rules/request.ts';
import { actsByStem, REFUSAL_ENDS, REFUSAL_FILLERS } from './rules/request-acts.ts';
import { isEnd, stem } from './words.ts';

export interface Refused {
  words: string;
  only: boolean;
  readonly verbs: Set<string>;
  readonly types: Set<ActionType>;
  readonly nouns: Set<string>;
  generic: boolean;
  /** It stands for what was named before. */
  pronoun: boolean;
  /** What follows says when or why. */
  ended: boolean;
  /** It is put off: a noun says what is. */
  putOff: boolean;
}

export const nothingRefused = (): Refused => ({
  words: ' ',
  only: false,
  verbs: new Set(),
  types: new Set(),
  nouns: new Set(),
  generic: false,
  pronoun: false,
  ended: false,
  putOff: false,
});

/** True where a negation says how things are, and not how they shall be: `Alex cannot restart it`, `we do not have time to fix it`. */
export function tells(tokens: readonly string[], i: number): boolean {
  const word = tokens[i] as string;
  if (word === 'no') return reports(tokens.slice(i + 1, i + 9));
  if (!TELLING_NEGATIONS.has(word)) return false;
  const helped = TELLING_HELPERS.has(tokens[i - 1] ?? '.');
  if (word === 'not' && !helped) return false;
  const subject = tokens[helped ? i - 2 : i - 1] ?? '.';
  return subject !== 'you' &&
    !isEnd(subject) &&
    !CLAUSE_WORDS.has(subject) &&
    !AND_WORDS.has(subject) &&
    !LEADING_WORDS.has(subject)
    ? true
    : OTHERS.has(subject);
}

/** Only the first verb, and such as are joined to it, are what is forbidden: `do not modify or remove the tests`. */
export function refuse(
  refused: Refused,
  word: string,
  before: string,
  types: ReadonlySet<ActionType> | undefined,
): void {
  refused.words += `${word} `;
  if (REFUSAL_ENDS.has(word) && refused.verbs.size > 0) refused.ended = true;
  if (refused.ended || REFUSAL_FILLERS.has(word)) return;
  const verb = types !== undefined && (refused.verbs.size === 0 || AND_WORDS.has(before) || before === 'to');
  if (verb) {
    refused.verbs.add(stem(baseOf(word)));
    for (const type of types) refused.types.add(type);
    if (CHANGE_STEMS.has(stem(word))) for (const type of CHANGED) refused.types.add(type);
  } else if (word.length > 2 && !STOP_WORDS.has(word)) refused.nouns.add(stem(word));
  if (GENERIC_OBJECTS.has(word)) refused.generic = true;
  if (THINGS_BEFORE.has(word)) refused.pronoun = true;
}

/** Acts that too many verbs mean to forbid them by another. */
const LOOSE_ACTS: ReadonlySet<string> = new Set(['add', 'set', 'make', 'change', 'run']);

/** What a clause forbids; `undefined` where `only` names nothing. */
export function refusedBy(
  refused: Refused,
  literals: readonly Literal[],
  before: Prohibition | Clause | undefined,
): Prohibition | undefined {
  const { verbs, types, words, only } = refused;
  if (refused.putOff && verbs.size === 0)
    for (const type of [...CHANGED, 'communicate'] as const) types.add(type);
  const named = longestIn(words, literals);
  // `do not change them`: what was spoken of last
  const meant = refused.pronoun && refused.nouns.size === 0 ? before : undefined;
  const bare = refused.nouns.size === 0;
  for (const noun of meant?.nouns ?? []) refused.nouns.add(noun);
  const meantLiterals = meant?.literals ?? named;
  const changes = [...verbs].some(verb => CHANGE_STEMS.has(verb));
  const everything = (refused.generic && meantLiterals.length === 0) || (refused.nouns.size === 0 && changes);
  if (only && meantLiterals.length === 0) return undefined;
  const acts = new Set<string>();
  for (const verb of verbs)
    for (const act of actsByStem().get(verb) ?? []) if (!LOOSE_ACTS.has(act)) acts.add(act);
  return { verbs, types, nouns: refused.nouns, words, only, literals: meantLiterals, everything, acts, bare };
}

/** What is to be left as it is: `leave the invoices alone`. */
export const untouched = ({ nouns, literals, words }: Clause): Prohibition => ({
  verbs: new Set(),
  types: new Set([...CHANGED, 'communicate']),
  nouns,
  words: ` ${words.join(' ')} `,
  only: false,
  literals,
  everything: false,
  acts: new Set(),
  bare: false,
});
