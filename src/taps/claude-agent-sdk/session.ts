import { type InterventionReport, recordIntervention, type SignalAttributes } from '../../signals/index.ts';
import type { AgentSteps } from './steps.ts';

export const TAP = 'the Claude Agent SDK';

/** A run of the agent, as far as its messages have told. */
export interface Session {
  id: string | undefined;
  mode: string;
  readonly steps: AgentSteps | undefined;
}

export type Message = Record<string, unknown>;

/** On the call's span where there is one, else on the active one. */
export function decide({ steps }: Session, report: InterventionReport, input?: unknown): void {
  const { toolCallId } = report;
  if (steps === undefined || toolCallId === undefined) recordIntervention(report);
  else steps.decide(toolCallId, { report, input });
}

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export function where(session: Session, tool?: string): { attributes: SignalAttributes } {
  return {
    attributes: {
      ...(session.id === undefined ? {} : { 'session.id': session.id }),
      ...(tool === undefined ? {} : { 'gen_ai.tool.name': tool }),
    },
  };
}
