import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** One answer of the scripted model: words, a call of a tool, or silence until the test ends. */
export interface Turn {
  readonly say?: string;
  readonly call?: { readonly tool: string; readonly input: object; readonly namespace?: string };
  /** Begins with its words and never ends, as a long answer does. */
  readonly hang?: boolean;
  /** How long it thinks first, in milliseconds. */
  readonly after?: number;
}

// biome-ignore lint/suspicious/noExplicitAny: four vendors' requests as they come
type Json = any;

/** One vendor's API: which requests are its own, how far the conversation is, and how a turn is written. */
interface Api {
  readonly path: RegExp;
  /** The answer in one piece, where the API has that and the request does not want a stream. */
  readonly whole?: (turn: Turn, call: string, request: Json) => object;
  /** How many tool calls the conversation holds already: the number of the next turn. */
  readonly done: (request: Json) => number;
  /** Server-sent events: name and data of each. The last part is held back when the turn hangs. */
  readonly events: (
    turn: Turn,
    call: string,
    request: Json,
  ) => readonly (readonly [string | undefined, object | string])[];
}

const count = (items: unknown, has: (item: Json) => boolean): number =>
  Array.isArray(items) ? items.filter(has).length : 0;

const anthropic: Api = {
  path: /\/v1\/messages(\?|$)/,
  done: ({ messages }) =>
    count(messages, m => m.role === 'assistant' && count(m.content, part => part.type === 'tool_use') > 0),
  events({ say, call }, id, { model }) {
    const usage = { input_tokens: 10, output_tokens: 5 };
    const message = { id: `msg_${id}`, type: 'message', role: 'assistant', model, content: [], usage };
    const blocks = [
      ...(say === undefined
        ? []
        : [{ start: { type: 'text', text: '' }, delta: { type: 'text_delta', text: say } }]),
      ...(call === undefined
        ? []
        : [
            {
              start: { type: 'tool_use', id: `toolu_${id}`, name: call.tool, input: {} },
              delta: { type: 'input_json_delta', partial_json: JSON.stringify(call.input) },
            },
          ]),
    ];
    const named = (type: string, data: object): [string, object] => [type, { type, ...data }];
    return [
      named('message_start', { message: { ...message, stop_reason: null, stop_sequence: null } }),
      ...blocks.flatMap(({ start, delta }, index) => [
        named('content_block_start', { index, content_block: start }),
        named('content_block_delta', { index, delta }),
        named('content_block_stop', { index }),
      ]),
      named('message_delta', {
        delta: { stop_reason: call === undefined ? 'end_turn' : 'tool_use', stop_sequence: null },
        usage,
      }),
      named('message_stop', {}),
    ];
  },
};

const chatCompletions: Api = {
  path: /\/chat\/completions$/,
  done: ({ messages }) => count(messages, m => m.role === 'assistant' && m.tool_calls?.length > 0),
  whole({ say, call }, id, { model }) {
    const tool = call && { name: call.tool, arguments: JSON.stringify(call.input) };
    const tool_calls = tool && [{ id: `call_${id}`, type: 'function', function: tool }];
    const message = { role: 'assistant', content: say ?? '', ...(tool_calls && { tool_calls }) };
    const choices = [{ index: 0, message, finish_reason: tool ? 'tool_calls' : 'stop' }];
    const usage = { prompt_tokens: 10, completion_tokens: 5 };
    return { id: `chatcmpl-${id}`, object: 'chat.completion', created: 1, model, choices, usage };
  },
  events({ say, call }, id, { model }) {
    const chunk = (delta: object, finish: string | null = null): [undefined, object] => [
      undefined,
      {
        id: `chatcmpl-${id}`,
        object: 'chat.completion.chunk',
        created: 1,
        model,
        choices: [{ index: 0, delta, finish_reason: finish }],
      },
    ];
    const calls =
      call === undefined
        ? []
        : [
            chunk({
              tool_calls: [
                {
                  index: 0,
                  id: `call_${id}`,
                  type: 'function',
                  function: { name: call.tool, arguments: JSON.stringify(call.input) },
                },
              ],
            }),
          ];
    return [
      chunk({ role: 'assistant', content: say ?? '' }),
      ...calls,
      chunk({}, call === undefined ? 'stop' : 'tool_calls'),
      [undefined, '[DONE]'],
    ];
  },
};

const responses: Api = {
  path: /\/responses$/,
  done: ({ input }) => count(input, item => String(item.type).endsWith('call_output')),
  events({ say, call }, id, { model }) {
    const items = [
      ...(say === undefined
        ? []
        : [
            {
              type: 'message',
              id: `msg_${id}`,
              role: 'assistant',
              status: 'completed',
              content: [{ type: 'output_text', text: say, annotations: [] }],
            },
          ]),
      ...(call === undefined
        ? []
        : [
            {
              type: 'function_call',
              id: `fc_${id}`,
              call_id: `call_${id}`,
              name: call.tool,
              ...(call.namespace === undefined ? {} : { namespace: call.namespace }),
              arguments: JSON.stringify(call.input),
              status: 'completed',
            },
          ]),
    ];
    const usage = { input_tokens: 10, output_tokens: 5, total_tokens: 15 };
    const response = {
      id: `resp_${id}`,
      object: 'response',
      created_at: 1,
      model,
      status: 'in_progress',
      output: [],
    };
    const named = (type: string, data: object): [string, object] => [type, { type, ...data }];
    return [
      named('response.created', { response }),
      ...items.flatMap((item, output_index) => [
        named('response.output_item.added', { output_index, item: { ...item, status: 'in_progress' } }),
        named('response.output_item.done', { output_index, item }),
      ]),
      named('response.completed', { response: { ...response, status: 'completed', output: items, usage } }),
    ];
  },
};

const gemini: Api = {
  path: /:(streamGenerateContent|generateContent)/,
  done: ({ contents }) =>
    count(contents, c => c.role === 'model' && c.parts?.some((part: Json) => part.functionCall)),
  events({ say, call }, id) {
    const parts = [
      ...(say === undefined ? [] : [{ text: say }]),
      ...(call === undefined
        ? []
        : [{ functionCall: { id: `fc_${id}`, name: call.tool, args: call.input } }]),
    ];
    const usageMetadata = { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 };
    return [
      [
        undefined,
        {
          candidates: [{ index: 0, content: { role: 'model', parts }, finishReason: 'STOP' }],
          usageMetadata,
        },
      ],
    ];
  },
};

const APIS = [anthropic, chatCompletions, responses, gemini];

/** A model on the loopback interface that says what the script says, in the words of whichever API it is asked. */
export interface ScriptedModel {
  readonly url: string;
  /** How many times it was asked for a turn of the script. */
  readonly asked: () => number;
  /** Resolves when it was asked so often. */
  readonly reached: (turns: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Answers to requests that are no turn of the main conversation: a subagent's, a reviewer's. */
export interface Aside {
  /** Words that stand in such a request and in no other, in the instructions or in the first message. */
  readonly about: string;
  readonly script: readonly Turn[];
}

export async function startModel(
  script: readonly Turn[],
  asides: readonly Aside[] = [],
): Promise<ScriptedModel> {
  let asked = 0;
  let calls = 0;
  const waiting = new Set<() => void>();
  const answer = async (request: Json, api: Api, url: string, response: ServerResponse): Promise<void> => {
    // titles, summaries and classifications are asked for without tools, and are no turn of the script
    const opening = openingOf(request);
    const aside = asides.find(({ about }) => opening.includes(about));
    const own = aside === undefined && Array.isArray(request.tools) && request.tools.length > 0;
    const lines = aside?.script ?? script;
    const turn: Turn =
      own || aside !== undefined
        ? (lines[Math.min(api.done(request), lines.length - 1)] ?? { say: 'Done.' })
        : { say: '{}' };
    if (own) asked += 1;
    calls += 1;
    if (turn.after !== undefined) await delay(turn.after);
    const id = `${String(calls).padStart(4, '0')}${'0'.repeat(14)}`;
    const events = api.events(turn, id, request);
    if (api.whole !== undefined && request.stream !== true) {
      response.writeHead(200, JSON_TYPE);
      if (turn.hang === true) response.flushHeaders();
      else response.end(JSON.stringify(api.whole(turn, id, request)));
    } else if (api === gemini && !url.includes('stream'))
      response.writeHead(200, JSON_TYPE).end(JSON.stringify(events[0]?.[1]));
    else {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const shown = turn.hang === true ? events.slice(0, turn.say === undefined ? 1 : 3) : events;
      for (const [name, data] of shown) {
        const text = typeof data === 'string' ? data : JSON.stringify(data);
        response.write(`${name === undefined ? '' : `event: ${name}\n`}data: ${text}\n\n`);
      }
      if (turn.hang !== true) response.end();
    }
    for (const check of waiting) check();
  };
  const server = createServer((request, response) => {
    void read(request).then(body => {
      const url = request.url ?? '';
      const api = APIS.find(({ path }) => path.test(url));
      if (url.includes('count_tokens') || url.includes('countTokens')) {
        response.writeHead(200, JSON_TYPE).end('{"input_tokens":10,"totalTokens":10}');
      } else if (api === undefined || request.method !== 'POST') {
        response.writeHead(url.includes('/models') ? 200 : 404, JSON_TYPE).end('{"object":"list","data":[]}');
      } else if (api === anthropic && body.stream !== true) {
        response.writeHead(200, JSON_TYPE).end(
          JSON.stringify({
            id: 'msg_0',
            type: 'message',
            role: 'assistant',
            model: body.model,
            content: [{ type: 'text', text: 'ok' }],
            stop_reason: 'end_turn',
            usage: { input_tokens: 1, output_tokens: 1 },
          }),
        );
      } else void answer(body, api, url, response);
    });
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    reached: turns =>
      new Promise(done => {
        const check = (): void => {
          if (asked < turns) return;
          waiting.delete(check);
          done();
        };
        waiting.add(check);
        check();
      }),
    close: () =>
      new Promise(done => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** What a conversation begins with: the instructions, and the messages before the model's first. */
function openingOf({ messages, input, contents, instructions, system, text }: Json): string {
  const turns = messages ?? input ?? contents ?? [];
  const first = Array.isArray(turns) ? turns.findIndex(turn => /^(assistant|model)$/.test(turn.role)) : 0;
  const before = Array.isArray(turns) ? turns.slice(0, first < 0 ? turns.length : first) : turns;
  return JSON.stringify([before, instructions, system, text]);
}

const JSON_TYPE = { 'content-type': 'application/json' };

async function read(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
  } catch {
    return {};
  }
}
