import type { HumanInvolvement } from '../../semconv/index.ts';
import type { UnixTime } from '../../signals/signal.ts';

export type HookAgentName = 'claude-code' | 'codex' | 'gemini-cli' | 'cline';

/**
 * What an event of a hook system means.
 *
 * - `prompt`: a person's message opens a turn, or joins one that is open
 * - `agent_start`: the agent started another one
 * - `tool_before`, `tool_after`: around one tool call; `tool_after` also says whether it failed
 * - `asked`: the program asks somebody whether the tool call may go ahead
 * - `turn_end`: the agent ended its turn by itself
 * - `agent_end`: a subagent ended
 * - `session_end`: the program ends, or leaves the session
 * - `other`: known, and nothing to learn from it
 */
export type HookKind =
  | 'session_start'
  | 'prompt'
  | 'agent_start'
  | 'tool_before'
  | 'asked'
  | 'tool_after'
  | 'turn_end'
  | 'agent_end'
  | 'session_end'
  | 'other';

/** One event of an agent's hook system. What the event does not say is absent. Content is here to be assessed only. */
export interface HookEvent {
  readonly agent: HookAgentName;
  readonly kind: HookKind;
  /** The agent's own name of the event. */
  readonly native: string;
  readonly time: UnixTime;
  readonly session: string;
  readonly agentId?: string;
  readonly parentAgentId?: string;
  readonly toolName?: string;
  readonly toolCallId?: string;
  readonly arguments?: unknown;
  /** What the call gave; only on `tool_after`. */
  readonly result?: unknown | undefined;
  /** Whether the call failed; only on `tool_after`. */
  readonly failed?: boolean;
  /** The text of the failure, to be recognised and never written. */
  readonly failure?: string;
  /** What the agent said last; only on `turn_end`. */
  readonly said?: string;
  readonly mode?: { readonly label: string; readonly scale: string };
  readonly humanInvolvement?: HumanInvolvement;
  /** Absolute path of the folder that the agent works in. */
  readonly workspace?: string;
  /** The file in which the agent keeps the conversation. */
  readonly transcript?: string;
  /** Events from before this one may not have been taken in yet. */
  readonly overtakes?: boolean;
}
