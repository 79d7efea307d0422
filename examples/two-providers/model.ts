import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { json, listen, readBody, type Service } from './http.ts';

/** What a model answers: words, and a call of a tool where it wants one. */
export interface Turn {
  readonly say: string;
  readonly call?: { readonly tool: string; readonly arguments: Readonly<Record<string, unknown>> };
}

export interface Reply extends Turn {
  readonly id: string;
  readonly callId: string;
}

/** A model endpoint that plays a script for each task. It holds no state: it plays the turn that the conversation has come to. */
export const startScriptedModel = (script: Readonly<Record<string, readonly Turn[]>>): Promise<Service> =>
  listen(
    createServer(async (request, response) => {
      const { task, turns } = JSON.parse(await readBody(request)) as { task: string; turns: number };
      const turn = script[task]?.[turns] ?? { say: 'There is nothing left to do.' };
      const reply: Reply = { ...turn, id: `chatcmpl-${randomUUID()}`, callId: `call_${randomUUID()}` };
      json(response, 200, reply);
    }),
  );
