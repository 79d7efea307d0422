import { recordIntervention } from '../signals/index.ts';
import { approvalBy, type Decider, denialBy, PAUSE } from './decision.ts';
import { recordDeniedCall, type ToolCall } from './denied-call.ts';
import { quietly } from './quietly.ts';

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
 * Reports approvals, denials, pauses, steering and aborts of the Vercel AI SDK 7, none of which its spans show.
 * Register it before the SDK's own `OpenTelemetry`, whose tool span is then active where an approved call runs:
 * `registerTelemetry(tapVercelAI(), new OpenTelemetry())`.
 *
 * What has no span of the SDK's to stand on goes to the active one, which is the application's.
 */
export function tapVercelAI({ approver = 'human', aborter }: VercelAITapOptions = {}): VercelAITap {
  /** Calls that were approved and have not run yet. */
  const approved = new Set<string>();
  const stop = (): void => recordIntervention({ type: 'stop', outcome: 'stopped', ...initiatorOf(aborter) });

  return {
    onStart: event =>
      quietly(TAP, () => {
        for (const { call, granted } of answersIn((event as StartEvent).messages)) {
          if (!granted) recordDeniedCall(call, denialBy(approver));
          else if (call.toolCallId !== undefined && approved.size < MAX_WAITING)
            approved.add(call.toolCallId);
        }
      }),
    onStepEnd: event =>
      quietly(TAP, () => {
        const { content = [], experimental_steeringMessages: steering = [] } = event as StepEvent;
        if (steering.length > 0) recordIntervention({ type: 'steering', initiator: 'human' });
        for (const part of content) {
          const call = callOf(part.toolCall);
          if (part.type === 'tool-approval-request' && part.isAutomatic !== true)
            recordIntervention({ ...PAUSE, toolCallId: call.toolCallId! });
          if (part.type !== 'tool-approval-response') continue;
          if (part.approved === true)
            recordIntervention({ ...approvalBy('policy'), toolCallId: call.toolCallId! });
          else recordDeniedCall(call, denialBy('policy'));
        }
      }),
    onAbort: () => quietly(TAP, stop),
    onError: event =>
      quietly(TAP, () => {
        const { error } = event as { error?: { name?: unknown } };
        if (error?.name === 'AbortError' || error?.name === 'ResponseAborted') stop();
      }),
    executeTool: ({ toolCallId, execute }) => {
      quietly(TAP, () => {
        if (approved.delete(toolCallId)) recordIntervention({ ...approvalBy(approver), toolCallId });
      });
      return execute();
    },
  };
}

const TAP = 'the Vercel AI SDK';
/** Approved calls that never ran. A bound against a leak. */
const MAX_WAITING = 1_000;

const initiatorOf = (decider: Decider | undefined): { initiator?: Decider } =>
  decider === undefined ? {} : { initiator: decider };

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
  readonly toolCall?: SdkToolCall;
}
interface StepEvent {
  readonly content?: readonly Part[];
  readonly experimental_steeringMessages?: readonly unknown[];
}
interface Message {
  readonly role?: string;
  readonly content?: string | readonly Part[];
}
interface StartEvent {
  readonly messages?: readonly Message[];
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
