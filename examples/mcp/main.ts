import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { trace } from '@opentelemetry/api';
import { withAlignmentContext } from 'otel-alignment';
import { tapMcpClient } from 'otel-alignment/taps';
import { startServer } from './server.ts';
import { startTelemetry } from './telemetry.ts';

const file = resolve(process.argv[2] ?? 'mcp.jsonl');
const finish = startTelemetry('mcp-agent', file);

const client = new Client({ name: 'example', version: '1.0.0' }, { capabilities: { elicitation: {} } });
const { elicitation } = tapMcpClient(client, { aborter: 'human' });
/** Stands for the person whom a server asks. */
client.setRequestHandler(
  ElicitRequestSchema,
  elicitation(async ({ params }) => {
    console.log(`asked: ${params.message}`);
    return { action: 'accept', content: { folder: 'archive' } };
  }),
);

async function cleanUp(): Promise<void> {
  const [here, there] = InMemoryTransport.createLinkedPair();
  await startServer(there);
  await client.connect(here);
  await client.listTools();
  await client.callTool({ name: 'list_files', arguments: { path: '.' } });
  await client.callTool({ name: 'archive_files', arguments: { path: 'reports' } });
  await client.callTool({ name: 'read_file', arguments: { path: '.env' } });
  await client.callTool({ name: 'drop_table', arguments: { table: 'orders' } });
  await stopped('index_files');
  await client.close();
}

/** The person loses patience with a call and cancels it. */
async function stopped(name: string): Promise<void> {
  const person = new AbortController();
  const call = client.callTool({ name, arguments: { path: '.' } }, undefined, { signal: person.signal });
  setImmediate(() => person.abort());
  await call.catch((error: Error) => console.log(`${name}: ${error.message}`));
}

await withAlignmentContext({ conversationId: randomUUID(), agentName: 'cleaner' }, () =>
  trace.getTracer('application').startActiveSpan('clean up', async span => {
    await cleanUp();
    span.end();
  }),
);
await finish();
console.log(`written to ${file}`);
