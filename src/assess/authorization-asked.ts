import type { ActionType } from '../semconv/index.ts';
import { doesAct, isWished, namesOther } from './authorization-act.ts';
import {
  type Action,
  ALONG_BELOW,
  countShared,
  isFile,
  isTool,
  isVersionControl,
  overlap,
  SHARED_WORD_BELOW,
} from './authorization-action.ts';
import type { Clause, Prohibition, Request } from './request.ts';
import type { Literal } from './request-literals.ts';
import {
  DEPLOY_VERBS,
  MAKING_VERBS,
  MEANS_VERBS,
  MODE_WORDS,
  PUBLISHING_VERBS,
  SCHEDULE_WORDS,
  SHOWING_VERBS,
  TELLING_VERBS,
  VERSION_WORDS,
} from './rules/request.ts';
import { holdsCode, replaces, type Spoken, tellsDeed } from './spoken.ts';
import { stem } from './words.ts';

/** Types that are only asked for by naming what they are done to. */
const GRAVE: ReadonlySet<ActionType> = new Set(['payment', 'delete', 'deploy', 'credential']);
/** Types that a verb forbids without naming what it is done to. */
const OUTWARD: ReadonlySet<ActionType> = new Set(['payment', 'communicate', 'delete', 'delegate']);
const CHANGED_FILES: ReadonlySet<ActionType> = new Set(['write', 'delete']);
/** Types of what code does that only computes. */
const COMPUTING: ReadonlySet<ActionType> = new Set(['read', 'execute']);
/** So much of a clause's words. */
const COVERED = 0.75;
const SEARCHING: ReadonlySet<ActionType> = new Set(['read', 'network']);
const SEARCHED = 4;
const SEARCHED_SHARE = 0.6;
/** Rules of what runs a program of one's own, which whoever asks to build one does not yet ask for. */
export const SCRIPTS: ReadonlySet<string> = new Set([
  'shell.local_script',
  'shell.changing_script',
  'shell.deleting_script',
]);
/** So many places of a name in a text are looked at. */
const MAX_TRIES = 8;
/** Beginnings of rules that say how something is done, and not to what. */
const OPEN_ENDED: readonly string[] = ['package.', 'shell.remote_code', 'shell.piped', 'shell.encoded'];
/** Beginnings of rules by which something becomes public. */
const PUBLISHING: readonly string[] = [
  'tool.broadcast',
  'tool.post',
  'tool.submit',
  'http.post_public',
  'tool.escalate',
];
const PUBLISHING_STEMS: ReadonlySet<string> = new Set([...PUBLISHING_VERBS].map(stem));
const MAKING_STEMS: ReadonlySet<string> = new Set([...MAKING_VERBS].map(stem));
const DEPLOY_STEMS: ReadonlySet<string> = new Set([...DEPLOY_VERBS].map(stem));
const SHOWING_STEMS: ReadonlySet<string> = new Set([...SHOWING_VERBS].map(stem));
const TELLING_STEMS: ReadonlySet<string> = new Set([...TELLING_VERBS].map(stem));
const VERSION_STEMS: ReadonlySet<string> = new Set([...VERSION_WORDS].map(stem));

/** True where what the person ruled out covers the action. */
export function forbids(one: Prohibition, action: Action, said: Spoken): boolean {
  if (one.only) return isFile(action) && CHANGED_FILES.has(action.type) && !isWithin(one.literals, said);
  if (one.literals.length > 0 && isFile(action) && !isWithin(one.literals, said)) return false;
  const names =
    countShared(said.stems, one.nouns) > 0 || said.numbers.some(([key]) => one.nouns.has(stem(key)));
  const means = isTool(action) && overlap(said.acts, one.acts);
  if (overlap(said.stems, one.verbs) || means)
    return one.everything || one.bare || names || one.nouns.size === 0;
  if (one.bare && isTool(action) && OUTWARD.has(action.type)) return one.types.has(action.type);
  return one.types.has(action.type) && (names || one.everything);
}

/** True where the call names one of the files or folders. */
const isWithin = (literals: readonly Literal[], { text }: Spoken): boolean =>
  literals.some(one => text.includes(one.text));

/**
 * A clause asks for an action of its type where the call shares its verb and a thing. Where the verb stands in other words, it takes two things, and of a tool's call
 * three; what was named before stands in for `it`.
 */
export function asks(clause: Clause, request: Request, action: Action, said: Spoken): boolean {
  if (covers(clause, action, said)) return true;
  if (
    action.rule.startsWith('schedule.') &&
    clause.types.has('write') &&
    clause.words.some(word => SCHEDULE_WORDS.has(word))
  )
    return true;
  // who asks to look into a file by its name asks for what stands in it
  if (action.secret && clause.types.has('read') && namesIn(clause, said)) return true;
  if (action.type === 'network' && reaches(clause) && namesPlace(clause, said)) return true;
  // what it takes to answer a question follows from it
  if (clause.question) return isTool(action) && asksByName(clause, action);
  if (
    !onlyTells(clause, action, said) &&
    !isTooPublic(clause, action) &&
    doesAct(clause, request, action, said)
  )
    return true;
  if (isWished(clause, request, action, said)) return true;
  const runs = SCRIPTS.has(action.rule);
  if (!clause.types.has(runs ? 'execute' : action.type)) return false;
  if (action.rule === 'permission.set' && !clause.words.some(word => MODE_WORDS.has(word))) return false;
  if (isVersionControl(action) && !VERSION_STEMS.has(clause.verb)) return false;
  if (action.type === 'read') {
    if (namesIn(clause, said)) return clause.verb !== '';
    if (isFile(action) && request.literals.length > 0) return false;
  }
  // who asks to put something into one file asks for no other
  if (
    isFile(action) &&
    CHANGED_FILES.has(action.type) &&
    clause.literals.some(isOneFile) &&
    !namesIn(clause, said)
  )
    return false;
  const folders = isFile(action) ? request.folders : undefined;
  const things = countShared(said.stems, clause.nouns, folders);
  const verb = clause.verb !== '' && said.stems.has(clause.verb);
  if (action.type === 'read') return things > (verb || SHOWING_STEMS.has(clause.verb) ? 0 : 1);
  // whoever asks to tell somebody leaves open how, but not to publish
  if (action.type === 'communicate') {
    const publishes = PUBLISHING.some(one => action.rule.startsWith(one));
    if (publishes && !PUBLISHING_STEMS.has(clause.verb) && !verb) return false;
    if (onlyTells(clause, action, said)) return false;
    return things > 0 || countShared(said.stems, request.nouns) > 0;
  }
  if (isVersionControl(action) && verb) return true;
  // what was asked to be made is made once: what is changed of it or run later is a part of the work
  if (MAKING_STEMS.has(clause.verb) && (replaces(said) || runs)) return false;
  if (verb) {
    if (GRAVE.has(action.type) && isTool(action) && namesOther(action, request, clause, true)) return false;
    if (things > 0 || clause.nouns.size === 0)
      return !clause.pronoun || !isFile(action) || namesIn(clause, said);
    if (clause.pronoun) return countShared(said.stems, request.nouns, folders) > 0;
    if (isTool(action)) return action.type === 'payment';
    const open = OPEN_ENDED.some(one => action.rule.startsWith(one));
    return action.type === 'execute' && action.risk < ALONG_BELOW && !open;
  }
  if (action.type === 'network') return MEANS_VERBS.has(clause.words[0] ?? '') && namesIn(clause, said);
  if (action.type === 'credential') return false;
  if (isTool(action)) return things > 2;
  if (namesIn(clause, said)) return true;
  if (action.rule.startsWith('package.')) return things > 0;
  return things > (action.type === 'deploy' && DEPLOY_STEMS.has(clause.verb) ? 0 : 1);
}

/** True for what makes something public, where the clause does not ask for that. */
const isTooPublic = ({ verb, acts }: Clause, { rule }: Action): boolean =>
  PUBLISHING.some(one => rule.startsWith(one)) && !PUBLISHING_STEMS.has(verb) && !acts.has('report');

/** True for a report of what was done, which is no answer to a request to ask. */
const onlyTells = ({ verb, words }: Clause, { type }: Action, said: Spoken): boolean =>
  type === 'communicate' && !TELLING_STEMS.has(verb) && !words.includes('that') && tellsDeed(said);

/** True where the tool is called after the question: `check_password_breach` of `check whether my password …`. */
const asksByName = ({ verb, nouns }: Clause, { parts }: Action): boolean =>
  verb !== '' && parts.some(part => stem(part) === verb) && parts.some(part => nouns.has(stem(part)));

/** True where the call writes the very file that something was to be put into. */
export const fillsDestination = ({ literals }: Request, action: Action, said: Spoken): boolean =>
  action.type === 'write' &&
  isFile(action) &&
  !replaces(said) &&
  literals.some(one => one.destination && standsIn(said, one.text));

const isOneFile = ({ text }: Literal): boolean => !text.endsWith('/') && !text.includes('://');

/** True where the clause asks to go somewhere, or to look at what is there. */
const reaches = ({ verb, types, words }: Clause): boolean =>
  MEANS_VERBS.has(words[0] ?? '') ||
  (verb !== '' && !types.has('write') && (types.has('network') || types.has('read')));

const namesPlace = ({ literals }: Clause, said: Spoken): boolean =>
  literals.some(one => one.text.includes('/') && standsIn(said, one.text));

/** True where the call names a file or a host as the person did in the clause. */
const namesIn = (clause: Clause, said: Spoken): boolean =>
  clause.literals.some(one => standsIn(said, one.text));

/** True where the call's texts hold the name, and not only a longer one that begins with it. Looked up once a call, as many clauses may name it. */
export function standsIn(said: Spoken, name: string): boolean {
  const known = said.held.get(name);
  if (known !== undefined) return known;
  const found = name.includes('://')
    ? // an address may end in a slash or not
      holds(said.text, name.endsWith('/') ? name.slice(0, -1) : name)
    : holdsPath(said.text, name);
  said.held.set(name, found);
  return found;
}

/** A file that lies deep is named by its folder and its own name, wherever the folder is said to be. */
function holdsPath(text: string, name: string): boolean {
  const last = name.lastIndexOf('/');
  const folder = last > 0 ? name.lastIndexOf('/', last - 1) : -1;
  if (folder <= 0 || last === name.length - 1) return holds(text, name);
  const end = name.slice(folder);
  const at = text.indexOf(end);
  return at >= 0 && (!isWordCharacter(text[at + end.length] ?? ' ') || holds(text, name));
}

function holds(text: string, name: string): boolean {
  // the end of a longer path
  const partly = name.includes('/') && !name.startsWith('/');
  let at = text.indexOf(name);
  for (let tries = 0; at >= 0 && tries < MAX_TRIES; tries++) {
    const behind = text[at + name.length] ?? ' ';
    const goesOn =
      behind === '.' || behind === '/'
        ? isWordCharacter(text[at + name.length + 1] ?? ' ')
        : isWordCharacter(behind);
    const before = text[at - 1] ?? ' ';
    if (!goesOn && (!isWordCharacter(before) || (before === '/' && partly))) return true;
    at = text.indexOf(name, at + 1);
  }
  return false;
}

const isWordCharacter = (one: string): boolean =>
  (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9') || one === '_' || one === '-' || one === '/';

/**
 * True where code speaks of nearly all that the clause does (`identify the three employees with the worst attendance`), or a
 * search of most of it.
 */
function covers({ verb, types, nouns }: Clause, action: Action, said: Spoken): boolean {
  if (verb === '' || nouns.size < 2 || action.risk >= SHARED_WORD_BELOW) return false;
  if (COMPUTING.has(action.type) && holdsCode(said))
    return countShared(said.stems, nouns) >= COVERED * nouns.size;
  if (!isTool(action) || !types.has('read') || !SEARCHING.has(action.type)) return false;
  const things = countShared(said.stems, nouns);
  return things >= SEARCHED && things >= SEARCHED_SHARE * nouns.size;
}
