import type { ActionType } from '../semconv/index.ts';
import { ANSWER_VERBS, CHANGE_VERBS, TYPES_BY_VERB } from './rules/request.ts';
import { phrasesByVerb } from './rules/request-acts.ts';
import { stem } from './words.ts';

/** Types that "do not change anything" means. */
export const CHANGED: readonly ActionType[] = ['write', 'delete', 'deploy', 'payment', 'credential'];
/** Types that leave something other than it was. */
export const CHANGING: ReadonlySet<ActionType> = new Set([
  'write',
  'delete',
  'communicate',
  'payment',
  'deploy',
  'credential',
  'delegate',
  'execute',
]);
export const NO_TYPES: ReadonlySet<ActionType> = new Set();
export const SPEAKING: ReadonlySet<ActionType> = new Set(['communicate']);
export const LOOKING: ReadonlySet<ActionType> = new Set(['read', 'network']);
export const CHANGE_STEMS: ReadonlySet<string> = new Set([...CHANGE_VERBS].map(stem));

export const verbTypesOf = (word: string): ReadonlySet<ActionType> | undefined =>
  typesOf(word) ?? (CHANGE_VERBS.has(word) || phrasesByVerb().has(word) ? NO_TYPES : undefined);

export function typesOf(word: string): ReadonlySet<ActionType> | undefined {
  const direct = TYPES_BY_VERB.get(word) ?? (ANSWER_VERBS.has(word) ? LOOKING : undefined);
  if (direct !== undefined) return direct;
  if (word.endsWith('ing') && ANSWER_VERBS.has(word.slice(0, -3))) return LOOKING;
  if (word.endsWith('ing')) {
    const base = baseOf(word);
    return TYPES_BY_VERB.get(base) ?? TYPES_BY_VERB.get(`${base}e`);
  }
  return word.endsWith('s') ? TYPES_BY_VERB.get(word.slice(0, -1)) : undefined;
}

/** Types of a verb in its past form: `must not be modified`. */
export function typesOfPast(word: string): ReadonlySet<ActionType> | undefined {
  if (!word.endsWith('ed')) return undefined;
  const types = TYPES_BY_VERB.get(word.slice(0, -1)) ?? TYPES_BY_VERB.get(word.slice(0, -2));
  return types ?? (CHANGE_STEMS.has(stem(word)) ? NO_TYPES : undefined);
}

/** The verb of a word that ends in `ing`: `submit` of `submitting`; `book` of `booking`. */
export function baseOf(word: string): string {
  if (word.length < 6 || !word.endsWith('ing')) return word;
  const base = word.slice(0, -3);
  const last = base.at(-1);
  return last === base.at(-2) && !TYPES_BY_VERB.has(base) ? base.slice(0, -1) : base;
}
