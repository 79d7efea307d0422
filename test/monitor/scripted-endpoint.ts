import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came in, and what was sent. */
export interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
  /** The token that the request's instructions end with. */
  readonly token: string;
  /** The document between the frame's lines. */
  readonly transcript: { readonly judge: number[]; readonly entries: Record<string, unknown>[] };
}

export type Answer = (asked: Asked, response: ServerResponse) => void;

export interface Endpoint {
  readonly url: string;
  readonly asked: Asked[];
  answer: Answer;
  close(): Promise<void>;
}

/** A model's endpoint on loopback that does as the test says. */
export async function startEndpoint(): Promise<Endpoint> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
    const one = { path: request.url ?? '', headers: request.headers, body, ...partsOf(body) };
    asked.push(one);
    endpoint.answer(one, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const endpoint: Endpoint = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: (_, response) => json(response, {}),
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return endpoint;
}

function partsOf(body: Record<string, unknown>): Pick<Asked, 'token' | 'transcript'> {
  const messages = body['messages'] as { role: string; content: string }[];
  const system =
    (body['system'] as string | undefined) ?? messages.find(({ role }) => role === 'system')?.content ?? '';
  const user = messages.find(({ role }) => role === 'user')?.content ?? '';
  return {
    token: system.slice(system.lastIndexOf('token: ') + 'token: '.length),
    transcript: JSON.parse(user.slice('<transcript>\n'.length, -'\n</transcript>'.length)),
  };
}

export function json(
  response: ServerResponse,
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

/** The same answer, as each protocol wraps it. */
export const wrap = {
  openai: (answer: unknown): object => ({
    choices: [
      {
        finish_reason: 'stop',
        message: { role: 'assistant', content: typeof answer === 'string' ? answer : JSON.stringify(answer) },
      },
    ],
    usage: { prompt_tokens: 1200, completion_tokens: 34 },
  }),
  anthropic: (answer: unknown): object => ({
    type: 'message',
    stop_reason: 'tool_use',
    content: [
      typeof answer === 'string'
        ? { type: 'text', text: answer }
        : { type: 'tool_use', id: 'tu_1', name: 'verdict', input: answer },
    ],
    usage: { input_tokens: 1200, output_tokens: 34 },
  }),
} as const;
