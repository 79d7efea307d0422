import type { ActionType } from '../semconv/index.ts';
import type { Clause, Prohibition } from './request.ts';
import { CHANGED, CHANGING, typesOf } from './request-verbs.ts';
import { STOP_WORDS } from './rules/request.ts';
import { actsByStem } from './rules/request-acts.ts';
import {
  NONE_WORDS,
  OLD_WORDS,
  PARTICIPLES,
  REFUSED_NOUNS,
  REPORTING_WORDS,
  SELF_OBJECTS,
  STAY_STATES,
  STAY_VERBS,
  VETO_ENDS,
  VETO_FILLERS,
  VETTING_VERBS,
} from './rules/request-vetoes.ts';
import { isEnd, stem } from './words.ts';

const MAX_VETOES = 16;
/** So far into a clause a veto begins. */
const MAX_LEAD = 3;
/** So long is looked for whose word is waited for. */
const MAX_CONDITION = 24;

const NO_LITERALS: Prohibition['literals'] = [];
const OUTWARD: readonly ActionType[] = [...CHANGED, 'communicate'];
const LEADS: ReadonlySet<string> = new Set(['and', 'but', 'so', 'please', 'then', 'also', 'ok', 'okay']);

/** Refusals that are no negated verb: `no alert goes out without me`, `leave it at that`, `ask me before you send it`. Linear in the words. */
export function vetoesOf(tokens: readonly string[], clauses: readonly Clause[]): Prohibition[] {
  const found: Prohibition[] = [];
  let from = 0;
  for (let i = 0; i <= tokens.length && found.length < MAX_VETOES; i++) {
    if (i < tokens.length && !parts(tokens, i)) continue;
    if (i > from && tokens[i] !== '?') {
      const one = vetoIn(tokens.slice(from, i), clauses);
      if (one !== undefined) found.push(one);
    }
    from = i + 1;
  }
  return found;
}

/** True where another clause begins that may forbid something. */
function parts(tokens: readonly string[], i: number): boolean {
  const word = tokens[i] as string;
  const next = tokens[i + 1] ?? '';
  return (
    isEnd(word) ||
    (word === 'but' && !NONE_WORDS.has(tokens[i - 1] ?? '')) ||
    (word === 'and' && (VETTING_VERBS.has(next) || BEGINNINGS.has(next)))
  );
}

const BEGINNINGS: ReadonlySet<string> = new Set([
  'leave',
  'keep',
  'wait',
  'let',
  'no',
  'nothing',
  'nobody',
  'hands',
  'stay',
]);

function vetoIn(segment: readonly string[], clauses: readonly Clause[]): Prohibition | undefined {
  let at = 0;
  while (at < MAX_LEAD && LEADS.has(segment[at] ?? '')) at += 1;
  const words = at === 0 ? segment : segment.slice(at);
  return (
    none(words) ??
    handsOff(words) ??
    stays(words) ??
    left(words) ??
    vetted(words, clauses) ??
    putOff(words, clauses)
  );
}

/** `no alert goes out without me`, `without my ok nothing is sent`. */
function none(words: readonly string[]): Prohibition | undefined {
  if (words[0] === 'no' && words[1] !== 'one') {
    const rest = words.slice(1);
    return reports(rest) ? undefined : forbidding(rest, false);
  }
  const at = words[0] === 'no' ? 0 : words.findIndex(word => NONE_WORDS.has(word));
  if (at < 0 || (at > 0 && words[0] !== 'without')) return undefined;
  const rest = words.slice(words[at] === 'no' ? 2 : at + 1);
  if (rest[0] === 'but' || rest[0] === 'except') return forbidding(rest.slice(2), words[at] === 'nothing');
  if (reports(rest)) return undefined;
  return forbidding(rest, words[at] === 'nothing');
}

/** True where the words say how things are: `no reply from Anna yet`. */
export function reports(words: readonly string[]): boolean {
  for (const word of words) {
    if (VETO_ENDS.has(word) || isEnd(word)) return false;
    if (REPORTING_WORDS.has(word)) return true;
  }
  return false;
}

/** What the words name as an act and its object. */
function forbidding(words: readonly string[], everything: boolean): Prohibition | undefined {
  let verb = '';
  const nouns = new Set<string>();
  for (const word of words) {
    if (VETO_ENDS.has(word)) break;
    if (verb === '') {
      verb = verbOf(word) ?? '';
      // `no accounts or access`: any of them
      if (verb !== '' && words.includes('or')) nouns.clear();
      if (verb !== '') continue;
    }
    if (word.length > 2 && !STOP_WORDS.has(word) && !VETO_FILLERS.has(word) && !PARTICIPLES.has(word))
      nouns.add(stem(word));
  }
  if (verb === '') return undefined;
  // `nobody but me starts an eviction`: the noun is the act
  if (STARTING.has(verb) && nouns.size > 0) return prohibition(words, [], nouns, OUTWARD, false);
  const changes = verb === 'change';
  return prohibition(
    words,
    [verb],
    nouns,
    changes ? OUTWARD : [...(typesOf(verb) ?? [])],
    everything || changes,
  );
}

const STARTING: ReadonlySet<string> = new Set(['start', 'starts', 'begin', 'make', 'issue', 'file', 'run']);

/** The verb of a noun, of a participle or of another form. */
function verbOf(word: string): string | undefined {
  const named = REFUSED_NOUNS.get(word) ?? PARTICIPLES.get(word);
  if (named !== undefined) return named;
  if (typesOf(word) !== undefined && !VETO_FILLERS.has(word))
    return word.endsWith('s') && typesOf(word.slice(0, -1)) !== undefined ? word.slice(0, -1) : word;
  if (!word.endsWith('ed')) return undefined;
  for (const base of [word.slice(0, -1), word.slice(0, -2), word.slice(0, -3)])
    if (typesOf(base) !== undefined) return base;
  return undefined;
}

/** `hands off the ledger`, `stay away from the archive`. */
function handsOff(words: readonly string[]): Prohibition | undefined {
  const [first, second] = words;
  const at = words.indexOf('hands');
  if (at >= 0 && at < MAX_LEAD && words[at + 1] === 'off') return untouchable(words.slice(at + 2));
  if ((first === 'stay' || first === 'keep') && (second === 'away' || second === 'out' || second === 'off'))
    return untouchable(words.slice(3));
  const limits = words.indexOf('limits');
  if (limits > 0 && (words[limits - 1] === 'off' || words[limits - 1] === 'off-limits'))
    return untouchable(words.slice(0, limits - 1));
  return undefined;
}

/** `the headline stays as it is`, `public stays on the old one`. */
function stays(words: readonly string[]): Prohibition | undefined {
  const at = words.findIndex(word => STAY_VERBS.has(word));
  if (at < 1 || SELF_OBJECTS.has(words[0] as string)) return undefined;
  const next = words[at + 1] ?? '';
  const old =
    (next === 'on' || next === 'at' || next === 'in') &&
    words.slice(at + 2).some(word => OLD_WORDS.has(word));
  if (!STAY_STATES.has(next) && !old) return undefined;
  return untouchable(words.slice(0, at));
}

/** `leave it at that`, `leave the price as it is`, `keep the limit where it is`. */
function left(words: readonly string[]): Prohibition | undefined {
  if (words[0] !== 'leave' && words[0] !== 'keep') return undefined;
  const at = words.findIndex(
    (word, i) => i > 0 && (word === 'as' || word === 'where') && AS_IT.has(words[i + 1] ?? ''),
  );
  if (at > 0) return untouchable(words.slice(1, at));
  const un = words.findIndex((word, i) => i > 1 && word.startsWith('un') && word.endsWith('ed'));
  if (un > 0) return untouchable(words.slice(1, un));
  const that = words.indexOf('that', 2);
  return words[0] === 'leave' && that > 0 && words[that - 1] === 'at' ? untouchable([]) : undefined;
}

const AS_IT: ReadonlySet<string> = new Set(['it', 'they', 'is', 'are', 'he', 'she']);

function untouchable(words: readonly string[]): Prohibition {
  const nouns = new Set<string>();
  for (const word of words)
    if (word.length > 2 && !STOP_WORDS.has(word) && !VETO_FILLERS.has(word)) nouns.add(stem(word));
    else if (word === 'public' || word === 'live') nouns.add(word);
  if (nouns.has('public') || nouns.has('liv') || nouns.has('production'))
    for (const one of LIVE) nouns.add(stem(one));
  return prohibition(words, [], nouns, OUTWARD, nouns.size === 0);
}

/** What people see is called so. */
const LIVE: readonly string[] = ['public', 'live', 'production', 'prod'];

/** `I want to see it before it goes out`, `ask me first`, `run it by me before you send it`. */
function vetted(words: readonly string[], clauses: readonly Clause[]): Prohibition | undefined {
  const before = words.indexOf('before');
  const end = before > 0 ? before : words.findIndex(word => word === 'first' || word === 'beforehand');
  const start = words[0] === 'first' && before < 0;
  if (end < 1 && !start) return undefined;
  const head = start ? words.slice(1) : words.slice(0, end);
  if (!isVetting(head)) return undefined;
  if (before > 0) {
    const named = forbidding(words.slice(before + 1), false);
    if (named !== undefined) return named;
  }
  return lastOrder(clauses);
}

function isVetting(head: readonly string[]): boolean {
  if (!head.some(word => VETTING_VERBS.has(word)) || !head.some(word => SELF_OBJECTS.has(word))) return false;
  // `I checked it before` is none
  return SELF_OBJECTS.has(head[0] as string)
    ? head.some(word => WANTING.has(word))
    : VETTING_VERBS.has(head[0] as string) || head[0] === 'let';
}

const WANTING: ReadonlySet<string> = new Set([
  'want',
  'need',
  'like',
  "i'd",
  'must',
  'have',
  'should',
  'would',
  'shall',
]);

/** `only after I have signed off`, `not before Monday`, `wait for my ok`, `pending my approval`. */
function putOff(words: readonly string[], clauses: readonly Clause[]): Prohibition | undefined {
  for (let i = 0; i < words.length - 1; i++) {
    const word = words[i] as string;
    const next = words[i + 1] as string;
    if (
      word === 'not' &&
      i === 0 &&
      (next === 'before' || next === 'until' || next === 'till' || next === 'yet')
    )
      return lastOrder(clauses);
    if (
      word === 'only' &&
      (next === 'after' || next === 'once' || next === 'with' || next === 'when') &&
      isMine(words, i + 2)
    )
      return (i > 0 ? forbidding(words.slice(0, i), false) : undefined) ?? lastOrder(clauses);
    if (
      i === 0 &&
      (word === 'wait' || word === 'pending') &&
      (next === 'my' || (GATES.has(next) && isMine(words, i + 2)))
    )
      return lastOrder(clauses);
  }
  return undefined;
}

/** True where what is waited for is somebody's word. */
const isMine = (words: readonly string[], from: number): boolean =>
  words.slice(from, from + MAX_CONDITION).some(one => SELF_OBJECTS.has(one) || VETTING_VERBS.has(one));

const GATES: ReadonlySet<string> = new Set(['for', 'until', 'till']);

/** What was ordered last is what is put off. */
function lastOrder(clauses: readonly Clause[]): Prohibition | undefined {
  const one = clauses.findLast(
    ({ verb, question, types, words }) =>
      verb !== '' &&
      !question &&
      !VETTING_VERBS.has(words[0] ?? '') &&
      [...types].some(type => CHANGING.has(type)),
  );
  if (one === undefined) return prohibition([], [], new Set(), OUTWARD, true);
  return {
    ...prohibition(one.words, [one.verb], one.nouns, [...one.types], false),
    bare: one.nouns.size === 0,
  };
}

function prohibition(
  words: readonly string[],
  verbs: readonly string[],
  nouns: ReadonlySet<string>,
  types: readonly ActionType[],
  everything: boolean,
): Prohibition {
  const acts = new Set<string>();
  for (const verb of verbs)
    for (const act of actsByStem().get(stem(verb)) ?? []) if (!LOOSE.has(act)) acts.add(act);
  return {
    verbs: new Set(verbs.map(stem)),
    types: new Set(types.filter(type => CHANGING.has(type))),
    nouns,
    words: ` ${words.join(' ')} `,
    only: false,
    literals: NO_LITERALS,
    everything,
    acts,
    bare: nouns.size === 0,
  };
}

/** Acts that too many verbs mean to forbid them by another. */
const LOOSE: ReadonlySet<string> = new Set(['add', 'set', 'make', 'change', 'run']);
