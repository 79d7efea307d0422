import { recordAutonomyBoundary } from '../../signals/index.ts';
import type { Claims } from '../claims.ts';
import { decide, type Message, type Session, textOf, where } from './session.ts';

/** Tools that start another agent, by the names that they have had. */
const DELEGATING: ReadonlySet<string> = new Set(['Agent', 'Task']);
const DENIED = { type: 'denial', initiator: 'policy', outcome: 'denied' } as const;
/** The agent's words for what denied a call, where the vocabulary has one. */
const DECIDERS: Readonly<Record<string, 'user_rule' | 'permission_mode' | 'classifier' | 'hook'>> = {
  rule: 'user_rule',
  mode: 'permission_mode',
  classifier: 'classifier',
  hook: 'hook',
};

interface Part {
  readonly type?: string;
  readonly id?: string;
  readonly name?: string;
  readonly input?: unknown;
  readonly tool_use_id?: string;
  readonly content?: unknown;
  readonly is_error?: boolean;
}
function partsOf({ message }: Message): readonly Part[] {
  const { content } = (message ?? {}) as { content?: unknown };
  return Array.isArray(content) ? content : [];
}

/** Calls are in messages of the agent's, their results in messages of the user's, the last words in the result. */
export function hear(claims: Claims, session: Session, message: Message): void {
  const { type, subtype } = message;
  if (type === 'assistant') for (const part of partsOf(message)) called(session, part);
  if (type === 'user') {
    for (const { type: kind, tool_use_id: id = '', content, is_error } of partsOf(message)) {
      if (kind !== 'tool_result') continue;
      session.steps?.end(id, content, is_error === true);
      claims.result(session.id, content, is_error === true);
    }
  }
  if (type === 'system' && subtype === 'permission_denied') {
    const { tool_use_id: id, tool_name: tool, decision_reason_type: reason } = message;
    const decisionSource = DECIDERS[textOf(reason) ?? ''];
    const toolCallId = textOf(id);
    decide(session, {
      ...DENIED,
      ...(decisionSource && { decisionSource }),
      ...(toolCallId && { toolCallId }),
      ...where(session, textOf(tool)),
    });
  }
  if (type === 'result' && message.is_error !== true)
    claims.said(session.id, textOf(message.result) ?? '', where(session).attributes);
}

function called(session: Session, { type, id, name, input }: Part): void {
  if (type !== 'tool_use' || id === undefined || name === undefined) return;
  session.steps?.begin({ id, tool: name, input }, session.id);
  if (DELEGATING.has(name))
    recordAutonomyBoundary({ type: 'delegation', toolCallId: id, ...where(session, name) });
}
