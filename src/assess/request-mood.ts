import type { ActionType } from '../semconv/index.ts';
import { typesOf } from './request-verbs.ts';
import {
  APPROVAL_FILLERS,
  APPROVAL_HEADS,
  APPROVING_WORDS,
  ASKED_WORDS,
  actsByStem,
  DOING_WORDS,
  MODAL_WORDS,
  OWN_SUBJECTS,
  phrasesByVerb,
  SEEING_VERBS,
  SELF_HELPERS,
  SELF_STARTS,
  SELF_WORDS,
  STATE_WORDS,
  THINGS_BY_STEM,
} from './rules/request-acts.ts';
import { isEnd, stem } from './words.ts';

/** So many words an approval has at most. */
const MAX_APPROVAL = 16;
/** So far is looked for `myself` behind `I'll`. */
const MAX_AHEAD = 16;

const NO_ACTS: ReadonlySet<string> = new Set();

/** What a clause's verb means, with the words behind it, and the type of action that it asks for by these. */
export function actsOf({ verb, words }: { readonly verb: string; readonly words: readonly string[] }): {
  readonly acts: ReadonlySet<string>;
  readonly type?: ActionType;
} {
  const own = withNoun(verb, words);
  const phrase = phrasesByVerb()
    .get(words[0] ?? '')
    ?.find(one => words.some((word, i) => i > 0 && one.with.has(word)));
  if (phrase !== undefined) return { acts: new Set([...own, ...phrase.acts]), type: phrase.type };
  const state = verb === '' && words.length > 1 ? STATE_WORDS.get(words.at(-1) as string) : undefined;
  return state === undefined ? { acts: own } : { acts: new Set([state]), type: 'deploy' };
}

/** Acts of the verb, of a participle that it leads to (`get it refilled`), and of what it makes (`open an issue`). */
function withNoun(verb: string, words: readonly string[]): ReadonlySet<string> {
  const own = actsByStem().get(verb) ?? NO_ACTS;
  const first = words[0] ?? '';
  const passive = first === 'get' || first === 'have';
  if (!passive && !DOING_WORDS.has(first)) return own;
  const all = new Set(own);
  for (const word of words) {
    if (passive && word.endsWith('ed')) for (const act of actsByStem().get(stem(word)) ?? []) all.add(act);
    if (!passive && THINGS_BY_STEM.get(stem(word)) === FAULTS) all.add('report');
  }
  return all;
}

const FAULTS = THINGS_BY_STEM.get('fault');

/** True for a verb that asks what there is to know: `check whether it runs`, `find out who it was`. */
export function asksWhat(tokens: readonly string[], i: number): boolean {
  if (!SEEING_VERBS.has(tokens[i] as string)) return false;
  const next = tokens[i + 1] ?? '';
  return (
    ASKED_WORDS.has(next) ||
    ((next === 'out' || next === 'me' || next === 'for') && ASKED_WORDS.has(tokens[i + 2] ?? ''))
  );
}

/** True for the verb of a question about what to do: `should I sell it?`. */
export function isOwnQuestion(tokens: readonly string[], i: number): boolean {
  const subject = tokens[i - 1] ?? '';
  return OWN_SUBJECTS.has(subject) && MODAL_WORDS.has(tokens[i - 2] ?? '') && isEnd(tokens[i - 3] ?? '.');
}

/** True for `do a` before a noun that is a verb as well. */
export const doesNoun = (tokens: readonly string[], i: number): boolean =>
  tokens[i] === 'do' && ARTICLES.has(tokens[i + 1] ?? '') && typesOf(tokens[i + 2] ?? '') !== undefined;

const ARTICLES: ReadonlySet<string> = new Set(['a', 'an', 'another']);

/** True where the words put something off: `hold off on booking it`, `wait with the transfer`. */
export function putsOff(tokens: readonly string[], i: number): boolean {
  const next = tokens[i + 1] ?? '';
  return tokens[i] === 'hold' ? next === 'off' : tokens[i] === 'wait' && WAITING_WORDS.has(next);
}

const WAITING_WORDS: ReadonlySet<string> = new Set(['with', 'before']);

/** True where the words say that the person does something by themselves: `I'll pay later myself`. */
export function keepsToSelf(tokens: readonly string[], i: number): boolean {
  const word = tokens[i] as string;
  if (!SELF_STARTS.has(word)) return false;
  const will = word.endsWith("'ll");
  const next = tokens[i + 1] ?? '';
  if (!will && !SELF_HELPERS.has(next) && typesOf(next) === undefined) return false;
  for (let at = i + 1; at < Math.min(tokens.length, i + MAX_AHEAD); at++) {
    const other = tokens[at] as string;
    if (isEnd(other)) return false;
    if (SELF_WORDS.has(other)) return true;
  }
  return false;
}

/** True for words that approve of what was planned and say nothing else: `ok`, `yes, go ahead`. */
export function approves(tokens: readonly string[]): boolean {
  let heads = 0;
  let count = 0;
  for (const word of tokens) {
    if (word === '?') return false;
    if (isEnd(word)) continue;
    if (++count > MAX_APPROVAL) return false;
    if (APPROVAL_HEADS.has(word)) heads += 1;
    else if (!APPROVING_WORDS.has(word) && !APPROVAL_FILLERS.has(word)) return false;
  }
  return heads > 0;
}
