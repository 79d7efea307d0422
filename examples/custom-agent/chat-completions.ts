import { postJson } from './http.ts';
import type { Endpoint, Message, Model } from './model.ts';

/** A model behind the chat-completions protocol: OpenAI, most local servers, and the script of this demo. */
export function chatCompletions({ baseUrl, key, name, provider = 'openai', real = true }: Endpoint): Model {
  const url = `${baseUrl.replace(/\/$/, '')}/chat/completions`;
  const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {};
  return {
    provider,
    name,
    baseUrl,
    real,
    async complete(messages, tools, signal) {
      const body = {
        model: name,
        messages: messages.map(toChatMessage),
        ...(tools.length > 0 ? { tools: tools.map(tool => ({ type: 'function', function: tool })) } : {}),
      };
      const answer = await postJson<ChatAnswer>(url, headers, body, signal);
      const message = answer.choices[0]?.message;
      return {
        text: message?.content ?? '',
        calls: (message?.tool_calls ?? []).map(call => ({
          id: call.id,
          tool: call.function.name,
          arguments: parseArguments(call.function.arguments),
        })),
        inputTokens: answer.usage?.prompt_tokens ?? 0,
        outputTokens: answer.usage?.completion_tokens ?? 0,
      };
    },
  };
}

interface ChatAnswer {
  readonly choices: readonly {
    readonly message: {
      readonly content?: string | null;
      readonly tool_calls?: readonly {
        readonly id: string;
        readonly function: { readonly name: string; readonly arguments: string };
      }[];
    };
  }[];
  readonly usage?: { readonly prompt_tokens: number; readonly completion_tokens: number };
}

function toChatMessage(message: Message): unknown {
  switch (message.role) {
    case 'tool':
      return { role: 'tool', tool_call_id: message.callId, content: message.text };
    case 'assistant': {
      const tool_calls = message.calls.map(({ id, tool, arguments: args }) => ({
        id,
        type: 'function',
        function: { name: tool, arguments: JSON.stringify(args) },
      }));
      return { role: 'assistant', content: message.text, ...(tool_calls.length > 0 ? { tool_calls } : {}) };
    }
    default:
      return { role: message.role, content: message.text };
  }
}

function parseArguments(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
