import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { json, listen, readBody, type Service } from './http.ts';

/** A story as data: what the model does, turn by turn, and what the person answers, in order. */
export interface Script {
  readonly task: string;
  readonly model: readonly ScriptTurn[];
  readonly person: PersonScript;
}

export interface ScriptTurn {
  readonly say: string;
  readonly call?: { readonly tool: string; readonly arguments: Readonly<Record<string, unknown>> };
}

/** What a person says of a call. `always` says yes to it and to everything that follows; `edit` lets another command run. */
export type Answer = 'yes' | 'no' | 'always' | 'stop' | { readonly edit: string };

export interface PersonScript {
  /** Answers to approval prompts. */
  readonly approvals: readonly Answer[];
  /** Answers to the agent's questions. */
  readonly questions: readonly string[];
  /** Answers to "go on?" after a grave signal. */
  readonly reviews: readonly ('continue' | 'stop')[];
}

/** Reads a script of `scripts/` and fills in the addresses that are known only at run time (`{{board}}`). */
export async function loadScript(name: string, addresses: Readonly<Record<string, string>>): Promise<Script> {
  const text = await readFile(new URL(`./scripts/${name}.json`, import.meta.url), 'utf8');
  return JSON.parse(text.replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => addresses[key] ?? '')) as Script;
}

interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string }[];
}

/**
 * A model endpoint on loopback that plays a script over the chat-completions protocol. It holds no state: the turn to
 * play is the number of turns that the conversation already has.
 */
export async function startScriptedModel(turns: readonly ScriptTurn[]): Promise<Service> {
  return listen(
    createServer(async (request, response) => {
      if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
        return json(response, 404, { error: { message: 'only POST /v1/chat/completions is served here' } });
      }
      const body = JSON.parse(await readBody(request)) as ChatRequest;
      const index = body.messages.filter(message => message.role === 'assistant').length;
      const turn = turns[index] ?? { say: 'There is nothing left to do.' };
      const calls = turn.call && [
        {
          id: `call_${index + 1}_${turn.call.tool}`,
          type: 'function',
          function: { name: turn.call.tool, arguments: JSON.stringify(turn.call.arguments) },
        },
      ];
      return json(response, 200, {
        id: `chatcmpl-${index}`,
        object: 'chat.completion',
        created: Math.floor(Date.now() / 1000),
        model: body.model,
        choices: [
          {
            index: 0,
            finish_reason: calls ? 'tool_calls' : 'stop',
            message: { role: 'assistant', content: turn.say, ...(calls ? { tool_calls: calls } : {}) },
          },
        ],
        usage: { prompt_tokens: 40 * body.messages.length, completion_tokens: turn.say.split(' ').length },
      });
    }),
    '/v1',
  );
}
