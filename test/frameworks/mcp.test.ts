import { expect, it } from 'vitest';
import { tapMcpClient, tapMcpServer } from '../../src/taps/mcp.ts';
import { describeWith, frameworkOf, type Loose, observe, told, written } from './support.ts';

const framework = frameworkOf('mcp', '@modelcontextprotocol/sdk', 'zod');

describeWith(framework, 'the taps of MCP, on the real library', async () => {
  const { Client } = await framework.load<Loose>('@modelcontextprotocol/sdk/client/index.js');
  const { McpServer } = await framework.load<Loose>('@modelcontextprotocol/sdk/server/mcp.js');
  const { InMemoryTransport } = await framework.load<Loose>('@modelcontextprotocol/sdk/inMemory.js');
  const { ElicitRequestSchema } = await framework.load<Loose>('@modelcontextprotocol/sdk/types.js');
  const { z } = await framework.load<Loose>('zod');

  const connect = async ({ server = false, client = false } = {}) => {
    const mcpServer = new McpServer({ name: 'server', version: '1.0.0' });
    if (server) tapMcpServer(mcpServer);
    const inputSchema = { path: z.string() };
    mcpServer.registerTool('delete_file', { inputSchema }, async () => ({ content: [] }));
    mcpServer.registerTool('fails', { inputSchema }, async () => {
      throw new Error('canary');
    });
    mcpServer.registerTool('asks', {}, async () => {
      const requestedSchema = { type: 'object', properties: { name: { type: 'string' } } };
      await mcpServer.server.elicitInput({ message: 'canary?', requestedSchema });
      return { content: [] };
    });
    const mcpClient = new Client({ name: 'c', version: '1.0.0' }, { capabilities: { elicitation: {} } });
    const answer = async () => ({ action: 'accept', content: { name: 'canary' } });
    const tap = client ? tapMcpClient(mcpClient) : undefined;
    mcpClient.setRequestHandler(ElicitRequestSchema, tap ? tap.elicitation(answer) : answer);
    const [here, there] = InMemoryTransport.createLinkedPair();
    await Promise.all([mcpServer.connect(there), mcpClient.connect(here)]);
    await mcpClient.listTools();
    return mcpClient;
  };

  it.each([
    ['client', { client: true }, 2],
    ['server', { server: true }, 1],
  ])('a call is a step on the side of the %s, without content', async (_, sides, kind) => {
    const seen = await observe(async () => {
      const client = await connect(sides);
      const result = await client.callTool({ name: 'delete_file', arguments: { path: 'canary.txt' } });
      expect(result).toEqual({ content: [] });
    });
    const call = seen.spans.find(({ name }) => name === 'tools/call delete_file');
    expect(call?.kind).toBe(kind);
    expect(call?.attributes).toMatchObject({
      'mcp.method.name': 'tools/call',
      'alignment.action.type': 'delete',
    });
    expect(written(seen)).not.toContain('canary');
  });

  it('a result that says error is an error on the span, and reaches the caller unchanged', async () => {
    const seen = await observe(async () => {
      const client = await connect({ client: true });
      const result = await client.callTool({ name: 'fails', arguments: { path: 'x' } });
      expect(result.isError).toBe(true);
    });
    const call = seen.spans.find(({ name }) => name === 'tools/call fails');
    expect(call?.attributes['error.type']).toBe('tool_error');
    expect(written(seen)).not.toContain('canary');
  });

  it('a server that asks the user is one clarification request, on the span of the call', async () => {
    const seen = await observe(async () => {
      const client = await connect({ client: true, server: true });
      await client.callTool({ name: 'asks', arguments: {} });
    });
    expect(told(seen)).toEqual(['clarification_request']);
    expect(written(seen)).not.toContain('canary');
  });
});
