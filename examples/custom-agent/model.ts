import { anthropic } from './anthropic.ts';
import { chatCompletions } from './chat-completions.ts';

/** One call of a tool that a model asks for. */
export interface ToolCall {
  readonly id: string;
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** A message of the conversation, independent of the protocol that carries it. */
export type Message =
  | { readonly role: 'system' | 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly calls: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly callId: string; readonly text: string };

/** What a model is told about a tool. */
export interface ToolInfo {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments' object. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface Reply {
  readonly text: string;
  readonly calls: readonly ToolCall[];
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface Model {
  /** Value of `gen_ai.provider.name`. */
  readonly provider: string;
  readonly name: string;
  readonly baseUrl: string;
  /** True for a model that decides by itself, false for the script. */
  readonly real: boolean;
  /** @param signal aborted where a person stops the run */
  complete(messages: readonly Message[], tools: readonly ToolInfo[], signal?: AbortSignal): Promise<Reply>;
}

/** The model that the environment names, or undefined where it names none. */
export function modelFromEnvironment(env: NodeJS.ProcessEnv): Model | undefined {
  if (env.OPENAI_API_KEY || env.OPENAI_BASE_URL) {
    const baseUrl = env.OPENAI_BASE_URL || 'https://api.openai.com/v1';
    return chatCompletions({ baseUrl, key: env.OPENAI_API_KEY, name: env.OPENAI_MODEL || 'gpt-4.1-mini' });
  }
  if (env.ANTHROPIC_API_KEY || env.ANTHROPIC_BASE_URL) {
    const baseUrl = env.ANTHROPIC_BASE_URL || 'https://api.anthropic.com';
    return anthropic({
      baseUrl,
      key: env.ANTHROPIC_API_KEY,
      name: env.ANTHROPIC_MODEL || 'claude-sonnet-4-5',
    });
  }
  return undefined;
}

/** Where a model is reached. */
export interface Endpoint {
  readonly baseUrl: string;
  readonly name: string;
  readonly key?: string | undefined;
  readonly provider?: string;
  readonly real?: boolean;
}
