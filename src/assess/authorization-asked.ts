import type { ActionType } from '../semconv/index.ts';
import {
  type Action,
  ALONG_BELOW,
  CHANGING,
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
  TYPES_BY_VERB,
  VAGUE_NAMES,
  VERSION_WORDS,
} from './rules/request.ts';
import { greetedBy, holdsCode, replaces, type Spoken, tellsDeed } from './spoken.ts';
import { stem } from './words.ts';

/** Types that are only asked for by naming what they are done to. */
const GRAVE: ReadonlySet<ActionType> = new Set(['payment', 'delete', 'deploy', 'credential']);
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
const VERB_STEMS: ReadonlySet<string> = new Set([...TYPES_BY_VERB.keys()].map(stem));
const VERSION_STEMS: ReadonlySet<string> = new Set([...VERSION_WORDS].map(stem));

export function forbids(one: Prohibition, action: Action, said: Spoken): boolean {
  if (one.only) return isFile(action) && CHANGED_FILES.has(action.type) && !isWithin(one.literals, said);
  if (one.literals.length > 0 && isFile(action) && !isWithin(one.literals, said)) return false;
  const names = overlap(said.stems, one.nouns);
  if (overlap(said.stems, one.verbs)) return one.everything || names || one.nouns.size === 0;
  return one.types.has(action.type) && (names || one.everything);
}

/** True where the call names one of the files or folders. */
const isWithin = (literals: readonly Literal[], { text }: Spoken): boolean =>
  literals.some(one => text.includes(one.text));

/** True where the call goes to somebody else, or is about another number, than the person named. */
export function isOther(request: Request, action: Action, said: Spoken): boolean {
  if (!CHANGING.has(action.type)) return false;
  if (said.recipients.size > 0 && !overlap(said.recipients, request.nouns)) return true;
  if (action.type === 'communicate' && greetsOther(request, said)) return true;
  if (action.environment === 'production' && request.environment === 'scratch') return true;
  return request.ids.size > 0 && said.ids.size > 0 && isTool(action) && !overlap(said.ids, request.ids);
}

/** True where the message greets one person, and the person asked to speak with another. */
function greetsOther(request: Request, said: Spoken): boolean {
  const greeted = greetedBy(said);
  if (greeted === undefined || request.nouns.has(stem(greeted))) return false;
  return request.clauses.some(
    ({ types, nouns }) => types.has('communicate') && overlap(nouns, request.names),
  );
}

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
    // a report of what was done is no answer to a request to ask
    if (!TELLING_STEMS.has(clause.verb) && !clause.words.includes('that') && tellsDeed(said)) return false;
    return things > 0 || countShared(said.stems, request.nouns) > 0;
  }
  if (isVersionControl(action) && verb) return true;
  // what was asked to be made is made once: what is changed of it or run later is a part of the work
  if (MAKING_STEMS.has(clause.verb) && (replaces(said) || runs)) return false;
  if (verb) {
    if (GRAVE.has(action.type) && isTool(action) && namesOther(action, request)) return false;
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

/** True where the tool's name says behind its verb what it is about, and nothing of it was named by the person. */
function namesOther({ parts }: Action, request: Request): boolean {
  const verb = parts.findLastIndex(part => request.clauses.some(clause => clause.verb === stem(part)));
  const things = parts
    .slice(verb + 1)
    .filter(part => !VAGUE_NAMES.has(part))
    .map(stem)
    .filter(part => !request.clauses.some(({ verb }) => verb === part));
  return things.length > 0 && !things.some(one => request.nouns.has(one)) && !things.every(isVerb);
}

const isVerb = (one: string): boolean => VERB_STEMS.has(one);
