import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { decodeTraces } from './protobuf.ts';

// biome-ignore lint/suspicious/noExplicitAny: OTLP as it comes
type Json = any;

/** A request that an exporter made. */
export interface Received {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly request: Json;
}

/** An OTLP backend on the loopback interface; it takes what exporters of vendors send, at whatever path. */
export interface Backend {
  readonly url: string;
  readonly received: Received[];
  close(): Promise<void>;
}

export async function startBackend(): Promise<Backend> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = Buffer.concat(chunks);
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
    const json = request.headers['content-type']?.includes('json') === true;
    received.push({
      path: request.url ?? '',
      authorization: request.headers.authorization,
      request: json ? JSON.parse(body.toString('utf8') || '{}') : decodeTraces(body),
    });
    response.writeHead(200, { 'content-type': json ? 'application/json' : 'application/x-protobuf' });
    response.end(json ? '{}' : '');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close: () => new Promise(resolve => server.close(() => resolve())),
  };
}
