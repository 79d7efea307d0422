import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the model answers: a call of a tool, or `'silence'`: it begins and says nothing more, until it is cut off. */
export type Answer = { readonly tool: string; readonly input: object } | 'silence';

interface Message {
  readonly content: string | readonly { readonly type: string }[];
}

/** An endpoint for Anthropic's Messages API on loopback that plays `script`, so that the example needs no key. */
export async function startScriptedModel(script: readonly Answer[]): Promise<{ url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const {
      tools = [],
      messages = [],
      model,
    } = JSON.parse(body || '{}') as {
      tools?: unknown[];
      messages?: Message[];
      model?: string;
    };
    const results = messages.flatMap(({ content }) =>
      typeof content === 'string' ? [] : content.filter(({ type }) => type === 'tool_result'),
    ).length;
    // requests without tools are the agent's own (titles, summaries)
    send(response, model, tools.length === 0 ? undefined : script[results], results);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function send(
  response: ServerResponse,
  model: string | undefined,
  answer: Answer | undefined,
  turn: number,
): void {
  const event = (type: string, data: object): void =>
    void response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  event('message_start', {
    message: {
      id: `msg_${turn}`,
      type: 'message',
      role: 'assistant',
      model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 10, output_tokens: 1 },
    },
  });
  if (answer === 'silence') return;
  if (answer === undefined) {
    event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } });
    event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'Done.' } });
  } else {
    const block = { type: 'tool_use', id: `toolu_${turn}`, name: answer.tool, input: {} };
    event('content_block_start', { index: 0, content_block: block });
    const partial_json = JSON.stringify(answer.input);
    event('content_block_delta', { index: 0, delta: { type: 'input_json_delta', partial_json } });
  }
  event('content_block_stop', { index: 0 });
  const stop_reason = answer === undefined ? 'end_turn' : 'tool_use';
  event('message_delta', { delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 5 } });
  event('message_stop', {});
  response.end();
}
