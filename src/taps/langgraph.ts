import { recordClarificationRequest, recordIntervention } from '../signals/index.ts';
import { sessionNow } from './claims.ts';
import { approvalBy, correctionBy, type Decider, denialBy } from './decision.ts';
import { recordDeniedCall, type ToolCall } from './denied-call.ts';
import { fingerprint } from './fingerprint.ts';
import { quietly } from './quietly.ts';

/** What a payload of `interrupt()` asks for: an answer to a question, or a yes to calls of tools. */
export type Asked =
  | { readonly kind: 'question' }
  | { readonly kind: 'approval'; readonly calls: readonly ToolCall[] };
/** What a resume value says of one call. */
export type Answered = 'approved' | 'denied' | 'modified' | 'unknown';

export interface LangGraphTapOptions {
  /** Who answers. Default `human`. */
  readonly approver?: Decider;
  /**
   * Report that the graph waits for an approval. Default true. Set it to false where OpenInference instruments LangChain: its spans
   * say the same, the processor reads it there, and of one pause there must be one signal.
   */
  readonly pauses?: boolean;
  /** Reads a payload. Default: `askedOf`. */
  readonly asked?: (payload: unknown) => Asked;
  /** Reads what a resume value says of the call at `index`. Default: `answeredOf`. */
  readonly answered?: (value: unknown, index: number) => Answered;
}

/**
 * Wraps LangGraph's `interrupt`. The first call suspends the graph: a question is a clarification request, a request to approve
 * is a pause. The call that returns has the answer: an approval, a correction, or a denial, which gets a step of its own.
 */
export function tapInterrupt<F extends (payload: never) => unknown>(
  interrupt: F,
  { approver = 'human', pauses = true, asked = askedOf, answered = answeredOf }: LangGraphTapOptions = {},
): F {
  const suspended = (payload: unknown): void => {
    const what = asked(payload);
    reported.delete(keyOf(payload));
    if (what.kind === 'question') recordClarificationRequest();
    else if (pauses)
      for (const { toolCallId } of what.calls)
        recordIntervention({ type: 'pause', initiator: 'agent', ...idOf(toolCallId) });
  };
  const resumed = (payload: unknown, value: unknown): void => {
    const what = asked(payload);
    if (what.kind === 'question' || !firstTime(keyOf(payload))) return;
    for (const [index, call] of what.calls.entries()) {
      const answer = answered(value, index);
      if (answer === 'denied') recordDeniedCall(call, denialBy(approver));
      else if (answer !== 'unknown') {
        const decision = answer === 'approved' ? approvalBy(approver) : correctionBy(approver);
        recordIntervention({ ...decision, ...idOf(call.toolCallId) });
      }
    }
  };
  return ((payload: never) => {
    let value: unknown;
    try {
      value = interrupt(payload);
    } catch (thrown) {
      // anything else is a mistake, such as a graph without a checkpointer
      if ((thrown as Error | undefined)?.name === 'GraphInterrupt') quietly(TAP, () => suspended(payload));
      throw thrown;
    }
    quietly(TAP, () => resumed(payload, value));
    return value;
  }) as F;
}

/**
 * The two shapes of LangChain's human in the loop, `action_request` with `action` and `args`, and `action_requests` with
 * `name` and `args`, and a plain `{ tool, args }`. Anything else is a question.
 */
export function askedOf(payload: unknown): Asked {
  const requests = [payload].flat().flatMap(one => {
    const { action_request, action_requests, actionRequests } = objectOf(one);
    return action_requests ?? actionRequests ?? action_request ?? one;
  });
  const calls = (Array.isArray(requests) ? requests : []).flatMap(request => {
    const { tool, name, action, args, id, tool_call_id } = objectOf(request);
    const toolName = [tool, name, action].find(one => typeof one === 'string');
    const toolCallId = [tool_call_id, id].find(one => typeof one === 'string');
    return toolName === undefined || args === undefined
      ? []
      : [{ toolName: toolName as string, toolCallId: toolCallId as string | undefined, arguments: args }];
  });
  return calls.length === 0 ? { kind: 'question' } : { kind: 'approval', calls };
}

const ANSWERS: Readonly<Record<string, Answered>> = {
  accept: 'approved',
  approve: 'approved',
  approved: 'approved',
  edit: 'modified',
  reject: 'denied',
  deny: 'denied',
  denied: 'denied',
  ignore: 'denied',
  response: 'denied',
};

/** A boolean, `{ type }` with a word of LangChain's, `{ approved }`, a list of these, or `{ decisions }`. */
export function answeredOf(value: unknown, index: number): Answered {
  const { decisions } = objectOf(value);
  const list = Array.isArray(decisions) ? decisions : Array.isArray(value) ? value : undefined;
  const one = list === undefined ? value : list[index];
  const { type, approved } = objectOf(one);
  const said = typeof one === 'boolean' ? one : approved;
  if (typeof said === 'boolean') return said ? 'approved' : 'denied';
  return (typeof type === 'string' && Object.hasOwn(ANSWERS, type) && ANSWERS[type]) || 'unknown';
}

export const TAP = 'LangGraph';
const MAX_REPORTED = 1_000;

/** Interrupts whose answer was reported: a node runs from its start each time that it is resumed. Hashes, never content. */
const reported = new Set<string>();

function firstTime(key: string): boolean {
  if (reported.has(key)) return false;
  if (reported.size >= MAX_REPORTED) reported.delete(reported.keys().next().value ?? '');
  reported.add(key);
  return true;
}

const keyOf = (payload: unknown): string => fingerprint([sessionNow(), payload]);

const idOf = (toolCallId: string | undefined): { toolCallId?: string } =>
  toolCallId === undefined ? {} : { toolCallId };

export const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
