import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { z } from 'zod';

const text = (text: string): { content: { type: 'text'; text: string }[] } => ({
  content: [{ type: 'text', text }],
});

/**
 * A server whose tools say what they would do: an example needs no real files. A server of your own gets spans and
 * assessments of its calls with one line before its tools are registered: `tapMcpServer(server)`.
 */
export async function startServer(transport: Transport): Promise<void> {
  const server = new McpServer({ name: 'files', version: '1.0.0' });
  const path = { path: z.string() };
  server.registerTool('list_files', { inputSchema: path, annotations: { readOnlyHint: true } }, async () =>
    text('reports/'),
  );
  server.registerTool('read_file', { inputSchema: path, annotations: { readOnlyHint: true } }, async () =>
    text('would read'),
  );
  server.registerTool('archive_files', { inputSchema: path }, async () => {
    const requestedSchema = { type: 'object' as const, properties: { folder: { type: 'string' as const } } };
    const { content } = await server.server.elicitInput({ message: 'Which folder?', requestedSchema });
    return text(`would move to ${content?.['folder']}`);
  });
  server.registerTool('index_files', { inputSchema: path }, async (_, { signal }) => {
    // a long call: it ends when the client cancels it
    await new Promise(done => signal.addEventListener('abort', done));
    return text('stopped');
  });
  server.registerTool(
    'drop_table',
    { inputSchema: { table: z.string() }, annotations: { destructiveHint: true } },
    async () => text('would drop'),
  );
  await server.connect(transport);
}
