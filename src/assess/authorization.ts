import type { ActionAuthorization, ActionType } from '../semconv/index.ts';
import type { AgentStep } from '../step/step.ts';
import type { AssessmentContext } from './assessment.ts';
import { type Clause, type Prohibition, type Request, readRequest } from './request.ts';
import {
  BEYOND,
  CLEARING_VERBS,
  DEPLOY_VERBS,
  LOOKING_RULES,
  PUBLISHING_VERBS,
  SHOWING_VERBS,
  TYPES_BY_VERB,
  VAGUE_NAMES,
  VERSION_WORDS,
} from './rules/request.ts';
import { type Spoken, spoken } from './spoken.ts';
import { type Environment, looksOnly } from './supervision.ts';
import { stem } from './words.ts';

/** From this risk on, an action that the person's words do not name is not a mere part of the work. */
const ALONG_BELOW = 0.4;
/** From this risk on, sharing a word with what was asked for does not make an action a part of it. */
const SHARED_WORD_BELOW = 0.7;
/** Words that begin with as many equal letters count as one: `bench`, `benchmark`. */
const PREFIX = 5;

const CHANGING: ReadonlySet<ActionType> = new Set([
  'write',
  'delete',
  'communicate',
  'payment',
  'deploy',
  'credential',
  'delegate',
  'execute',
]);
/** Up to this risk nothing is lost: a build, a test, what is made again. */
const HARDLY = 0.2;
/** Types that are only asked for by naming what they are done to. */
const GRAVE: ReadonlySet<ActionType> = new Set(['payment', 'delete', 'deploy', 'credential']);
/** Beginnings of rules that say how something is done, and not to what. */
const OPEN_ENDED: readonly string[] = ['package.', 'shell.remote_code', 'shell.piped', 'shell.encoded'];
/** Up to this risk what is deleted follows from a request to clear up. */
const CLEARING_BELOW = 0.5;
/** Beginnings of rules by which something becomes public. */
const PUBLISHING: readonly string[] = [
  'tool.broadcast',
  'tool.post',
  'tool.submit',
  'http.post_public',
  'tool.escalate',
];
const PUBLISHING_STEMS: ReadonlySet<string> = new Set([...PUBLISHING_VERBS].map(stem));
const DEPLOY_STEMS: ReadonlySet<string> = new Set([...DEPLOY_VERBS].map(stem));
const SHOWING_STEMS: ReadonlySet<string> = new Set([...SHOWING_VERBS].map(stem));
const CLEARING_STEMS: ReadonlySet<string> = new Set([...CLEARING_VERBS].map(stem));
const VERB_STEMS: ReadonlySet<string> = new Set([...TYPES_BY_VERB.keys()].map(stem));
const VERSION_STEMS: ReadonlySet<string> = new Set([...VERSION_WORDS].map(stem));

/** Why an action counts as forbidden. */
export type Refusal = 'tool' | 'mode' | 'words';

export interface Verdict {
  readonly authorization: ActionAuthorization | undefined;
  readonly refusal?: Refusal;
}

export interface Action {
  readonly type: ActionType;
  readonly risk: number;
  /** The rule that says what the action does. */
  readonly rule: string;
  /** Parts of the tool's name. */
  readonly parts: readonly string[];
  /** False where nothing is known of what the call does. */
  readonly known: boolean;
  /** The effect is on a system that others share. */
  readonly shared: boolean;
  /** A secret is read. */
  readonly secret: boolean;
  /** Where an effect on a shared system takes place, as far as it is known. */
  readonly environment: Environment | undefined;
}

const UNKNOWN: Verdict = { authorization: undefined };

/**
 * Whether the agent was allowed to do what it did: by a person's approval of this very call, the tools it was given, its mode, and the person's words. The words are compared by verbs and
 * nouns, which is no understanding: a paraphrase is missed, and so is irony.
 */
export function authorize(step: AgentStep, context: AssessmentContext, action: Action | undefined): Verdict {
  if (context.approvedByHuman === true) return { authorization: 'explicit' };
  if (!isGranted(step, context)) return { authorization: 'prohibited', refusal: 'tool' };
  if (action === undefined) return UNKNOWN;
  const changes =
    CHANGING.has(action.type) &&
    action.known &&
    !action.secret &&
    !LOOKING_RULES.has(action.rule) &&
    (action.type !== 'execute' || action.risk >= 0.25);
  if (changes && looksOnly(step, context)) return { authorization: 'prohibited', refusal: 'mode' };
  const { userMessage } = context;
  if (typeof userMessage !== 'string' || userMessage === '') return UNKNOWN;
  return byWords(readRequest(userMessage), step, action, changes);
}

function byWords(request: Request, step: AgentStep, action: Action, changes: boolean): Verdict {
  const said = spoken(step.arguments, action.parts);
  if (action.type !== 'none' && action.type !== 'read') {
    if (changes && request.looksOnly) return { authorization: 'prohibited', refusal: 'words' };
    if (request.prohibitions.some(one => forbids(one, action, said)))
      return { authorization: 'prohibited', refusal: 'words' };
  }
  if (action.type === 'none') return { authorization: 'implied' };
  if (isOther(request, action, said)) return { authorization: 'none' };
  if (request.clauses.some(clause => asks(clause, request, action, said)))
    return { authorization: 'explicit' };
  return { authorization: follows(request, action, said) ? 'implied' : 'none' };
}

function forbids(one: Prohibition, action: Action, said: Spoken): boolean {
  const names = overlap(said.stems, one.nouns);
  if (overlap(said.stems, one.verbs)) return one.everything || names || one.nouns.size === 0;
  return one.types.has(action.type) && (names || one.everything);
}

/** True where the call goes to somebody else, or is about another number, than the person named. */
function isOther(request: Request, action: Action, said: Spoken): boolean {
  if (!CHANGING.has(action.type)) return false;
  if (said.recipients.size > 0 && !overlap(said.recipients, request.nouns)) return true;
  if (action.environment === 'production' && request.environment === 'scratch') return true;
  return request.ids.size > 0 && said.ids.size > 0 && isTool(action) && !overlap(said.ids, request.ids);
}

/**
 * A clause asks for an action of its type where the call shares its verb and a thing. Where the verb stands in other words, it takes two things, and of a tool's call
 * three; what was named before stands in for `it`.
 */
function asks(clause: Clause, request: Request, action: Action, said: Spoken): boolean {
  if (!clause.types.has(action.type)) return false;
  if (isVersionControl(action) && !VERSION_STEMS.has(clause.verb)) return false;
  const things = countShared(said.stems, clause.nouns);
  const verb = clause.verb !== '' && said.stems.has(clause.verb);
  const literal = request.literals.some(one => said.text.includes(one));
  if (action.type === 'read') return things > (verb || SHOWING_STEMS.has(clause.verb) ? 0 : 1);
  // whoever asks to tell somebody leaves open how, but not to publish
  if (action.type === 'communicate') {
    const publishes = PUBLISHING.some(one => action.rule.startsWith(one));
    if (publishes && !PUBLISHING_STEMS.has(clause.verb)) return false;
    return things > 0 || countShared(said.stems, request.nouns) > 0;
  }
  if (isVersionControl(action) && verb) return true;
  if (verb) {
    if (GRAVE.has(action.type) && isTool(action) && namesOther(action, request)) return false;
    if (things > 0 || clause.nouns.size === 0) return !clause.pronoun || !isFile(action);
    if (clause.pronoun) return countShared(said.stems, request.nouns) > 0;
    if (isTool(action)) return action.type === 'payment';
    const open = OPEN_ENDED.some(one => action.rule.startsWith(one));
    return action.type === 'execute' && action.risk < ALONG_BELOW && !open;
  }
  if (action.type === 'network' || action.type === 'credential') return false;
  if (isTool(action)) return things > 2;
  if (literal) return true;
  if (action.rule.startsWith('package.')) return things > 0;
  return things > (action.type === 'deploy' && DEPLOY_STEMS.has(clause.verb) ? 0 : 1);
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

/** What the person did not name, but what follows from what they did. */
function follows(request: Request, action: Action, said: Spoken): boolean {
  if (request.open) return action.risk < SHARED_WORD_BELOW;
  const { type, risk } = action;
  const things = countShared(said.stems, request.nouns) + (overlap(said.stems, verbsOf(request)) ? 1 : 0);
  const asked = request.asked.has(type);
  if (action.secret) return things > 0 && request.asked.has('credential');
  if (type === 'read') return risk <= ALONG_BELOW || things > 0;
  if (BEYOND.some(one => action.rule.startsWith(one))) return things > 0 && asked && risk < ALONG_BELOW;
  const wantsWork = [...request.asked].some(one => CHANGING.has(one));
  switch (type) {
    case 'network':
      return risk < ALONG_BELOW;
    case 'execute':
      if (action.shared) return things > 0 && asked && risk < SHARED_WORD_BELOW;
      return risk <= HARDLY || (wantsWork && risk < ALONG_BELOW);
    case 'write':
      if (isVersionControl(action)) return overlap(VERSION_STEMS, request.nouns) || asksVersion(request);
      if (isTool(action)) return things > 0 && asked && risk < ALONG_BELOW;
      return (wantsWork || things > 0) && risk < ALONG_BELOW && !action.shared
        ? true
        : things > 0 && asked && risk < SHARED_WORD_BELOW;
    case 'delete':
      if (asked && risk < CLEARING_BELOW && clears(request)) return true;
      return (risk <= HARDLY && wantsWork) || (things > 0 && asked && risk < ALONG_BELOW);
    case 'credential':
      return asked && risk < SHARED_WORD_BELOW && (things > 0 || risk < ALONG_BELOW);
    default:
      return things > 0 && asked && risk < SHARED_WORD_BELOW;
  }
}

const verbsOf = (request: Request): ReadonlySet<string> =>
  new Set(request.clauses.filter(clause => clause.verb !== '').map(clause => clause.verb));

const clears = (request: Request): boolean => request.clauses.some(({ verb }) => CLEARING_STEMS.has(verb));

const asksVersion = (request: Request): boolean =>
  request.clauses.some(clause => VERSION_STEMS.has(clause.verb));

const isVersionControl = ({ rule }: Action): boolean => rule.startsWith('git.');
const isTool = ({ rule }: Action): boolean =>
  (rule.startsWith('tool.') && rule !== 'tool.editor') || rule.startsWith('mcp.');
const isFile = ({ rule }: Action): boolean => rule.startsWith('path.');

function overlap(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const one of some) if (others.has(one)) return true;
  return false;
}

/** How many of the words stand among the others, or begin as one of them does. */
function countShared(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
  let count = 0;
  for (const other of others) if (some.has(other) || beginsAlike(some, other)) count += 1;
  return count;
}

function beginsAlike(some: ReadonlySet<string>, other: string): boolean {
  if (other.length < PREFIX) return false;
  const beginning = other.slice(0, PREFIX);
  for (const one of some) if (one.startsWith(beginning)) return true;
  return false;
}

/** True where no list of tools says otherwise. */
function isGranted(step: AgentStep, { allowedTools }: AssessmentContext): boolean {
  if (!Array.isArray(allowedTools) || typeof step.toolName !== 'string') return true;
  const name = step.toolName;
  return allowedTools.some(entry => allows(entry, name));
}

/** An entry is a name, a name with a scope in parentheses (`Bash(git:*)`), a beginning ending in `*`, or an MCP server (`mcp__files`). */
function allows(entry: unknown, name: string): boolean {
  if (typeof entry !== 'string' || entry === '') return false;
  if (entry === name) return true;
  if (entry.endsWith('*') && name.startsWith(entry.slice(0, -1))) return true;
  if (entry.startsWith('mcp__') && name.startsWith(`${entry}__`)) return true;
  const scope = entry.indexOf('(');
  return scope > 0 && entry.slice(0, scope) === name;
}
