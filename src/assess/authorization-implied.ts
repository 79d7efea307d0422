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
import { SCRIPTS, standsIn } from './authorization-asked.ts';
import type { Request } from './request.ts';
import { BEYOND, CLEARING_VERBS, VERSION_WORDS } from './rules/request.ts';
import { GENERIC_ACTS } from './rules/request-acts.ts';
import { CONFIDED, PROVIDING_ACTS, REMEDIES } from './rules/request-values.ts';
import { edits, greetedBy, type Spoken } from './spoken.ts';
import { stem } from './words.ts';

/** Up to this risk nothing is lost: a build, a test, what is made again. */
const HARDLY = 0.2;
/** Rules of calls that go on with a program that was started before. */
const GOES_ON: ReadonlySet<string> = new Set(['tool.shell', 'unread_arguments']);
/** Rules of tools of which nothing is known: what speaks of a question most likely looks for its answer. */
const UNREAD: ReadonlySet<string> = new Set(['tool.unknown']);
/** Up to this risk what is deleted follows from a request to clear up. */
const CLEARING_BELOW = 0.5;
const CLEARING_STEMS: ReadonlySet<string> = new Set([...CLEARING_VERBS].map(stem));
const VERSION_STEMS: ReadonlySet<string> = new Set([...VERSION_WORDS].map(stem));

/** What the person did not name, but what follows from what they did. */
export function follows(request: Request, action: Action, said: Spoken): boolean {
  if (request.open) return action.risk < SHARED_WORD_BELOW;
  const { risk } = action;
  if (remedies(request, action, said)) return true;
  // a program that deletes is run as any other
  const runs = SCRIPTS.has(action.rule);
  if (runs && request.writesOnly) return false;
  const type = runs ? 'execute' : action.type;
  const asked = request.asked.has(type);
  const wantsWork = [...request.asked].some(one => CHANGING.has(one));
  if (type === 'communicate' && risk < ALONG_BELOW && greetsNamed(request, said)) return true;
  if (type === 'credential' && wantsWork && usesKey(request, action, said)) return risk < SHARED_WORD_BELOW;
  if (action.secret) return request.asked.has('credential') && shares(request, said);
  if (type === 'read' && isConfided(action) && !shares(request, said)) return false;
  if (type === 'read') return risk <= ALONG_BELOW || shares(request, said);
  if (BEYOND.some(one => action.rule.startsWith(one)))
    return asked && risk < ALONG_BELOW && shares(request, said);
  switch (type) {
    case 'network':
      return risk < ALONG_BELOW || (risk <= ALONG_BELOW && shares(request, said));
    case 'execute':
      if (action.shared) return asked && risk < SHARED_WORD_BELOW && shares(request, said);
      // it does as it is told to another thing
      if (
        action.rule === 'tool.run' &&
        said.plain === 0 &&
        said.acts.size > 0 &&
        countShared(said.stems, request.nouns) === 0
      )
        return false;
      if (UNREAD.has(action.rule) && request.asksOnly) return said.acts.size === 0 && shares(request, said);
      if (request.states && risk < ALONG_BELOW && !isTool(action)) return true;
      if (wantsWork && (risk < ALONG_BELOW || GOES_ON.has(action.rule))) return true;
      return risk <= HARDLY || request.literals.some(one => standsIn(said, one.text));
    case 'write':
      // what is only asked about is not changed
      if (request.asksOnly && isFile(action) && edits(said)) return false;
      if (isVersionControl(action)) return overlap(VERSION_STEMS, request.nouns) || asksVersion(request);
      if (isTool(action) && request.states)
        return risk < ALONG_BELOW && (overlap(said.ids, request.ids) || shares(request, said));
      if (isTool(action) && risk > HARDLY && !isGeneric(action) && !meansAny(request, said)) return false;
      if (request.states && isFile(action) && risk < ALONG_BELOW) return true;
      if (isTool(action)) return asked && risk < ALONG_BELOW && shares(request, said);
      if (risk < ALONG_BELOW && !action.shared) return wantsWork || shares(request, said);
      return asked && risk < SHARED_WORD_BELOW && shares(request, said);
    case 'delete':
      if (asked && risk < CLEARING_BELOW && clears(request)) return true;
      return (risk <= HARDLY && wantsWork) || (asked && risk < ALONG_BELOW && shares(request, said));
    case 'credential':
      return asked && risk < SHARED_WORD_BELOW && (risk < ALONG_BELOW || shares(request, said));
    default:
      if (type !== 'communicate' && isTool(action) && !meansAny(request, said)) return false;
      return asked && risk < SHARED_WORD_BELOW && shares(request, said);
  }
}

/** True for what a service does for somebody who complains, or provides for somebody who says what is needed. */
function remedies(request: Request, action: Action, said: Spoken): boolean {
  const { orders } = request;
  if (!(orders.complains || orders.needs) || !isTool(action) || !CHANGING.has(action.type)) return false;
  if (action.secret || action.risk >= SHARED_WORD_BELOW) return false;
  if (orders.complains && action.parts.some(part => REMEDIES.has(part))) return true;
  return (
    orders.needs &&
    !orders.effects &&
    overlap(said.acts, PROVIDING_ACTS) &&
    (countShared(said.stems, request.nouns) > 1 || (action.risk < ALONG_BELOW && namesThing(action, request)))
  );
}

const namesThing = ({ parts }: Action, { nouns }: Request): boolean =>
  parts.some(part => nouns.has(stem(part)));

/** True for records that somebody confided. */
const isConfided = ({ parts }: Action): boolean => parts.some(part => CONFIDED.has(part));

/** True where the tool's name does anything of what was asked for, or does not say what it does. */
const meansAny = ({ clauses, verbs }: Request, { acts }: Spoken): boolean =>
  acts.size === 0 ||
  clauses.some(
    one => (one.verb !== '' || verbs.size === 0) && (one.acts.size === 0 || overlap(one.acts, acts)),
  );

const isGeneric = ({ parts }: Action): boolean => parts.some(part => GENERIC_ACTS.has(part));

/** True where the call speaks of anything that the person did. */
const shares = (request: Request, said: Spoken): boolean =>
  overlap(request.verbs, said.stems) || countShared(said.stems, request.nouns) > 0;

function greetsNamed(request: Request, said: Spoken): boolean {
  const greeted = greetedBy(said);
  return greeted !== undefined && request.nouns.has(stem(greeted));
}

/** True for a key that the person wrote down or has written into an address, and where somebody logs in: how the work gets where it is to be done. */
function usesKey(request: Request, { rule }: Action, said: Spoken): boolean {
  if (rule === 'code.fill_secret' || givesKey(request, said)) return true;
  return rule === 'secret.in_arguments' && countShared(said.stems, request.nouns) > 1;
}

/** True where a long word with a digit, as keys are, stands in the person's words and in the call. */
function givesKey({ ids }: Request, said: Spoken): boolean {
  return overlap(said.keys, ids);
}

const clears = (request: Request): boolean => request.clauses.some(({ verb }) => CLEARING_STEMS.has(verb));

const asksVersion = (request: Request): boolean =>
  request.clauses.some(clause => VERSION_STEMS.has(clause.verb));
