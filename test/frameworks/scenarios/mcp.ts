import { tapMcpClient } from '../../../src/taps/mcp.ts';
import type { ScriptedModel } from '../../agents/model.ts';
import type { Framework, Loose } from '../support.ts';
import { askModel } from './ask-model.ts';
import { ASK, type Library, RUN, type Task, untilAborted } from './task.ts';

export async function mcp(framework: Framework): Promise<Library> {
  const { Client } = await framework.load<Loose>('@modelcontextprotocol/sdk/client/index.js');
  const { McpServer } = await framework.load<Loose>('@modelcontextprotocol/sdk/server/mcp.js');
  const { InMemoryTransport } = await framework.load<Loose>('@modelcontextprotocol/sdk/inMemory.js');
  const { ElicitRequestSchema } = await framework.load<Loose>('@modelcontextprotocol/sdk/types.js');
  const { z } = await framework.load<Loose>('zod');

  async function play(task: Task, endpoint: ScriptedModel): Promise<void> {
    const { result = () => 'done', stop } = task;
    const controller = new AbortController();
    const server = new McpServer({ name: 'tools', version: '1.0.0' });
    const text = (words: string): object => ({ content: [{ type: 'text', text: words }] });
    server.registerTool(
      RUN,
      { inputSchema: { command: z.string() } },
      async ({ command }: Loose, { signal }: Loose) => {
        if (stop === 'call') await untilAborted(controller, signal).catch(() => {});
        return text(result(command));
      },
    );
    server.registerTool(ASK, { inputSchema: { question: z.string() } }, async () => {
      const requestedSchema = { type: 'object', properties: { name: { type: 'string' } } };
      await server.server.elicitInput({ message: 'Which one?', requestedSchema });
      return text('answered');
    });
    const client = new Client({ name: 'agent', version: '1.0.0' }, { capabilities: { elicitation: {} } });
    const { elicitation } = tapMcpClient(client, { aborter: 'human' });
    client.setRequestHandler(
      ElicitRequestSchema,
      elicitation(async () => ({ action: 'accept', content: { name: 'one' } })),
    );
    const [here, there] = InMemoryTransport.createLinkedPair();
    await Promise.all([server.connect(there), client.connect(here)]);
    await client.listTools();
    for (let calls = 0; ; calls++) {
      const { call } = await askModel(endpoint.url, calls);
      if (call === undefined) break;
      const params = { name: call.tool, arguments: JSON.parse(call.arguments) };
      await client.callTool(params, undefined, { signal: controller.signal });
    }
    await client.close();
  }
  return { play };
}
