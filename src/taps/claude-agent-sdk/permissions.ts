import { isDeepStrictEqual } from 'node:util';
import { recordClarificationRequest } from '../../signals/index.ts';
import { approvalBy, correctionBy, type Decider, denialBy } from '../decision.ts';
import { quietly } from '../quietly.ts';
import { decide, type Session, TAP, where } from './session.ts';

interface Answer {
  readonly behavior?: string;
  readonly updatedInput?: unknown;
}
export type CanUseTool = (
  tool: string,
  input: unknown,
  options?: { readonly toolUseID?: string },
) => Promise<Answer>;

/** Wraps the callback that answers for the person. */
export function tapped(canUseTool: CanUseTool, session: Session, approver: Decider): CanUseTool {
  return async (tool, input, options) => {
    // the callback may change what it is given
    const before = quietly(TAP, () => structuredClone(input));
    const answer = await canUseTool(tool, input, options);
    quietly(TAP, () => {
      const toolCallId = options?.toolUseID;
      const place = { ...(toolCallId === undefined ? {} : { toolCallId }), ...where(session, tool) };
      if (tool === 'AskUserQuestion') return recordClarificationRequest(place);
      if (answer?.behavior === 'deny') return decide(session, { ...denialBy(approver), ...place });
      if (answer?.behavior !== 'allow') return;
      const { updatedInput } = answer;
      const edited = updatedInput !== undefined && !isDeepStrictEqual(updatedInput, before);
      if (edited) decide(session, { ...correctionBy(approver), ...place }, updatedInput);
      else decide(session, { ...approvalBy(approver), ...place });
    });
    return answer;
  };
}

type Hook = (input: unknown, toolCallId?: string, more?: unknown) => Promise<unknown>;
export interface Hooks {
  readonly PreToolUse?: readonly { readonly hooks: readonly Hook[] }[];
}

/** A hook in the program that denies a call ends it before `canUseTool` hears of it. */
export function tappedHooks(hooks: Hooks | undefined, session: Session): Hooks | undefined {
  if (hooks?.PreToolUse === undefined) return hooks;
  const tappedHook =
    (hook: Hook): Hook =>
    async (input, toolCallId, more) => {
      const answer = await hook(input, toolCallId, more);
      quietly(TAP, () => {
        const { hookSpecificOutput: { permissionDecision } = {} } = (answer ?? {}) as HookAnswer;
        if (permissionDecision !== 'deny') return;
        const { tool_name: tool } = (input ?? {}) as { tool_name?: string };
        decide(session, { ...DENIED_BY_HOOK, ...(toolCallId && { toolCallId }), ...where(session, tool) });
      });
      return answer;
    };
  const before = hooks.PreToolUse.map(one => ({ ...one, hooks: one.hooks.map(tappedHook) }));
  return { ...hooks, PreToolUse: before };
}
interface HookAnswer {
  readonly hookSpecificOutput?: { readonly permissionDecision?: string };
}
const DENIED_BY_HOOK = {
  type: 'denial',
  initiator: 'policy',
  outcome: 'denied',
  decisionSource: 'hook',
} as const;
