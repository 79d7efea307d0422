import { isDeepStrictEqual } from 'node:util';
import {
  recordAutonomyBoundary,
  recordClarificationRequest,
  recordIntervention,
  type SignalAttributes,
} from '../signals/index.ts';
import { approvalBy, correctionBy, type Decider, denialBy } from './decision.ts';
import { quietly } from './quietly.ts';

export interface ClaudeAgentTapOptions {
  /** Who answers in `canUseTool`. Default `human`. */
  readonly approver?: Decider;
  /** Who interrupts a run. Default `human`. */
  readonly aborter?: Decider;
  /**
   * Report `setPermissionMode`. Default true. Set it to false where the agent's own telemetry goes to a Collector with
   * `collector-config/`: that reports the same change, and a change has no call id by which duplicates are known.
   */
  readonly modeChanges?: boolean;
}

/** A function such as `query` of the Claude Agent SDK. */
// biome-ignore lint/suspicious/noExplicitAny: the SDK's own types must fit
type Query = (params: any) => AsyncGenerator<any, void> & Controls;
interface Controls {
  setPermissionMode?: (mode: never) => Promise<unknown>;
}

/**
 * Wraps `query` of the Claude Agent SDK: answers of `canUseTool`, interruptions and changes of the permission mode. The agent
 * runs in a process of its own and sends its own telemetry; these signals go to the application's active span and carry
 * the agent's session and call ids, so that both sides' reports of one decision have one id.
 */
export function tapClaudeAgent<Q extends Query>(
  query: Q,
  { approver = 'human', aborter = 'human', modeChanges = true }: ClaudeAgentTapOptions = {},
): Q {
  return ((params: Parameters<Query>[0]) => {
    const session: Session = { id: undefined, mode: modeOf(params?.options?.permissionMode) };
    const options = { ...params?.options };
    if (typeof options.canUseTool === 'function')
      options.canUseTool = tapped(options.canUseTool, session, approver);
    const messages = query({ ...params, options });
    quietly(TAP, () => watchModes(messages, session, modeChanges));
    return observed(messages, message => {
      const first = session.id === undefined;
      session.id ??= textOf(message.session_id);
      // known only now, and never said by the agent's own telemetry
      if (first && session.id !== undefined && session.mode === BYPASS) bypass(session, undefined);
      if (message.type === 'result' && STOPPED.has(textOf(message.terminal_reason) ?? ''))
        recordIntervention({ type: 'stop', initiator: aborter, outcome: 'stopped', ...where(session) });
    });
  }) as Q;
}

const TAP = 'the Claude Agent SDK';
const BYPASS = 'bypassPermissions';
const STOPPED: ReadonlySet<string> = new Set(['aborted_streaming', 'aborted_tools']);

interface Session {
  id: string | undefined;
  mode: string;
}
interface Answer {
  readonly behavior?: string;
  readonly updatedInput?: unknown;
}
type CanUseTool = (
  tool: string,
  input: unknown,
  options?: { readonly toolUseID?: string },
) => Promise<Answer>;

function tapped(canUseTool: CanUseTool, session: Session, approver: Decider): CanUseTool {
  return async (tool, input, options) => {
    // the callback may change what it is given
    const before = quietly(TAP, () => structuredClone(input));
    const answer = await canUseTool(tool, input, options);
    quietly(TAP, () => {
      const toolCallId = options?.toolUseID;
      const place = { ...(toolCallId === undefined ? {} : { toolCallId }), ...where(session, tool) };
      if (tool === 'AskUserQuestion') return recordClarificationRequest(place);
      if (answer?.behavior === 'deny') return recordIntervention({ ...denialBy(approver), ...place });
      if (answer?.behavior !== 'allow') return;
      const { updatedInput } = answer;
      const edited = updatedInput !== undefined && !isDeepStrictEqual(updatedInput, before);
      recordIntervention({ ...(edited ? correctionBy : approvalBy)(approver), ...place });
    });
    return answer;
  };
}

function watchModes(messages: Controls, session: Session, report: boolean): void {
  const { setPermissionMode } = messages;
  if (setPermissionMode === undefined) return;
  messages.setPermissionMode = async mode => {
    const done = await setPermissionMode.call(messages, mode);
    quietly(TAP, () => {
      const from = session.mode;
      session.mode = modeOf(mode);
      if (!report || from === session.mode) return;
      if (session.mode === BYPASS) bypass(session, from);
      else recordAutonomyBoundary({ type: 'mode_change', from, to: session.mode, ...where(session) });
    });
    return done;
  };
}

const bypass = (session: Session, from: string | undefined): void =>
  recordAutonomyBoundary({
    type: 'bypass',
    ...(from === undefined ? {} : { from }),
    to: BYPASS,
    ...where(session),
  });

/**
 * Hands on a generator as it is, methods and all, and shows each message to `look` as it passes. The SDK's generator
 * iterates over an inner one, through which its own `next` goes too.
 */
function observed<G extends AsyncGenerator<Record<string, unknown>, void>>(
  messages: G,
  look: (message: Record<string, unknown>) => void,
): G {
  quietly(TAP, () => {
    const inner = messages[Symbol.asyncIterator]();
    const next = inner.next.bind(inner);
    inner.next = async (...args) => {
      const step = await next(...args);
      if (step.done !== true) quietly(TAP, () => look(step.value));
      return step;
    };
  });
  return messages;
}

const modeOf = (mode: unknown): string => textOf(mode) ?? 'default';
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function where(session: Session, tool?: string): { attributes: SignalAttributes } {
  return {
    attributes: {
      ...(session.id === undefined ? {} : { 'session.id': session.id }),
      ...(tool === undefined ? {} : { 'gen_ai.tool.name': tool }),
    },
  };
}
