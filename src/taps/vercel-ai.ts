import { context, createContextKey } from '@opentelemetry/api';
import { boundedSet } from '../assess/session-bounds.ts';
import { recordAutonomyBoundary, recordIntervention } from '../signals/index.ts';
import { Claims, sessionNow } from './claims.ts';
import { approvalBy, correctionBy, type Decider, type Decision, denialBy, PAUSE } from './decision.ts';
import { recordDeniedCall, type ToolCall } from './denied-call.ts';
import { fingerprint } from './fingerprint.ts';
import { quietly } from './quietly.ts';
import { stopBy } from './stop.ts';

export interface VercelAITapOptions {
  /** Who answers the tool calls that wait for approval. Default `human`. */
  readonly approver?: Decider;
  /** Who aborts a run. Absent by default: the SDK does not say. */
  readonly aborter?: Decider;
}

/** The part of the AI SDK's interface `Telemetry` that this tap takes: an object for `registerTelemetry`. */
export interface VercelAITap {
  onStart(event: unknown): void;
  onStepEnd(event: unknown): void;
  onAbort(event: unknown): void;
  onError(event: unknown): void;
  executeTool<T>(options: { toolCallId: string; execute: () => PromiseLike<T> }): PromiseLike<T>;
}

/**
 * Reports approvals, denials, corrections, pauses, steering and aborts of the Vercel AI SDK 7, none of which its spans show; success that
 * is claimed over a failed result; and a run with tools of its own that a tool starts, which is a delegation.
 * Register it before the SDK's own `OpenTelemetry`, whose tool span is then active where an approved call runs:
 * `registerTelemetry(tapVercelAI(), new OpenTelemetry())`.
 *
 * What has no span of the SDK's to stand on goes to the active one, which is the application's.
 */
export function tapVercelAI({ approver = 'human', aborter }: VercelAITapOptions = {}): VercelAITap {
  /** Calls that wait for an answer, by the fingerprint of what the model asked for. */
  const asked = new Map<string, string>();
  /** Calls that were approved and have not run yet, and how. */
  const approved = new Map<string, Decision>();
  const claims = new Claims();
  const stop = (reason?: unknown): void => recordIntervention(stopBy(reason, aborter));

  function see(part: Part, finishReason: string | undefined): void {
    if (part.type === 'tool-result') claims.result(sessionNow(), part.output);
    if (part.type === 'tool-error') claims.result(sessionNow(), '', true);
    if (part.type === 'text' && finishReason === 'stop') claims.said(sessionNow(), part.text ?? '');
    const call = callOf(part.toolCall);
    if (part.type === 'tool-approval-request' && part.isAutomatic !== true) {
      recordIntervention({ ...PAUSE, toolCallId: call.toolCallId! });
      boundedSet(asked, call.toolCallId!, fingerprint(call.arguments), MAX_WAITING);
    }
    if (part.type !== 'tool-approval-response') return;
    if (part.approved === true) recordIntervention({ ...approvalBy('policy'), toolCallId: call.toolCallId! });
    else recordDeniedCall(call, denialBy('policy'));
  }

  return {
    onStart: event =>
      quietly(TAP, () => {
        const { messages, tools, functionId: to } = event as StartEvent;
        // without tools it is a question to a model, and no agent
        if (tools !== undefined && context.active().getValue(IN_TOOL) === true)
          recordAutonomyBoundary({ type: 'delegation', ...(to === undefined ? {} : { to }) });
        for (const { call, granted } of answersIn(messages)) {
          const { toolCallId: id = '', arguments: input } = call;
          const before = asked.get(id);
          asked.delete(id);
          if (!granted) recordDeniedCall(call, denialBy(approver));
          else if (id !== '') {
            const edited = before !== undefined && before !== fingerprint(input);
            boundedSet(approved, id, (edited ? correctionBy : approvalBy)(approver), MAX_WAITING);
          }
        }
      }),
    onStepEnd: event =>
      quietly(TAP, () => {
        const {
          content = [],
          finishReason,
          experimental_steeringMessages: steering = [],
        } = event as StepEvent;
        if (steering.length > 0) recordIntervention({ type: 'steering', initiator: 'human' });
        // one part that cannot be read must not hide the others
        for (const part of content) quietly(TAP, () => see(part, finishReason));
      }),
    onAbort: event => quietly(TAP, () => stop((event as { reason?: unknown } | undefined)?.reason)),
    onError: event =>
      quietly(TAP, () => {
        const { error } = event as { error?: { name?: unknown } };
        if (error?.name === 'AbortError' || error?.name === 'ResponseAborted') stop();
      }),
    executeTool: ({ toolCallId, execute }) => {
      quietly(TAP, () => {
        const decision = approved.get(toolCallId);
        if (approved.delete(toolCallId)) recordIntervention({ ...decision!, toolCallId });
      });
      return context.with(context.active().setValue(IN_TOOL, true), execute);
    },
  };
}

const TAP = 'the Vercel AI SDK';
const IN_TOOL = createContextKey('otel-alignment.vercel-ai.tool');
/** Calls that were never answered, and approved ones that never ran. A bound against a leak. */
const MAX_WAITING = 1_000;

interface SdkToolCall {
  readonly toolCallId?: string;
  readonly toolName?: string;
  readonly input?: unknown;
}
interface Part extends SdkToolCall {
  readonly type?: string;
  readonly approvalId?: string;
  readonly approved?: boolean;
  readonly isAutomatic?: boolean;
  readonly text?: string;
  readonly output?: unknown;
  readonly toolCall?: SdkToolCall;
}
interface StepEvent {
  readonly content?: readonly Part[];
  readonly finishReason?: string;
  readonly experimental_steeringMessages?: readonly unknown[];
}
interface Message {
  readonly role?: string;
  readonly content?: string | readonly Part[];
}
interface StartEvent {
  readonly messages?: readonly Message[];
  readonly tools?: object;
  readonly functionId?: string;
}

const callOf = (call: SdkToolCall | undefined): ToolCall => ({
  toolName: call?.toolName ?? 'unknown',
  toolCallId: call?.toolCallId,
  arguments: call?.input,
});

const partsOf = ({ content }: Message): readonly Part[] => (Array.isArray(content) ? content : []);

/** Answers to approval requests. Only the last message is new: the SDK acts on no other, and history repeats the rest. */
function answersIn(messages: readonly Message[] = []): { call: ToolCall; granted: boolean }[] {
  const last = messages.at(-1);
  if (last?.role !== 'tool') return [];
  const answers = partsOf(last).filter(part => part.type === 'tool-approval-response');
  if (answers.length === 0) return [];
  const parts = messages.flatMap(partsOf);
  return answers.map(answer => {
    const asked = parts.find(
      ({ type, approvalId }) => type === 'tool-approval-request' && approvalId === answer.approvalId,
    );
    const call = parts.find(
      ({ type, toolCallId }) => type === 'tool-call' && toolCallId === asked?.toolCallId,
    );
    return { call: callOf(call ?? asked), granted: answer.approved === true };
  });
}
