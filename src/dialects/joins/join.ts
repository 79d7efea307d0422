import type { AgentStep, StepKind } from '../../step/step.ts';

/** A step while it is being read. */
export type Draft = { -readonly [field in keyof AgentStep]: AgentStep[field] | undefined } & {
  dialect: string;
  kind: StepKind;
};

/** What a table cannot say about a span. It changes the draft and may throw: the caller guards it. */
export type Join = (draft: Draft, attributes: Readonly<Record<string, unknown>>) => void;

/** Longest JSON text that a join parses, in UTF-16 units. What is longer stays as it is. */
const JSON_LIMIT = 16_384;

/** Parses JSON text that is an object. Anything else gives `undefined`. */
export function parseObject(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== 'string' || value.length > JSON_LIMIT || !value.startsWith('{')) return undefined;
  try {
    return JSON.parse(value) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
