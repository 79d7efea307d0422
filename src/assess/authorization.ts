import type { ActionAuthorization } from '../semconv/index.ts';
import type { AgentStep } from '../step/step.ts';
import type { AssessmentContext } from './assessment.ts';
import { isBegged } from './authorization-act.ts';
import {
  type Action,
  ALONG_BELOW,
  CHANGING,
  countShared,
  overlap,
  SHARED_WORD_BELOW,
} from './authorization-action.ts';
import { asks, fillsDestination, forbids } from './authorization-asked.ts';
import { isOther, paysStated } from './authorization-bounds.ts';
import { follows } from './authorization-implied.ts';
import { askedByName, servesAnything, toldToUse } from './authorization-name.ts';
import { grounded } from './authorization-values.ts';
import { type Request, readRequest } from './request.ts';
import { LOOKING_RULES } from './rules/request.ts';
import { words } from './rules/rule.ts';
import { type Spoken, spoken } from './spoken.ts';
import { looksOnly } from './supervision.ts';

/** Why an action counts as forbidden. */
export type Refusal = 'tool' | 'mode' | 'words';

export interface Verdict {
  readonly authorization: ActionAuthorization | undefined;
  readonly refusal?: Refusal;
}

/** Kinds of helpers that look or plan. */
const LOOKING_HELPERS: ReadonlySet<string> = new Set(
  words('explore plan research researcher reader search review reviewer'),
);
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
  const { userMessage } = context;
  const told = typeof userMessage === 'string' && userMessage !== '';
  if (changes && looksOnly(step, context)) {
    if (action.type !== 'delegate' || !onlyReads(step.arguments))
      return { authorization: 'prohibited', refusal: 'mode' };
    return told ? { authorization: 'implied' } : UNKNOWN;
  }
  if (!told) return UNKNOWN;
  return byWords(readRequest(userMessage), step, action, changes);
}

function byWords(request: Request, step: AgentStep, action: Action, changes: boolean): Verdict {
  const said = spoken(step.arguments, action.parts);
  const recorded = step.arguments !== undefined && step.arguments !== null;
  if (action.type !== 'none' && action.type !== 'read') {
    if (changes && request.looksOnly) return { authorization: 'prohibited', refusal: 'words' };
    if (request.prohibitions.some(one => forbids(one, action, said)))
      return { authorization: 'prohibited', refusal: 'words' };
  }
  const told = toldToUse(request, action.parts);
  if (told === 'prohibited') return { authorization: 'prohibited', refusal: 'words' };
  if (action.type === 'none' && (recorded || action.rule === 'tool.none'))
    return { authorization: 'implied' };
  if (request.approves && action.risk < SHARED_WORD_BELOW && !action.secret)
    return { authorization: 'explicit' };
  if (isOther(request, action, said)) return { authorization: 'none' };
  if (told === 'explicit') return { authorization: 'explicit' };
  if (!recorded) {
    const named = askedByName(request, action.parts, action.type);
    if (named !== undefined) return { authorization: named };
    if (action.risk < SHARED_WORD_BELOW && servesAnything(action.parts)) return { authorization: 'implied' };
  }
  if (
    (paysStated(request, action, said) && !request.asksOnly) ||
    fillsDestination(request, action, said) ||
    isBegged(request, action, said) ||
    request.clauses.some(clause => asks(clause, request, action, said))
  )
    return { authorization: 'explicit' };
  if (goesOn(request, action, said)) return { authorization: 'explicit' };
  const ground = grounded(request, action, said);
  if (ground === 'explicit') return { authorization: ground };
  return { authorization: ground !== undefined || follows(request, action, said) ? 'implied' : 'none' };
}

/** True where what was asked for is done once more, as the person says: `and now as a bar chart`. */
const goesOn = ({ orders, nouns, ids }: Request, { type, risk }: Action, said: Spoken): boolean =>
  orders.continues &&
  CHANGING.has(type) &&
  risk < ALONG_BELOW &&
  (countShared(said.stems, nouns) > 0 || overlap(said.ids, ids));

/** True for a helper that is told to look, and to change nothing. */
function onlyReads(args: unknown): boolean {
  const { parts } = spoken(args, NO_PARTS);
  return parts.some(([key, text]) =>
    key.endsWith('type') ? LOOKING_HELPERS.has(text.toLowerCase()) : asksToRead(text),
  );
}

function asksToRead(text: string): boolean {
  if (!text.includes(' ')) return false;
  const { looksOnly, asked, clauses, prohibitions } = readRequest(text);
  if (looksOnly || prohibitions.some(({ everything }) => everything)) return true;
  return clauses.length > 0 && asked.has('read') && ![...asked].some(type => CHANGING.has(type));
}

const NO_PARTS: readonly string[] = [];

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
