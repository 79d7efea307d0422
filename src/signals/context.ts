import { type Context, context, createContextKey } from '@opentelemetry/api';
import type { AutonomyLevel, HumanInvolvement } from '../semconv/index.ts';

/** What an application knows of its agent and hands to the spans below. Content in `step` is assessed, never written. */
export interface AlignmentContext {
  /** Written as `gen_ai.conversation.id` on agent spans that lack it. */
  readonly conversationId?: string;
  /** Written as `session.id` on agent spans that lack it. */
  readonly sessionId?: string;
  /** A stable id of the agent, written as `gen_ai.agent.id`. */
  readonly agentId?: string;
  readonly agentName?: string;
  readonly agentVersion?: string;
  /** How a person is involved from here on. */
  readonly humanInvolvement?: HumanInvolvement;
  /** The human's role, where the application knows it better than the assessment does. */
  readonly autonomyLevel?: AutonomyLevel;
  /** The agent's own word for its mode, and the scale that it belongs to. */
  readonly mode?: { readonly label: string; readonly scale: string };
  /** Absolute path of the folder that the agent works in. */
  readonly workspace?: string;
  /** The tools that the agent was given. */
  readonly allowedTools?: readonly string[];
  /** What the tool span started next does, where its arguments must not stand on the span. */
  readonly step?: {
    readonly toolName?: string;
    readonly toolCallId?: string;
    readonly arguments?: unknown;
    readonly result?: unknown;
  };
}

// createContextKey is Symbol.for: the ESM and the CJS copy share it
const KEY = createContextKey('otel-alignment.context');

export const getAlignmentContext = (from: Context): AlignmentContext | undefined =>
  from.getValue(KEY) as AlignmentContext | undefined;

/** A context in which `values` hold, over those that already hold there. */
export function setAlignmentContext(from: Context, values: AlignmentContext): Context {
  const { step: _outer, ...outer } = getAlignmentContext(from) ?? {};
  return from.setValue(KEY, { ...outer, ...values });
}

/**
 * Runs `fn` with `values` in the active context. Spans started inside take them up, whatever creates them.
 *
 * @returns what `fn` returns
 */
export function withAlignmentContext<T>(values: AlignmentContext, fn: () => T): T {
  return context.with(setAlignmentContext(context.active(), values), fn);
}
