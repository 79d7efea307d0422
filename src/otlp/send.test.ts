import { createServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ATTRIBUTES } from '../semconv/index.ts';
import { fromLogRecord, type Signal } from '../signals/index.ts';
import { recordsOf } from './decode.ts';
import { post } from './send.ts';
import { encodeSignals } from './send-encode.ts';
import { sendTarget } from './send-target.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    (server as Partial<HttpServer>).closeAllConnections?.();
  }
});

async function listen(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/logs`;
}

describe('sendTarget', () => {
  it.each([
    [{}, 'http://localhost:4318/v1/logs'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: '' }, 'http://localhost:4318/v1/logs'],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://otlp.example.org/base/' },
      'https://otlp.example.org/base/v1/logs',
    ],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a', OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://b/own' },
      'http://b/own',
    ],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' }, undefined],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'file:///etc/passwd' }, undefined],
    [{ OTEL_SDK_DISABLED: 'true' }, undefined],
  ])('%o → %s', (env, url) => {
    expect(sendTarget(env)?.url).toBe(url);
  });

  it('reads headers and timeouts; what is said for logs wins', () => {
    expect(
      sendTarget({
        OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Bearer%20x, team=a,broken,=y, bad name=1,evil=a%0D%0Ab: c',
        OTEL_EXPORTER_OTLP_LOGS_HEADERS: 'team=b',
        OTEL_EXPORTER_OTLP_TIMEOUT: '500',
      }),
    ).toMatchObject({ headers: { authorization: 'Bearer x', team: 'b' }, timeoutMs: 500 });
    expect(sendTarget({ OTEL_EXPORTER_OTLP_TIMEOUT: 'soon' })?.timeoutMs).toBe(10_000);
  });
});

describe('encodeSignals', () => {
  const signal: Signal = {
    class: 'intervention',
    severity: 0,
    time: [1763719200, 5],
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    attributes: {
      'alignment.intervention.type': 'approval',
      'alignment.risk.score': 1,
      'gen_ai.conversation.id': 's',
    },
  };

  it('is read back as it was', () => {
    const [record] = [...recordsOf(encodeSignals([signal], { 'service.name': 'x' }))];
    expect(record?.resource).toEqual({ 'service.name': 'x' });
    const { eventName, time, attributes, traceId, spanId } = record!;
    expect(
      fromLogRecord({
        eventName,
        timestamp: time,
        attributes: attributes as Record<string, string>,
        traceId: traceId!,
        spanId: spanId!,
      }),
    ).toEqual(signal);
  });

  it('writes every score of the registry as a double, 0 and 1 too', () => {
    // fragments of sessions are written by an encoder of their own
    const doubles = Object.entries(ATTRIBUTES).filter(
      ([key, { type }]) => type === 'double' && !key.startsWith('alignment.fragment.'),
    );
    const attributes = Object.fromEntries(doubles.map(([key]) => [key, 1]));
    const text = JSON.stringify(encodeSignals([{ ...signal, attributes }], {}));
    expect(doubles.length).toBeGreaterThan(3);
    expect(text).not.toContain('intValue');
  });
});

describe('post', () => {
  const target = (url: string, timeoutMs = 5_000) => ({ url, headers: { a: 'b' }, timeoutMs });

  it('sends the body once, with the headers', async () => {
    const seen: string[] = [];
    const url = await listen((request, response) => {
      let body = '';
      request.on('data', chunk => {
        body += chunk;
      });
      request.on('end', () => {
        seen.push(`${request.method} ${request.headers['content-type']} ${request.headers['a']} ${body}`);
        response.end('{}');
      });
    });
    expect(await post('{"ü":1}', target(url))).toEqual({ state: 'sent' });
    expect(seen).toEqual(['POST application/json b {"ü":1}']);
  });

  it.each([
    [429, 'retry'],
    [503, 'retry'],
    [400, 'refused'],
    [404, 'refused'],
    [302, 'refused'],
    [500, 'refused'],
  ])('status %i is %s', async (status, state) => {
    const url = await listen((_request, response) => {
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end();
    });
    expect(await post('{}', target(url))).toEqual({ state, reason: `http_${status}` });
  });

  it('an address where nobody listens is tried again later', async () => {
    const url = await listen(() => {});
    servers.splice(0).forEach(server => void server.close());
    expect(await post('{}', target(url))).toEqual({ state: 'retry', reason: 'ECONNREFUSED' });
  });

  it('one that never answers is given up and called slow', async () => {
    const url = await listen(() => {});
    expect(await post('{}', target(url, 50))).toEqual({ state: 'retry', reason: 'timeout', slow: true });
  });

  it.each([
    ['SSH-2.0-OpenSSH_9\r\n', { state: 'refused', reason: 'no_http' }],
    ['x'.repeat(2000), { state: 'refused', reason: 'no_http' }],
    ['', { state: 'retry', reason: 'closed' }],
  ])('what answers %j and hangs up is no endpoint', async (answer, result) => {
    const server = createSocketServer(socket => {
      socket.on('error', () => {});
      socket.end(answer);
    });
    servers.push(server);
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    expect(await post('{}', target(`http://127.0.0.1:${port}/`))).toEqual(result);
  });

  it('credentials in the address and a query are sent', async () => {
    const seen: (string | undefined)[] = [];
    const url = await listen((request, response) => {
      seen.push(request.url, request.headers.authorization);
      response.end();
    });
    await post('{}', target(`${url.replace('http://', 'http://me:a%20b@')}?x=1`));
    expect(seen).toEqual(['/v1/logs?x=1', `Basic ${Buffer.from('me:a b').toString('base64')}`]);
  });

  it('an endless answer is cut off', async () => {
    const url = await listen((_request, response) => {
      response.write('x'.repeat(70_000));
      const more = (): void => void (response.destroyed || response.write('x'.repeat(70_000), more));
      more();
    });
    expect(await post('{}', target(url))).toEqual({ state: 'sent' });
  });
});
