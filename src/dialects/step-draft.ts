import type { ActionType, HumanInvolvement } from '../semconv/index.ts';
import type { AgentStep, SessionKeyName, StepKind } from '../step/step.ts';
import { isPresent } from './condition.ts';
import type { Draft } from './joins/join.ts';
import { asText } from './text.ts';

export { asText };

export type Attributes = Readonly<Record<string, unknown>>;

/** A step while it is being read: one shape for all steps, with `undefined` for what is absent, so that reading one stays cheap. */
export class StepDraft implements Draft {
  dialect: string;
  kind: StepKind;
  session: AgentStep['session'] | undefined = undefined;
  agentId: string | undefined = undefined;
  agentName: string | undefined = undefined;
  agentVersion: string | undefined = undefined;
  providerName: string | undefined = undefined;
  toolName: string | undefined = undefined;
  toolCallId: string | undefined = undefined;
  toolDescription: string | undefined = undefined;
  toolAnnotations: AgentStep['toolAnnotations'] | undefined = undefined;
  arguments: unknown = undefined;
  result: unknown = undefined;
  mode: AgentStep['mode'] | undefined = undefined;
  humanInvolvement: HumanInvolvement | undefined = undefined;
  actionType: ActionType | undefined = undefined;
  errorType: string | undefined = undefined;

  constructor(dialect: string, kind: StepKind) {
    this.dialect = dialect;
    this.kind = kind;
  }
}

/** Longest description of a tool that is kept, in UTF-16 units. */
const DESCRIPTION_LIMIT = 16_384;

export function asSession(key: SessionKeyName, value: unknown): AgentStep['session'] | undefined {
  const id = asText(value);
  return id === undefined ? undefined : { key, value: id };
}

export function asContent(value: unknown): unknown {
  return isPresent(value) && value !== '' ? value : undefined;
}

export function asDescription(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, DESCRIPTION_LIMIT) : undefined;
}

export function asMode(label: string | undefined, scale: string): AgentStep['mode'] | undefined {
  return label === undefined ? undefined : { label, scale };
}

/** Arguments put together of what is there; `undefined` where nothing is. */
export function composed(parts: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  let found: Record<string, unknown> | undefined;
  for (const name in parts) {
    if (parts[name] === undefined) continue;
    found ??= {};
    found[name] = parts[name];
  }
  return found;
}
