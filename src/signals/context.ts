import { type Context, context, createContextKey } from '@opentelemetry/api';
import type { AutonomyLevel, HumanInvolvement } from '../semconv/index.ts';

/** What an application knows of its agent and hands to the spans below. Content in `step` is assessed, never written. */
export interface AlignmentContext {
  /** Written as `gen_ai.conversation.id` on agent spans that lack it. */
  readonly conversationId?: string | undefined;
  /** Written as `session.id` on agent spans that lack it. */
  readonly sessionId?: string | undefined;
  /** A stable id of the agent, written as `gen_ai.agent.id`. */
  readonly agentId?: string | undefined;
  readonly agentName?: string | undefined;
  readonly agentVersion?: string | undefined;
  /** How a person is involved from here on. */
  readonly humanInvolvement?: HumanInvolvement | undefined;
  /** The human's role, where the application knows it better than the assessment does. */
  readonly autonomyLevel?: AutonomyLevel | undefined;
  /** The agent's own word for its mode, and the scale that it belongs to. */
  readonly mode?: { readonly label: string; readonly scale: string } | undefined;
  /** Absolute path of the folder that the agent works in. */
  readonly workspace?: string | undefined;
  /** The tools that the agent was given. */
  readonly allowedTools?: readonly string[] | undefined;
  /** The person's words that the agent acts on. Read to judge whether a step was asked for, never written. */
  readonly userMessage?: string | undefined;
  /** Name of the environment in which tools take effect, such as `production` or `staging`, where it is not the resource's. */
  readonly environment?: string | undefined;
  /** What the tool span started next does, where its arguments must not stand on the span. */
  readonly step?: {
    readonly toolName?: string | undefined;
    readonly toolCallId?: string | undefined;
    readonly arguments?: unknown;
    readonly result?: unknown;
    /** What the tool says of itself: hints of the Model Context Protocol, not facts. */
    readonly toolAnnotations?:
      | {
          readonly readOnlyHint?: boolean;
          readonly destructiveHint?: boolean;
          readonly idempotentHint?: boolean;
          readonly openWorldHint?: boolean;
        }
      | undefined;
  };
}

// createContextKey is Symbol.for: the ESM and the CJS copy share it
const KEY = createContextKey('otel-alignment.context');

export const getAlignmentContext = (from: Context): AlignmentContext | undefined =>
  from.getValue(KEY) as AlignmentContext | undefined;

/** A context in which `values` hold, over those that already hold there. What is undefined takes nothing away. */
export function setAlignmentContext(from: Context, values: AlignmentContext): Context {
  const merged: Record<string, unknown> = { ...getAlignmentContext(from) };
  for (const [key, value] of Object.entries(values ?? {})) if (value !== undefined) merged[key] = value;
  return from.setValue(KEY, merged);
}

/**
 * Runs `fn` with `values` in the active context. Spans started inside take them up, whatever creates them.
 *
 * @returns what `fn` returns
 */
export function withAlignmentContext<T>(values: AlignmentContext, fn: () => T): T {
  return context.with(setAlignmentContext(context.active(), values), fn);
}
