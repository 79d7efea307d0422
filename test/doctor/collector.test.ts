import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { checkCollector } from '../../src/cli/doctor/collector.ts';

const servers: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server | ReturnType<typeof createSocketServer>): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

/** A server that answers everything with one status, and keeps what it was asked. */
async function answering(status: number): Promise<{ url: string; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const url = await listen(
    createServer((request, response) => {
      asked.push(request);
      response.writeHead(status).end('{}');
    }),
  );
  return { url, asked };
}

const told = async (env: Record<string, string>): Promise<string[]> =>
  (await checkCollector(env)).map(({ status, message, mend }) => `${status}: ${message} → ${mend ?? ''}`);

describe('the Collector', () => {
  it('takes an empty request of each kind', async () => {
    const { url, asked } = await answering(200);
    expect(await told({ OTEL_EXPORTER_OTLP_ENDPOINT: url })).toEqual([
      `ok: ${url}/v1/traces takes traces → `,
      `ok: ${url}/v1/logs takes logs → `,
    ]);
    expect(asked.map(request => `${request.method} ${request.url}`)).toEqual([
      'POST /v1/traces',
      'POST /v1/logs',
    ]);
  });

  it('uses headers and credentials, and shows neither', async () => {
    const { url, asked } = await answering(401);
    const lines = await told({
      OTEL_EXPORTER_OTLP_ENDPOINT: `${url.replace('http://', 'http://user:hunter2@')}/base?key=hunter3`,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=hunter4',
    });
    expect(asked[0]?.headers['x-key']).toBe('hunter4');
    expect(lines.join()).not.toContain('hunter');
    expect(lines[0]).toMatch(/^problem: .*refuses the key \(401\) → .*OTEL_EXPORTER_OTLP_HEADERS/);
  });

  it.each([
    [403, 'problem', 'refuses the key'],
    [404, 'problem', 'has no such path'],
    [415, 'note', 'takes no JSON'],
    [429, 'problem', 'takes no more'],
    [500, 'problem', 'answers 500'],
    [302, 'problem', 'answers 302'],
  ])('says what %i means', async (status, severity, words) => {
    const { url } = await answering(status);
    for (const line of await told({ OTEL_EXPORTER_OTLP_ENDPOINT: url })) {
      expect(line).toMatch(new RegExp(`^${severity}: `));
      expect(line).toContain(words);
    }
  });

  it('says that nothing listens; where nobody named an address that is no problem', async () => {
    const { url } = await answering(200);
    servers.pop()?.close();
    expect((await told({ OTEL_EXPORTER_OTLP_ENDPOINT: url }))[0]).toMatch(/^problem: .*nothing listens/);
    const unnamed = await checkCollector({});
    for (const { status } of unnamed) expect(['ok', 'warning', 'note']).toContain(status);
  });

  it('knows an endpoint that speaks no HTTP/1.1', async () => {
    const url = await listen(createSocketServer(socket => socket.end('\u0000\u0000\u0012\u0004\n\n')));
    expect((await told({ OTEL_EXPORTER_OTLP_ENDPOINT: url }))[0]).toContain('gRPC port');
  });

  it('only connects where the protocol is gRPC', async () => {
    const { url, asked } = await answering(200);
    const env = {
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_ENDPOINT: url.slice('http://'.length),
    };
    expect((await checkCollector(env)).map(({ status }) => status)).toEqual(['note', 'note']);
    expect(asked).toEqual([]);
  });

  it.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' }, 'no http or https address'],
    [{ OTEL_SDK_DISABLED: 'true' }, 'OTEL_SDK_DISABLED'],
    [{ OTEL_TRACES_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' }, 'OTEL_TRACES_EXPORTER is none'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://no-such-host.invalid:4318' }, 'cannot be found'],
  ])('%o: %s', async (env, words) => {
    expect((await told(env as Record<string, string>))[0]).toMatch(new RegExp(`^problem: .*${words}`));
  });
});
