import { createServer, type IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';

/** A backend on the loopback interface that keeps what it gets. */
export interface Receiver {
  readonly url: string;
  /** The requests, decoded. */
  readonly requests: () => object[];
  /** Whether a span of the trace is there; takes it out if it is. */
  readonly takeTrace: (traceId: string) => boolean;
  readonly close: () => Promise<void>;
}

interface Traces {
  resourceSpans?: { scopeSpans?: { spans?: { traceId?: string }[] }[] }[];
}

export async function startReceiver(): Promise<Receiver> {
  const kept: Traces[] = [];
  const server = createServer((request, response) => {
    read(request).then(
      text => {
        kept.push(JSON.parse(text) as Traces);
        response.setHeader('content-type', 'application/json').end('{}');
      },
      () => response.writeHead(400).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    requests: () => kept.filter(request => !isEmpty(request)),
    takeTrace(traceId) {
      let found = false;
      for (const request of kept) {
        for (const group of request.resourceSpans ?? []) {
          for (const scope of group.scopeSpans ?? []) {
            const rest = scope.spans?.filter(span => span.traceId !== traceId);
            if (rest === undefined || rest.length === scope.spans?.length) continue;
            found = true;
            scope.spans = rest;
          }
          group.scopeSpans = group.scopeSpans?.filter(scope => scope.spans?.length !== 0) ?? [];
        }
        if (request.resourceSpans) {
          request.resourceSpans = request.resourceSpans.filter(group => group.scopeSpans?.length !== 0);
        }
      }
      return found;
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const isEmpty = ({ resourceSpans }: Traces): boolean => resourceSpans?.length === 0;

async function read(request: IncomingMessage): Promise<string> {
  const body = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
