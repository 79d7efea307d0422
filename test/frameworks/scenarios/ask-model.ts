/** An answer of the model: words, or one call of a tool. */
export interface Answer {
  readonly text: string;
  readonly call?: { readonly id: string; readonly tool: string; readonly arguments: string };
}

interface Chunk {
  readonly choices?: readonly {
    readonly delta?: {
      readonly content?: string;
      readonly tool_calls?: readonly {
        readonly id: string;
        readonly function: { readonly name: string; readonly arguments: string };
      }[];
    };
  }[];
}

/** Asks the scripted endpoint for the turn after so many calls, over the chat-completions protocol. */
export async function askModel(url: string, calls: number, signal?: AbortSignal): Promise<Answer> {
  const messages = Array.from({ length: calls }, () => ({ role: 'assistant', tool_calls: [{}] }));
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'scripted', messages, tools: [{}], stream: true }),
    ...(signal === undefined ? {} : { signal }),
  });
  const deltas = (await response.text())
    .split('\n')
    .filter(line => line.startsWith('data: {'))
    .flatMap(line => (JSON.parse(line.slice('data: '.length)) as Chunk).choices ?? []);
  const text = deltas.map(({ delta }) => delta?.content ?? '').join('');
  const call = deltas.flatMap(({ delta }) => delta?.tool_calls ?? [])[0];
  if (call === undefined) return { text };
  return { text, call: { id: call.id, tool: call.function.name, arguments: call.function.arguments } };
}
