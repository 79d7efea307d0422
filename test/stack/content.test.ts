import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { collectorConfig } from '../../tools/stack/binaries.ts';
import type { Collector } from '../../tools/stack/services.ts';
import { requireBinaries, Sandbox } from './harness.ts';
import {
  type Attributes,
  type From,
  type LogIn,
  logsRequest,
  type SpanIn,
  send,
  spanId,
  traceId,
  tracesRequest,
} from './otlp.ts';
import type { LogOut, Sink, SpanOut } from './sink.ts';

const binaries = requireBinaries('content and identity', 'otelcol');
const keys = parse(readFileSync(join(collectorConfig, 'keys.yaml'), 'utf8')) as Record<string, string[]>;
const CANARY = 'canary-7f3a';
/** Keys of the table with a name in place of each `*`, all with the canary as value. */
const canaries = (...names: string[]): Attributes =>
  Object.fromEntries(
    names
      .flatMap(name => keys[name]!)
      .map(key => [key.replaceAll('*', 'x').replaceAll('#', '0'), `${CANARY} ${key}`]),
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
    const out = await send1({ attributes: { ...WORDS, ...USERS } }, { scope: scope.replace('*', '.x') });
    expect(out.attributes).toEqual(USERS);
  });

  it.concurrent.each(keys['agent_services']!)('leave a span of the service %s', async service => {
    const resource = { 'service.name': service };
    const out = await send1({ attributes: { ...WORDS, ...USERS } }, { resource, scope: 'renamed' });
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

  it.concurrent.each([
    ['its scope', { scope: 'gemini-cli' }, {}],
    ['its service', { resource: { 'service.name': 'claude-code' } }, {}],
    ['a mark', {}, { attributes: { 'gen_ai.operation.name': 'chat' } }],
    ['its event name', {}, { eventName: 'gen_ai.user.message' }],
    ['the event name of older SDKs', {}, { attributes: { 'event.name': 'codex.user_prompt' } }],
  ] as [string, From, LogIn][])(
    "leave an agent's record, known by %s, and its body",
    async (_, from, input) => {
      const attributes = { ...CONTENT, ...WORDS, ...USERS, ...input.attributes, mark: traceId() };
      await send(collector.otlpHttp, 'logs', logsRequest([{ ...input, body: CANARY, attributes }], from));
      const out = await record(attributes.mark);
      expect(out.attributes).toEqual({ ...USERS, ...input.attributes, mark: attributes.mark });
      expect(out.body ?? '').toBe('');
      expect(out.eventName).toBe(input.eventName ?? '');
    },
  );

  it.concurrent("stay on other programs' records, apart from keys that tell them", async () => {
    const attributes = { ...CONTENT, ...WORDS, ...USERS, mark: traceId() };
    await send(collector.otlpHttp, 'logs', logsRequest([{ body: 'order shipped', attributes }]));
    const out = await record(attributes.mark);
    expect(out.attributes).toEqual({ ...WORDS, ...USERS, mark: attributes.mark });
    expect(out.body).toBe('order shipped');
  });

  async function record(mark: string): Promise<LogOut> {
    const find = (): LogOut | undefined => sink.logs.find(out => out.attributes['mark'] === mark);
    await sink.until(`record ${mark}`, () => find() !== undefined);
    return find()!;
  }
});
