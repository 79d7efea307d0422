import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { syntheticIds } from '../../src/signals/id.ts';
import { startCollector } from '../../tools/stack/services.ts';
import { bytesOf, requireBinaries, Sandbox, shipped } from './harness.ts';
import { logsRequest, send, tracesRequest } from './otlp.ts';

const binaries = requireBinaries('overlays/pseudonyms.yaml', 'otelcol');
const KEY = 'a key of more than thirty-two bytes, for tests';
const SESSION = 'session-4f1b';
const hmac = (text: string): string => createHmac('sha256', KEY).update(text).digest('hex');
const ID = 'c'.repeat(32);
const SIGNAL = { 'alignment.signal.id': ID, 'alignment.signal.severity': 0.4 };
/** The same session under the names of agents. */
const NATIVE = ['conversation.id', 'thread_id', 'sessionId', 'session_id', 'ulid', 'prompt_id'];

describe.skipIf(!binaries)('overlays/pseudonyms.yaml', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it.each([
    ['alone', ['pseudonyms']],
    ['with strict, in either order', ['strict', 'pseudonyms']],
    ['with strict, in either order', ['pseudonyms', 'strict']],
  ])('%s: no session id leaves or is stored, in any lane', async (_, names) => {
    const strict = names.includes('strict');
    const { sink, collector, stateDir } = await sandbox.pair(binaries!.otelcol, {
      overlays: names.map(shipped),
      env: { ALIGNMENT_HMAC_KEY: KEY, ALIGNMENT_REST_PERCENT: '100' },
    });
    sink.answer = 503; // so that the queue's files hold the records
    const resource = { 'session.id': SESSION };
    const native = Object.fromEntries(NATIVE.map(key => [key, SESSION]));
    const spans = [
      {
        name: 'signal',
        attributes: { 'session.id': SESSION, 'gen_ai.conversation.id': SESSION },
        events: [{ name: 'alignment.intervention', attributes: { ...SIGNAL, 'session.id': SESSION } }],
      },
      { name: 'plain', attributes: { ...native, 'gen_ai.conversation.id': SESSION, n: 7 } },
    ];
    await send(collector.otlpHttp, 'traces', tracesRequest(spans, { resource }));
    const records = [
      { eventName: 'alignment.intervention', attributes: { ...SIGNAL, 'session.id': SESSION } },
      { attributes: native },
    ];
    await send(collector.otlpHttp, 'logs', logsRequest(records, { resource }));
    await sink.until('a refused request', () => sink.refused() > 0);
    expect(bytesOf(stateDir)).toContain(hmac(SESSION));
    expect(bytesOf(stateDir)).not.toContain(SESSION);
    sink.answer = 200;
    const expected = strict ? 1 : 2;
    await sink.until('all', () => sink.spans.length === expected && sink.logs.length === expected);
    await collector.child.stop();

    expect(sink.raw.join('')).not.toContain(SESSION);
    const event = sink.spans.find(span => span.name === 'signal')!.events[0]!;
    const own = {
      'session.id': hmac(SESSION),
      'alignment.signal.id': hmac(ID).slice(0, 32),
      'alignment.signal.severity': 0.4,
      'alignment.signal.class': 'intervention',
    };
    expect(event.attributes).toEqual(own);
    const log = sink.logs.find(found => found.eventName !== '')!;
    expect(log.attributes).toEqual(own);
    // the synthetic trace is made of the pseudonyms
    expect({ traceId: log.traceId, spanId: log.spanId }).toEqual(
      syntheticIds(hmac(SESSION), own['alignment.signal.id']),
    );
    if (strict) return;
    const pseudonyms = Object.fromEntries(NATIVE.map(key => [key, hmac(SESSION)]));
    expect(sink.spans.find(span => span.name === 'plain')!.attributes).toEqual({
      ...pseudonyms,
      'gen_ai.conversation.id': hmac(SESSION),
      n: 7,
    });
    expect(sink.logs.find(found => found.eventName === '')!.attributes).toEqual(pseudonyms);
  });

  it('gives ids that are no strings pseudonyms of their own', async () => {
    const { sink, collector } = await sandbox.pair(binaries!.otelcol, {
      overlays: [shipped('pseudonyms')],
      env: { ALIGNMENT_HMAC_KEY: KEY },
    });
    const records = [7, 8].map(n => ({
      eventName: 'alignment.intervention',
      attributes: { ...SIGNAL, 'session.id': n },
    }));
    await send(collector.otlpHttp, 'logs', logsRequest(records));
    await sink.until('both', () => sink.logs.length === 2);
    expect(sink.logs.map(log => log.attributes['session.id']).sort()).toEqual([hmac('7'), hmac('8')].sort());
  });

  it.each([
    ['none', ''],
    ['a short one', 'short'],
    ['31 bytes', 'k'.repeat(31)],
  ])('does not start with %s for a key', async (_, key) => {
    const start = startCollector({
      binary: binaries!.otelcol,
      backend: 'http://127.0.0.1:1',
      stateDir: join(sandbox.folder(), 'state'),
      overlays: [shipped('pseudonyms')],
      env: { ALIGNMENT_HMAC_KEY: key },
    });
    await expect(start).rejects.toThrow(/hmac/i);
  });
});
