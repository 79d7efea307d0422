import { createServer, type IncomingMessage } from 'node:http';
import { decode } from './otlp.ts';

export interface EventOut {
  readonly name: string;
  readonly time: string;
  readonly attributes: Record<string, unknown>;
}

export interface SpanOut {
  readonly traceId: string;
  readonly spanId: string;
  readonly name: string;
  readonly attributes: Record<string, unknown>;
  readonly events: readonly EventOut[];
  readonly status: { readonly code?: number; readonly message?: string };
  readonly resource: Record<string, unknown>;
}

export interface LogOut {
  readonly eventName: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly time: string;
  readonly severityNumber: number;
  readonly attributes: Record<string, unknown>;
  readonly body: unknown;
  readonly resource: Record<string, unknown>;
}

/** An OTLP/JSON backend of the tests, on the loopback interface. */
export interface Sink {
  readonly url: string;
  readonly spans: SpanOut[];
  readonly logs: LogOut[];
  /** Every request's body, as text. */
  readonly raw: string[];
  /** How many requests were refused. */
  readonly refused: () => number;
  /** While set, requests are answered with this status and not kept. */
  answer: number;
  /** Resolves when the condition holds; it is checked after every request. Throws after `deadlineMs`. */
  readonly until: (what: string, condition: () => boolean, deadlineMs?: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: OTLP/JSON as it comes
type Json = any;

function readSpans(request: Json): SpanOut[] {
  return (request.resourceSpans ?? []).flatMap((rs: Json) =>
    (rs.scopeSpans ?? []).flatMap((ss: Json) =>
      (ss.spans ?? []).map((span: Json) => ({
        traceId: span.traceId,
        spanId: span.spanId,
        name: span.name,
        attributes: decode(span.attributes),
        events: (span.events ?? []).map((event: Json) => ({
          name: event.name,
          time: event.timeUnixNano,
          attributes: decode(event.attributes),
        })),
        status: span.status ?? {},
        resource: decode(rs.resource?.attributes),
      })),
    ),
  );
}

function readLogs(request: Json): LogOut[] {
  return (request.resourceLogs ?? []).flatMap((rl: Json) =>
    (rl.scopeLogs ?? []).flatMap((sl: Json) =>
      (sl.logRecords ?? []).map((log: Json) => ({
        eventName: log.eventName ?? '',
        traceId: log.traceId ?? '',
        spanId: log.spanId ?? '',
        time: log.timeUnixNano ?? '0',
        severityNumber: log.severityNumber ?? 0,
        attributes: decode(log.attributes),
        body: log.body?.stringValue ?? log.body,
        resource: decode(rl.resource?.attributes),
      })),
    ),
  );
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export async function startSink(port = 0): Promise<Sink> {
  const spans: SpanOut[] = [];
  const logs: LogOut[] = [];
  const raw: string[] = [];
  let refused = 0;
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    void readBody(request).then(body => {
      response.setHeader('content-type', 'application/json');
      if (sink.answer !== 200) {
        refused++;
        response.statusCode = sink.answer;
        response.end('{}');
      } else {
        raw.push(body);
        const json = JSON.parse(body) as Json;
        for (const span of readSpans(json)) spans.push(span);
        for (const log of readLogs(json)) logs.push(log);
        response.end('{}');
      }
      for (const check of waiting) check();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const sink: Sink = {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    spans,
    logs,
    raw,
    refused: () => refused,
    answer: 200,
    until: (what, condition, deadlineMs = 30_000) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          waiting.delete(check);
          reject(
            new Error(
              `${what}: not after ${deadlineMs / 1000} s (${spans.length} spans, ${logs.length} logs)`,
            ),
          );
        }, deadlineMs);
        const check = (): void => {
          if (!condition()) return;
          clearTimeout(late);
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return sink;
}
