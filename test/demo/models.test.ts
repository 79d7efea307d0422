import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { json, listen, readBody, type Service } from '../../examples/custom-agent/http.ts';
import { type Message, modelFromEnvironment } from '../../examples/custom-agent/model.ts';

const CONVERSATION: Message[] = [
  { role: 'system', text: 'Be brief.' },
  { role: 'user', text: 'List the files.' },
  {
    role: 'assistant',
    text: 'Two calls.',
    calls: [
      { id: 'a', tool: 'list_files', arguments: { path: '.' } },
      { id: 'b', tool: 'read_file', arguments: { path: 'x' } },
    ],
  },
  { role: 'tool', callId: 'a', text: 'x' },
  { role: 'tool', callId: 'b', text: 'content of x' },
];
const TOOLS = [{ name: 'list_files', description: 'Lists.', parameters: { type: 'object' } }];
const REPLY = {
  text: 'Next.',
  calls: [{ id: 'c', tool: 'list_files', arguments: { path: 'sub' } }],
  inputTokens: 7,
  outputTokens: 3,
};

const ANSWERS: Record<string, unknown> = {
  '/v1/chat/completions': {
    choices: [
      {
        message: {
          content: 'Next.',
          tool_calls: [{ id: 'c', function: { name: 'list_files', arguments: '{"path":"sub"}' } }],
        },
      },
    ],
    usage: { prompt_tokens: 7, completion_tokens: 3 },
  },
  '/v1/messages': {
    content: [
      { type: 'text', text: 'Next.' },
      { type: 'tool_use', id: 'c', name: 'list_files', input: { path: 'sub' } },
    ],
    usage: { input_tokens: 7, output_tokens: 3 },
  },
};

let service: Service;
let seen: { headers: NodeJS.Dict<string | string[]>; body: Record<string, unknown> };

beforeAll(async () => {
  service = await listen(
    createServer(async (request, response) => {
      seen = { headers: request.headers, body: JSON.parse(await readBody(request)) };
      const answer = ANSWERS[request.url ?? ''];
      json(response, answer ? 200 : 404, answer ?? { error: 'no such path' });
    }),
  );
});
afterAll(() => service.close());

test('no variable, no real model', () => {
  expect(modelFromEnvironment({})).toBeUndefined();
});

test('chat completions: the conversation is sent and the reply is read', async () => {
  const env = { OPENAI_BASE_URL: `${service.url}/v1/`, OPENAI_API_KEY: 'k', OPENAI_MODEL: 'm' };
  const model = modelFromEnvironment(env);
  expect(await model?.complete(CONVERSATION, TOOLS)).toEqual(REPLY);
  expect(seen.headers.authorization).toBe('Bearer k');
  const messages = seen.body.messages as { role: string; tool_calls?: unknown[]; tool_call_id?: string }[];
  expect(messages.map(message => message.role)).toEqual(['system', 'user', 'assistant', 'tool', 'tool']);
  expect(messages[2]?.tool_calls).toHaveLength(2);
  expect(messages[3]?.tool_call_id).toBe('a');
});

test('Anthropic messages: the system text stands apart and results of one turn go together', async () => {
  const env = { ANTHROPIC_BASE_URL: service.url, ANTHROPIC_API_KEY: 'k', ANTHROPIC_MODEL: 'm' };
  const model = modelFromEnvironment(env);
  expect(await model?.complete(CONVERSATION, TOOLS)).toEqual(REPLY);
  expect(seen.headers['x-api-key']).toBe('k');
  expect(seen.body.system).toBe('Be brief.');
  expect(seen.body.messages).toMatchObject([
    { role: 'user', content: [{ type: 'text' }] },
    {
      role: 'assistant',
      content: [{ type: 'text' }, { type: 'tool_use', id: 'a' }, { type: 'tool_use', id: 'b' }],
    },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a' }, { tool_use_id: 'b' }] },
  ]);
});

test('a refused request names the address and the status', async () => {
  const model = modelFromEnvironment({ OPENAI_BASE_URL: `${service.url}/nowhere` });
  await expect(model?.complete(CONVERSATION, TOOLS)).rejects.toThrow(
    '/nowhere/chat/completions answered 404',
  );
});
