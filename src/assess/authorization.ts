import type { ActionAuthorization, ActionType } from '../semconv/index.ts';
import type { AgentStep } from '../step/step.ts';
import type { AssessmentContext } from './assessment.ts';
import { hasDigit, type Prohibition, type Request, readRequest, stem, wordsOf } from './request.ts';
import { RECIPIENT_KEYS } from './rules/arguments.ts';
import { STOP_WORDS, TYPES_BY_VERB } from './rules/request.ts';
import { looksOnly } from './supervision.ts';

const MAX_ACTION_TEXT = 4096;
const MAX_NODES = 256;
/** From this risk on, an action that the person's words do not cover is not a mere part of the work. */
const IMPLIED_BELOW = 0.4;

/** Types that ordinary work needs along the way. */
const ALONG: ReadonlySet<ActionType> = new Set(['read', 'none', 'network', 'execute', 'write']);
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

const TYPES_BY_STEM: ReadonlyMap<string, ReadonlySet<ActionType>> = new Map(
  [...TYPES_BY_VERB].map(([verb, types]) => [stem(verb), types] as const),
);

/** Why an action counts as forbidden. */
export type Refusal = 'tool' | 'mode' | 'words';

export interface Verdict {
  readonly authorization: ActionAuthorization | undefined;
  readonly refusal?: Refusal;
}

export interface Action {
  readonly type: ActionType;
  readonly risk: number;
  /** Parts of the tool's name. */
  readonly parts: readonly string[];
  /** False where nothing is known of what the call does. */
  readonly known: boolean;
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
    CHANGING.has(action.type) && action.known && (action.type !== 'execute' || action.risk >= 0.25);
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
  if (asks(request, action, said)) return { authorization: 'explicit' };
  if (action.type === 'none') return { authorization: 'implied' };
  const wantsChange = [...request.types].some(type => CHANGING.has(type));
  const along =
    ALONG.has(action.type) && action.risk < IMPLIED_BELOW && (wantsChange || action.type !== 'write');
  return { authorization: along ? 'implied' : 'none' };
}

function forbids(one: Prohibition, action: Action, said: Spoken): boolean {
  const names = overlap(said.stems, one.nouns);
  if (overlap(said.stems, one.verbs)) return one.everything || names || one.nouns.size === 0;
  return one.types.has(action.type) && (names || one.everything);
}

/**
 * A verb that stands in the call as well and asks for its type, together with a thing that both name; or, for what changes something, any
 * verb that asks for its type, and a thing that both name.
 */
function asks(request: Request, action: Action, said: Spoken): boolean {
  if (said.recipients.size > 0 && !overlap(said.recipients, request.nouns)) return false;
  if (
    request.ids.size > 0 &&
    said.ids.size > 0 &&
    !overlap(said.ids, request.ids) &&
    CHANGING.has(action.type)
  )
    return false;
  const common = [...said.stems].filter(one => request.nouns.has(one));
  const verb = common.find(one => request.verbs.has(one) && asksFor(one, action.type));
  if (verb !== undefined && (common.length > 1 || request.nouns.size <= 2)) return true;
  if (!request.types.has(action.type)) return false;
  if (request.literals.some(literal => said.text.includes(literal))) return true;
  return common.length >= (ALONG.has(action.type) && action.type !== 'write' ? 2 : 1);
}

function asksFor(verbStem: string, type: ActionType): boolean {
  return TYPES_BY_STEM.get(verbStem)?.has(type) === true;
}

function overlap(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const one of some) if (others.has(one)) return true;
  return false;
}

/** What a call says in words: stems of its tool's name and arguments, its numbers, and whom it goes to. */
interface Spoken {
  readonly stems: Set<string>;
  readonly ids: Set<string>;
  readonly recipients: Set<string>;
  /** The texts themselves, in lower case. */
  text: string;
  left: number;
  nodes: number;
}

function spoken(args: unknown, parts: readonly string[]): Spoken {
  const said: Spoken = {
    stems: new Set(),
    ids: new Set(),
    recipients: new Set(),
    text: '',
    left: MAX_ACTION_TEXT,
    nodes: 0,
  };
  for (const part of parts) said.stems.add(stem(part));
  let value = args;
  if (typeof value === 'string' && value.length <= 65_536 && value.trimStart().startsWith('{')) {
    try {
      value = JSON.parse(value);
    } catch {
      // the text as it stands
    }
  }
  try {
    collect(value, '', 0, said);
  } catch {
    // an object with getters of its own
  }
  return said;
}

function collect(value: unknown, key: string, depth: number, said: Spoken): void {
  if (said.nodes++ > MAX_NODES || depth > 4) return;
  if (typeof value === 'number') said.ids.add(String(value));
  else if (typeof value === 'string') {
    const text = value.slice(0, Math.max(0, said.left));
    said.left -= text.length;
    said.text += `${text.toLowerCase()}\n`;
    const recipient = RECIPIENT_KEYS.has(key);
    for (const word of wordsOf(text)) {
      if (word === '.' || STOP_WORDS.has(word)) continue;
      said.stems.add(stem(word));
      if (hasDigit(word)) said.ids.add(word);
      if (recipient) said.recipients.add(stem(word));
    }
  } else if (Array.isArray(value)) for (const item of value) collect(item, key, depth + 1, said);
  else if (typeof value === 'object' && value !== null)
    for (const name in value)
      collect((value as Record<string, unknown>)[name], name.toLowerCase(), depth + 1, said);
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
