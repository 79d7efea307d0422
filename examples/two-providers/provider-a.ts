// Provider A: an orchestrating agent. It works for a customer in two turns, and asks provider B for help: an agent over HTTP, a tool over MCP.
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { context, propagation, SpanKind } from '@opentelemetry/api';
import { tapMcpClient } from 'otel-alignment/taps';
import { runAgent } from './agent.ts';
import { postJson } from './http.ts';
import { startScriptedModel } from './model.ts';
import { inSpan, startTelemetry } from './telemetry.ts';

const [to, b] = process.argv.slice(2) as [string, string];
const finish = startTelemetry('orchestrator-service', to);
const folder = await mkdtemp(join(tmpdir(), 'two-providers-a-'));
await writeFile(join(folder, 'complaint.txt'), 'Customer Ada Kestrel-4417 wants 90 euros back.');

const REFUND = 'Look into the complaint of Ada Kestrel-4417.';
const CLOSE = 'Answer Ada Kestrel-4417 and close the complaint.';
const model = await startScriptedModel({
  [REFUND]: [
    { say: 'I read the complaint.', call: { tool: 'read_file', arguments: { path: 'complaint.txt' } } },
    {
      say: 'Provider B has the orders.',
      call: { tool: 'ask_orders_agent', arguments: { task: 'Find the order of Ada Kestrel-4417.' } },
    },
    { say: 'The order is there: 90 euros, late by nine days.' },
  ],
  [CLOSE]: [
    {
      say: 'What does the policy say?',
      call: { tool: 'lookup_policy', arguments: { topic: 'refund-kestrel-4417' } },
    },
    { say: 'I pay.', call: { tool: 'pay', arguments: { amount: 90, to: 'Ada Kestrel-4417' } } },
    { say: 'A person has to pay. I have left a note.' },
  ],
});

const mcp = new Client({ name: 'orchestrator', version: '1.0.0' });
tapMcpClient(mcp);
await mcp.connect(new StreamableHTTPClientTransport(new URL(`${b}/mcp`)) as never);

const tools = {
  read_file: ({ path }: Readonly<Record<string, unknown>>) => readFile(join(folder, String(path)), 'utf8'),
  ask_orders_agent: ({ task }: Readonly<Record<string, unknown>>) => {
    const attributes = {
      'http.request.method': 'POST',
      'server.address': '127.0.0.1',
      'url.full': `${b}/tasks`,
    };
    return inSpan('POST', { kind: SpanKind.CLIENT, attributes }, async () => {
      const headers: Record<string, string> = {};
      propagation.inject(context.active(), headers);
      return (await postJson<{ answer: string }>(`${b}/tasks`, { task }, headers)).answer;
    });
  },
  lookup_policy: async (args: Readonly<Record<string, unknown>>) =>
    JSON.stringify((await mcp.callTool({ name: 'lookup_policy', arguments: args })).content),
  pay: async () => 'paid',
};

// two turns of one conversation: two traces
const session = {
  name: 'orchestrator',
  conversationId: randomUUID(),
  model: model.url,
  tools,
  denied: ['pay'],
};
for (const task of [REFUND, CLOSE]) {
  const answer = await runAgent(task, session);
  console.log(`A's agent: ${answer}`);
}
await mcp.close();
await model.close();
await finish();
await rm(folder, { recursive: true });
