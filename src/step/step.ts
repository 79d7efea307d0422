import type { ActionType, HumanInvolvement } from '../semconv/index.ts';

/** What a span reports: a tool call, a run of an agent, or a call of a model. */
export type StepKind = 'tool' | 'agent' | 'model';

/** Keys that can name a session. Which of the two was found decides under which one it is written again. */
export type SessionKeyName = 'session.id' | 'gen_ai.conversation.id';

/**
 * One step of an agent, as read from a span, a log record or a hook: who did what with which arguments.
 * What the source does not say is absent or `undefined`, never guessed. Content (`arguments`, `result`) is here to be assessed
 * and is never written to telemetry.
 */
export interface AgentStep {
  /** The dialect whose table read this step, for example `genai`. */
  readonly dialect: string;
  readonly kind: StepKind;
  /** The session's id and the key that it stood under. */
  readonly session?: { readonly key: SessionKeyName; readonly value: string };
  readonly agentId?: string;
  readonly agentName?: string;
  readonly agentVersion?: string;
  readonly providerName?: string;
  readonly toolName?: string;
  readonly toolCallId?: string;
  readonly toolDescription?: string;
  /** What the tool's MCP server declares of it. Hints of the server, not facts. */
  readonly toolAnnotations?: ToolAnnotations;
  /** Arguments of the tool call as they stood on the source: an object, or its JSON text. */
  readonly arguments?: unknown;
  readonly result?: unknown;
  /** The agent's own word for how it is supervised, and the scale that the word belongs to. */
  readonly mode?: { readonly label: string; readonly scale: string };
  /** How a person is involved, where the dialect's table derives it from the mode. */
  readonly humanInvolvement?: HumanInvolvement;
  /** The main effect of the call, where the source itself classes it. It may know less than the arguments do. */
  readonly actionType?: ActionType;
  readonly errorType?: string;
}

/** Annotations of a tool as the Model Context Protocol defines them. */
export interface ToolAnnotations {
  readonly readOnlyHint?: boolean;
  readonly destructiveHint?: boolean;
  readonly idempotentHint?: boolean;
  readonly openWorldHint?: boolean;
}

/** What a dialect reads. The same for a live SDK span, a decoded OTLP span and a fixture. */
export interface SpanView {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly scopeName?: string;
  readonly resource?: Readonly<Record<string, unknown>>;
  /** As in OTLP: code 0 unset, 1 ok, 2 error. */
  readonly status?: { readonly code?: number; readonly message?: string };
}

/** An event on a span, as a dialect reads it. */
export interface SpanEventView {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A log record, as a dialect reads it. */
export interface RecordView {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly eventName?: string;
  /** The body where it is text. */
  readonly body?: unknown;
  readonly scopeName?: string;
  readonly resource?: Readonly<Record<string, unknown>>;
}
