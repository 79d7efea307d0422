import type { Clause } from './request.ts';
import { CHANGING } from './request-verbs.ts';
import { SUBJECTS } from './rules/request.ts';
import {
  COMPLAINTS,
  DRAFTING_VERBS,
  GOING_ON,
  GOING_ON_AS,
  LIGHT_VERBS,
  NEEDS,
  NO_ORDERS,
  OBJECT_STARTS,
  PERMITTING_WORDS,
  VIEWING_VERBS,
} from './rules/request-values.ts';

/** What of a person's words is an order for an effect. */
export interface Orders {
  /** Something is to be done, and not only looked at or thought of. */
  readonly effects: boolean;
  /** No more than a proposal is asked for. */
  readonly drafts: boolean;
  /** Words of what is ordered and of what is stated with it; what is only asked about is none of it. */
  readonly words: ReadonlySet<string>;
  /** Meanings of the verbs that order; empty where a verb is not known. */
  readonly acts: ReadonlySet<string>;
  /** A verb that no table knows orders something. */
  readonly unknown: boolean;
  /** Its verbs say little: `put it in`. */
  readonly light: boolean;
  /** It names nothing: `carry it out`. */
  readonly vague: boolean;
  /** It goes on with what was asked for before: `and now as a bar chart`. */
  readonly continues: boolean;
  /** Somebody complains, and leaves open what is to be done. */
  readonly complains: boolean;
  /** Somebody says what is needed. */
  readonly needs: boolean;
}

/** Sorts the clauses into orders, looks and statements. */
export function ordersOf(clauses: readonly Clause[], text: string): Orders {
  const words = new Set<string>();
  const acts = new Set<string>();
  let effects = false;
  let drafts = true;
  let unknown = false;
  let vague = true;
  let light = true;
  for (const clause of clauses) {
    const looks = clause.verb !== '' && !ordersEffect(clause);
    const done = isDone(clause.words);
    if ((clause.question && !done) || looks) continue;
    for (const word of clause.words) words.add(word);
    const bare = clause.verb === '' && bids(clause.words);
    const permits = clause.verb === '' && (isPermitted(clause.words) || done);
    if (clause.verb === '' && !bare && !permits) continue;
    effects = true;
    drafts &&= DRAFTING_VERBS.has(clause.words[0] ?? '');
    vague &&= clause.verb === '' && clause.nouns.size < 2;
    unknown ||= clause.verb === '' || clause.acts.size === 0;
    light &&= LIGHT_VERBS.has(clause.words[0] ?? '');
    for (const act of clause.acts) acts.add(act);
  }
  const asks = clauses.some(({ question }) => question);
  return {
    effects,
    drafts: effects && drafts,
    words,
    acts,
    unknown,
    light,
    vague,
    continues: !effects && !asks && goesOn(clauses, text),
    complains: COMPLAINTS.some(phrase => text.includes(phrase)),
    needs: !asks && NEEDS.some(phrase => text.includes(phrase)),
  };
}

/** `the story can run on Friday`, but not `I can see it`. */
const isPermitted = (words: readonly string[]): boolean =>
  !SUBJECTS.has(words[0] ?? '') && words.slice(1, 6).some(word => PERMITTING_WORDS.has(word));

/** `do it`: what was spoken of is to be done. */
const isDone = (words: readonly string[]): boolean =>
  words.length < 4 && words[0] === 'do' && (words[1] === 'it' || words[1] === 'that' || words[1] === 'so');

/** True for a short message that says how something is to be done once more. */
const goesOn = (clauses: readonly Clause[], text: string): boolean =>
  clauses.length > 0 &&
  clauses.length < 4 &&
  GOING_ON.has(text.slice(1, text.indexOf(' ', 1))) &&
  (clauses[0] as Clause).words.slice(0, 2).some(word => GOING_ON_AS.has(word)) &&
  clauses.every(({ verb }) => verb === '');

function ordersEffect({ types, words, acts }: Clause): boolean {
  if (VIEWING_VERBS.has(words[0] ?? ''))
    return acts.size > 0 && [...acts].some(act => !LOOKING_ACTS.has(act));
  for (const type of types) if (CHANGING.has(type)) return true;
  return acts.size > 0;
}

/** Acts of verbs that look as well. */
const LOOKING_ACTS: ReadonlySet<string> = new Set(['open', 'mark', 'report', 'print', 'run', 'move']);

/** True for words that begin with a verb as orders do, whichever it is: `page the registrar`, `reverse it`. */
export function bids(words: readonly string[]): boolean {
  const first = words[0] ?? '';
  const next = words[1] ?? '';
  if (first.length < 3 || NO_ORDERS.has(first) || !OBJECT_STARTS.has(next)) return false;
  if (first.endsWith('ed') && !first.endsWith('eed')) return false;
  if (first.endsWith('ing') && first.length > 5) return false;
  return !(first.endsWith('s') && !first.endsWith('ss')) && !first.includes("'");
}
