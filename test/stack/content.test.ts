import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { collectorConfig } from '../../tools/stack/binaries.ts';
import type { Collector } from '../../tools/stack/services.ts';
import { requireBinaries, Sandbox, shipped } from './harness.ts';
import { type Attributes, type From, logsRequest, type SpanIn, send, spanId, tracesRequest } from './otlp.ts';
import type { LogOut, Sink, SpanOut } from './sink.ts';

const binaries = requireBinaries('content and identity', 'otelcol');
const keys = parse(readFileSync(join(collectorConfig, 'keys.yaml'), 'utf8')) as Record<string, string[]>;
const CANARY = 'canary-7f3a';
/** Keys of the table with a name in place of each `*`, all with the canary as value. */
const canaries = (...names: string[]): Attributes =>
  Object.fromEntries(
    names.flatMap(name => keys[name]!).map(key => [key.replaceAll('*', 'x'), `${CANARY} ${key}`]),
  );
const CONTENT = canaries('content');
const WORDS = canaries('agent_content', 'identity');
const USERS: Attributes = {
  'http.request.method': 'GET',
  'url.full': 'https://example.org/?q=1',
  team: 'x',
  n: 3,
};

async function oneSpan(collector: Collector, sink: Sink, input: SpanIn, from?: From): Promise<SpanOut> {
  const id = spanId();
  await send(collector.otlpHttp, 'traces', tracesRequest([{ ...input, spanId: id }], from));
  await sink.until(`span ${id}`, () => sink.spans.some(out => out.spanId === id));
  return sink.spans.find(out => out.spanId === id)!;
}

// concurrent, because every span waits for the sampler's decision
describe.skipIf(!binaries)('content and identity', () => {
  const sandbox = new Sandbox();
  let sink: Sink;
  let collector: Collector;
  beforeAll(async () => {
    ({ sink, collector } = await sandbox.pair(binaries!.otelcol, { env: { ALIGNMENT_REST_PERCENT: '100' } }));
  });
  afterAll(() => sandbox.clean());
  const send1 = (input: SpanIn, from?: From): Promise<SpanOut> => oneSpan(collector, sink, input, from);

  it.concurrent.each(keys['agent_marks']!)('leave a span with %s, which keeps all else', async mark => {
    const value = mark === 'alignment.signal.count' ? 1 : mark === 'alignment.risk.score' ? 0.5 : 'x';
    const out = await send1({
      attributes: { ...CONTENT, ...WORDS, ...USERS, [mark]: value },
      events: [
        { name: 'message', attributes: { ...CONTENT, ...WORDS, ...USERS, 'exception.type': 'Error' } },
      ],
      status: { code: 2, message: CANARY },
    });
    expect(JSON.stringify(out)).not.toContain(CANARY);
    expect(out.attributes).toEqual({ ...USERS, [mark]: value });
    expect(out.events[0]!.attributes).toEqual({ ...USERS, 'exception.type': 'Error' });
    expect(out.status.code).toBe(2);
  });

  it.concurrent.each(keys['agent_scopes']!)('leave a span of the scope %s', async scope => {
    const out = await send1({ attributes: { ...WORDS, ...USERS } }, { scope });
    expect(out.attributes).toEqual(USERS);
  });

  it.concurrent('leave every span where the key alone tells them, even without events', async () => {
    const out = await send1({ attributes: { ...CONTENT, ...USERS } });
    expect(out.attributes).toEqual(USERS);
  });

  it.concurrent('stay on spans that are no agents: words of every day are their own', async () => {
    const status = { code: 2, message: 'connection refused' };
    const out = await send1({
      attributes: { ...WORDS, ...USERS },
      events: [{ name: 'exception', attributes: WORDS }],
      status,
    });
    expect(out.attributes).toEqual({ ...WORDS, ...USERS });
    expect(out.events[0]!.attributes).toEqual(WORDS);
    expect(out.status).toEqual(status);
  });

  it.concurrent('leave the resource, whoever the sender is', async () => {
    const resource = {
      ...canaries('identity', 'resource_identity'),
      'host.name': 'h',
      'service.version': '1',
    };
    const out = await send1({}, { resource });
    expect(out.resource).toEqual({ 'service.name': 'test', 'host.name': 'h', 'service.version': '1' });
  });

  it.concurrent('never stand on a signal: it keeps alignment.* and the reused keys alone', async () => {
    const signal = {
      'alignment.signal.id': 'b'.repeat(32),
      'alignment.signal.severity': 0.5,
      'alignment.new.key': 'kept',
      'gen_ai.tool.name': 'bash',
      'gen_ai.agent.id': 'a1',
      'error.type': 'E',
    };
    const attributes = { ...CONTENT, ...WORDS, ...USERS, ...signal };
    const out = await send1({ events: [{ name: 'alignment.intervention', attributes }] });
    expect(out.events[0]!.attributes).toEqual({ ...signal, 'alignment.signal.class': 'intervention' });
    const record = { eventName: 'alignment.intervention', body: CANARY, attributes };
    await send(collector.otlpHttp, 'logs', logsRequest([record]));
    const log = (): LogOut | undefined =>
      sink.logs.find(found => found.attributes['alignment.new.key'] === 'kept');
    await sink.until('log', () => log() !== undefined);
    expect(log()!.attributes).toEqual({ ...signal, 'alignment.signal.class': 'intervention' });
    expect(log()!.body ?? '').toBe('');
  });

  it.concurrent('other log records do not pass', async () => {
    const records = [
      { eventName: 'gen_ai.client.inference.operation.details', body: CANARY },
      { attributes: { 'event.name': 'codex.user_prompt' } },
      { eventName: 'alignment.intervention', attributes: { 'alignment.source.version': 'last' } },
    ];
    await send(collector.otlpHttp, 'logs', logsRequest(records));
    await sink.until('last', () =>
      sink.logs.some(out => out.attributes['alignment.source.version'] === 'last'),
    );
    expect(sink.logs.every(out => out.eventName.startsWith('alignment.'))).toBe(true);
  });
});

describe.skipIf(!binaries)('overlays/other-logs.yaml', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it("lets other records pass: an agent's without content, other programs' as they are", async () => {
    const { sink, collector } = await sandbox.pair(binaries!.otelcol, { overlays: [shipped('other-logs')] });
    const attributes = { ...WORDS, ...CONTENT, ...USERS };
    await send(
      collector.otlpHttp,
      'logs',
      logsRequest([{ body: CANARY, attributes }], { scope: 'gemini-cli' }),
    );
    await send(
      collector.otlpHttp,
      'logs',
      logsRequest([{ body: 'order shipped', attributes }], { scope: 'shop' }),
    );
    await send(collector.otlpHttp, 'logs', logsRequest([{ eventName: 'alignment.intervention' }]));
    await sink.until('three records', () => sink.logs.length === 3);
    const shop = sink.logs.find(out => out.body === 'order shipped')!;
    const signal = sink.logs.find(out => out.eventName !== '')!;
    const agent = sink.logs.find(out => out !== shop && out !== signal)!;
    expect(shop.attributes).toEqual({ ...WORDS, ...USERS });
    expect(agent.attributes).toEqual(USERS);
    expect(agent.body ?? '').toBe('');
    expect(signal.attributes['alignment.signal.class']).toBe('intervention');
  });
});
