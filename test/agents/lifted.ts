import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { freePorts } from '../../tools/stack/processes.ts';
import { hasComponent, type Sandbox, shipped } from '../stack/harness.ts';

/**
 * The overlay that shows log records as spans, for a backend that takes spans only. Where the Collector lacks the connector that it needs, the
 * connector's input is taken to the Collector's own receiver in its place.
 *
 * @returns its path
 */
export async function logsToSpans(sandbox: Sandbox, otelcol: string): Promise<string> {
  const file = shipped('logs-to-spans');
  if (hasComponent(otelcol, 'otlpjson')) return file;
  const [port] = await freePorts(1);
  const relay = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    for (const body of bodiesOf(JSON.parse(Buffer.concat(chunks).toString('utf8')))) {
      const headers = { 'content-type': 'application/json' };
      await fetch(`http://127.0.0.1:${port}/v1/traces`, { method: 'POST', headers, body });
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>(done => relay.listen(0, '127.0.0.1', done));
  sandbox.defer(() => {
    relay.close();
    relay.closeAllConnections();
  });
  const overlay = parse(readFileSync(file, 'utf8'));
  delete overlay.connectors.otlpjson;
  overlay.receivers = { 'otlp/lifted': { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } };
  overlay.exporters['otlp_http/lifted'] = {
    endpoint: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    encoding: 'json',
    compression: 'none',
    sending_queue: { enabled: false },
  };
  overlay.service.pipelines['logs/lift'].exporters = ['otlp_http/lifted'];
  overlay.service.pipelines['traces/lifted'].receivers = ['otlp/lifted'];
  const made = join(sandbox.folder(), 'overlay.yaml');
  writeFileSync(made, stringify(overlay));
  return made;
}

// biome-ignore lint/suspicious/noExplicitAny: OTLP/JSON as it comes
const bodiesOf = (request: any): string[] =>
  // biome-ignore lint/suspicious/noExplicitAny: OTLP/JSON as it comes
  request.resourceLogs.flatMap((resource: any) =>
    // biome-ignore lint/suspicious/noExplicitAny: OTLP/JSON as it comes
    resource.scopeLogs.flatMap((scope: any) => scope.logRecords.map((log: any) => log.body.stringValue)),
  );
