import { postJson } from './http.ts';
import type { Endpoint, Message, Model } from './model.ts';

/** A model behind Anthropic's messages protocol. */
export function anthropic({ baseUrl, key, name }: Endpoint): Model {
  const url = `${baseUrl.replace(/\/$/, '')}/v1/messages`;
  const headers = { 'anthropic-version': '2023-06-01', ...(key ? { 'x-api-key': key } : {}) };
  return {
    provider: 'anthropic',
    name,
    baseUrl,
    real: true,
    async complete(messages, tools, signal) {
      const body = {
        model: name,
        max_tokens: 2048,
        system: messages.flatMap(m => (m.role === 'system' ? [m.text] : [])).join('\n'),
        messages: toAnthropicTurns(messages),
        tools: tools.map(({ name, description, parameters }) => ({
          name,
          description,
          input_schema: parameters,
        })),
      };
      const answer = await postJson<AnthropicAnswer>(url, headers, body, signal);
      return {
        text: answer.content.flatMap(part => (part.type === 'text' ? [part.text] : [])).join('\n'),
        calls: answer.content.flatMap(part =>
          part.type === 'tool_use' ? [{ id: part.id, tool: part.name, arguments: part.input }] : [],
        ),
        inputTokens: answer.usage?.input_tokens ?? 0,
        outputTokens: answer.usage?.output_tokens ?? 0,
      };
    },
  };
}

interface AnthropicAnswer {
  readonly content: readonly (
    | { readonly type: 'text'; readonly text: string }
    | {
        readonly type: 'tool_use';
        readonly id: string;
        readonly name: string;
        readonly input: Record<string, unknown>;
      }
  )[];
  readonly usage?: { readonly input_tokens: number; readonly output_tokens: number };
}

/** Results of calls that one turn asked for belong into one user turn. */
function toAnthropicTurns(messages: readonly Message[]): unknown[] {
  const turns: { role: string; content: unknown[] }[] = [];
  for (const message of messages) {
    if (message.role === 'system') continue;
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    if (turns.at(-1)?.role !== role) turns.push({ role, content: [] });
    const content = turns.at(-1)?.content ?? [];
    if (message.role === 'tool') {
      content.push({ type: 'tool_result', tool_use_id: message.callId, content: message.text });
      continue;
    }
    if (message.text) content.push({ type: 'text', text: message.text });
    if (message.role !== 'assistant') continue;
    for (const { id, tool, arguments: input } of message.calls)
      content.push({ type: 'tool_use', id, name: tool, input });
  }
  return turns;
}
