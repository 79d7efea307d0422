import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Context, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, describe, expect, it } from 'vitest';
import { epochAt } from './epoch.ts';
import { receivedFragments } from './fragment/otlp.ts';
import type { Fragment } from './fragment/schema.ts';
import { type FragmentProcessorOptions, FragmentSpanProcessor } from './processor.ts';
import { otlpFragments } from './processor-otlp.ts';
import { withSessionToken } from './propagation/token.ts';
import { hmacPseudonyms } from './pseudonyms.ts';

const TOKEN = '9Zr2hXwqQ0mJ3l1nB7yA1w';
const epoch = epochAt(Date.now());
const pseudonyms = hmacPseudonyms(
  new Map([epoch, epochAt(epoch.start - 1), epochAt(epoch.end)].map(({ id }) => [id, Buffer.alloc(32, 7)])),
);
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

function setUp(more: Partial<FragmentProcessorOptions> = {}) {
  const exported: Fragment[][] = [];
  const processor = new FragmentSpanProcessor({
    pseudonyms,
    exporter: fragments => {
      exported.push([...fragments]);
    },
    ...more,
  });
  const provider = new TracerProvider({ spanProcessors: [processor] });
  ends.push(() => provider.shutdown());
  return { processor, exported, tracer: provider.getTracer('original-scope') };
}

const remote = (traceId: string): Context =>
  trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: 'b7ad6b7169203331', traceFlags: 1, isRemote: true });
const TRACE = '0af7651916cd43dd8448eb211c80319c';

describe('fragments of the spans of a process', () => {
  it('are made when the last open span of the trace has ended', async () => {
    const { processor, exported, tracer } = setUp();
    const root = tracer.startSpan('original-root', {}, withSessionToken(ROOT_CONTEXT, TOKEN));
    const below = trace.setSpan(ROOT_CONTEXT, root);
    const call = tracer.startSpan(
      'original-call',
      { kind: SpanKind.CLIENT, attributes: { 'mcp.method.name': 'tools/call', secret: 'original-value' } },
      below,
    );
    tracer.startSpan('original-plain', {}, below).end();
    root.end();
    await processor.forceFlush();
    expect(exported).toEqual([]);
    call.addEvent('alignment.intervention', { 'alignment.intervention.type': 'stop' });
    call.end();
    await processor.forceFlush();
    expect(exported).toHaveLength(1);
    const [first, second] = exported[0]!;
    expect([first!.name, second!.name]).toEqual(['alignment.session', 'alignment.edge']);
    expect(second!.parentSpanId).toBe(first!.spanId);
    expect(first!.attributes['alignment.join.types']).toContain('alignment.session');
    expect(second!.kind).toBe(3);
    expect(second!.events).toHaveLength(1);
    const text = JSON.stringify(exported);
    for (const original of ['original', TOKEN, root.spanContext().traceId, call.spanContext().spanId])
      expect(text).not.toContain(original);
  });

  it('state the highest risk and autonomy of the steps that are left out', async () => {
    const { processor, exported, tracer } = setUp();
    const root = tracer.startSpan('original-root');
    const turn = tracer.startSpan('original-turn', {}, trace.setSpan(ROOT_CONTEXT, root));
    for (const [risk, level] of [
      [0.5, 'consultant'],
      [0.2, 'approver'],
    ] as const) {
      const step = tracer.startSpan('original-step', {}, trace.setSpan(ROOT_CONTEXT, turn));
      // as the processor that attaches signals does it: at the end
      step.setAttributes({ 'alignment.risk.score': risk, 'alignment.autonomy.level': level });
      step.end();
    }
    turn.end();
    root.end();
    await processor.forceFlush();
    expect(exported.flat()).toHaveLength(1);
    expect(exported[0]![0]!.attributes).toMatchObject({
      'alignment.fragment.risk_bucket': 2,
      'alignment.autonomy.level': 'approver',
    });
  });

  it('of a remote parent are remote, and a trace that comes back is made again', async () => {
    const { processor, exported, tracer } = setUp();
    for (let i = 0; i < 2; i++) {
      tracer.startSpan('x', { kind: SpanKind.SERVER }, remote(TRACE)).end();
      await processor.forceFlush();
    }
    expect(exported.map(([fragment]) => fragment!.attributes['alignment.fragment.role'])).toEqual([
      'remote',
      'remote',
    ]);
    expect(exported[0]![0]!.traceId).toBe(exported[1]![0]!.traceId);
  });

  it('leave at shutdown, also of spans that never ended; nothing after it', async () => {
    const { processor, exported, tracer } = setUp();
    const root = tracer.startSpan('x');
    tracer
      .startSpan(
        'y',
        { kind: SpanKind.CLIENT, attributes: { 'mcp.method.name': 'x' } },
        trace.setSpan(ROOT_CONTEXT, root),
      )
      .end();
    await processor.shutdown();
    expect(exported.flat()).toHaveLength(1);
    tracer.startSpan('z').end();
    await processor.forceFlush();
    await processor.shutdown();
    expect(exported.flat()).toHaveLength(1);
  });

  it('stay in bounds: open traces, and those that wait', async () => {
    const { processor, exported, tracer } = setUp({ maxTraces: 2, maxQueue: 3 });
    const held = Array.from({ length: 4 }, () => tracer.startSpan('x'));
    tracer.startSpan('y', { attributes: {} }, trace.setSpan(ROOT_CONTEXT, held[0]!)).end();
    for (const span of held) span.end();
    await processor.forceFlush();
    expect(exported.flat()).toHaveLength(3);
    expect([...processor.refusals]).toEqual([['a trace for which the queue had no room', 2]]);
  });

  it('are kept for a while where the exporter fails, and the host sees nothing of it', async () => {
    let working = false;
    const got: Fragment[] = [];
    const { processor, tracer } = setUp({
      exporter: async fragments => {
        if (!working) throw new Error('no');
        got.push(...fragments);
      },
    });
    tracer.startSpan('x').end();
    await processor.forceFlush();
    await processor.forceFlush();
    working = true;
    await processor.forceFlush();
    expect(got).toHaveLength(1);
    working = false;
    tracer.startSpan('x').end();
    for (let i = 0; i < 5; i++) await processor.forceFlush();
    expect([...processor.refusals]).toEqual([['a trace that could not be exported', 1]]);
  });

  it('no hostile span throws', () => {
    const { processor } = setUp();
    for (const span of [
      {},
      Object.freeze({ spanContext: () => undefined }),
      { spanContext: () => ({ traceFlags: 1, traceId: 'x' }) },
    ]) {
      processor.onStart(span, ROOT_CONTEXT);
      processor.onEnd(span);
    }
  });

  it('are not made of a week whose key must be destroyed, though it is there, and are counted', async () => {
    const week = 7 * 86_400_000;
    const old = epochAt(epoch.start - 2 * week);
    const keys = new Map([old, epoch].map(({ id }) => [id, Buffer.alloc(32, 7)]));
    const { processor, exported, tracer } = setUp({ pseudonyms: hmacPseudonyms(keys) });
    tracer.startSpan('x', { startTime: old.start + 1 }).end();
    await processor.forceFlush();
    expect(exported).toEqual([]);
    expect([...processor.refusals]).toEqual([[`epoch ${old.id} is closed: its key must be destroyed`, 1]]);
  });

  it('are counted where the epoch has no key', async () => {
    const { processor, exported, tracer } = setUp({ pseudonyms: hmacPseudonyms(new Map()) });
    tracer.startSpan('x').end();
    await processor.forceFlush();
    expect(exported).toEqual([]);
    expect([...processor.refusals.values()]).toEqual([1]);
  });
});

describe('the OTLP exporter', () => {
  it('posts what a layer takes, and says what it answers', async () => {
    let status = 200;
    const bodies: { body: string; headers: unknown }[] = [];
    const server = createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      bodies.push({ body: Buffer.concat(parts).toString(), headers: request.headers });
      response.writeHead(status).end('{}');
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    ends.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`;
    const exporter = otlpFragments({ url, contributor: 'provider-a', headers: { 'x-a': 'b' } });
    const { processor, tracer, exported } = setUp();
    for (let i = 0; i < 3; i++) tracer.startSpan('x').end();
    await processor.forceFlush();
    await exporter(exported.flat());
    const received = [...receivedFragments(JSON.parse(bodies[0]!.body))];
    expect(received).toHaveLength(3);
    for (const one of received) expect(one).toMatchObject({ contributor: 'provider-a' });
    expect(bodies[0]!.headers).toMatchObject({ 'content-type': 'application/json', 'x-a': 'b' });
    status = 503;
    await expect(exporter(exported.flat())).rejects.toThrow('HTTP 503');
  });

  it('wants an address and a name', () => {
    expect(() => otlpFragments({ url: 'x', contributor: 'a' })).toThrow('url');
    expect(() => otlpFragments({ url: 'http://x', contributor: 'A B' })).toThrow('contributor');
  });
});
