import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { syntheticIds } from '../../src/signals/id.ts';
import { startCollector } from '../../tools/stack/services.ts';
import { requireBinaries, Sandbox, shipped } from './harness.ts';
import { logsRequest, send, tracesRequest } from './otlp.ts';

const binaries = requireBinaries('overlays/strict.yaml', 'otelcol');
const KEY = 'a key of more than thirty-two bytes, for tests';
const hmac = (text: string): string => createHmac('sha256', KEY).update(text).digest('hex');

describe.skipIf(!binaries)('overlays/strict.yaml', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it('lets only what is on a list pass, with keyed pseudonyms, and stores nothing else', async () => {
    const sink = await sandbox.sink();
    const stateDir = join(sandbox.folder(), 'state');
    const collector = await sandbox.collector({
      binary: binaries!.otelcol,
      backend: sink.url,
      stateDir,
      overlays: [shipped('strict'), new URL('./overlays/json.yaml', import.meta.url).pathname],
      env: { ALIGNMENT_HMAC_KEY: KEY, ALIGNMENT_DECISION_WAIT: '1s', ALIGNMENT_REST_PERCENT: '100' },
    });
    const canary = 'canary-91c2';
    const signal = {
      'session.id': 'session-1',
      'alignment.signal.id': 'c'.repeat(32),
      'alignment.signal.severity': 0.4,
      'alignment.intervention.type': 'denial',
      'alignment.signal.explanation': canary,
      'alignment.unknown.key': canary,
      note: canary,
    };
    const spans = [
      {
        name: 'execute_tool bash',
        attributes: {
          'session.id': 'session-1',
          'gen_ai.tool.name': 'bash',
          'gen_ai.request.model': 'm',
          note: canary,
        },
        events: [
          { name: 'alignment.intervention', attributes: signal },
          { name: 'note', attributes: { canary } },
        ],
        status: { code: 2, message: canary },
      },
      {
        name: 'GET /orders',
        attributes: { 'url.full': canary },
        events: [{ name: 'note', attributes: { canary } }],
      },
    ];
    sink.answer = 503; // so that the queue's files hold the records
    await send(
      collector.otlpHttp,
      'traces',
      tracesRequest(spans, { resource: { 'host.name': canary }, scope: 'scope' }),
    );
    const record = { eventName: 'alignment.intervention', attributes: signal, body: canary };
    await send(collector.otlpHttp, 'logs', logsRequest([record], { resource: { 'host.name': canary } }));
    await sink.until('a refused request', () => sink.refused() > 0);
    const stored = readdirSync(stateDir)
      .map(file => readFileSync(join(stateDir, file), 'latin1'))
      .join('');
    expect(stored).toContain('alignment.signal.id');
    expect(stored).not.toContain(canary);
    expect(stored).not.toContain('session-1');
    sink.answer = 200;
    await sink.until('all', () => sink.spans.length === 2 && sink.logs.length === 1);

    expect(sink.raw.join('')).not.toContain(canary);
    const tool = sink.spans.find(span => span.name === 'execute_tool bash')!;
    const own = {
      'session.id': hmac('session-1'),
      'alignment.signal.id': hmac('c'.repeat(32)).slice(0, 32),
      'alignment.signal.severity': 0.4,
      'alignment.intervention.type': 'denial',
      'alignment.signal.class': 'intervention',
    };
    expect(tool.attributes).toEqual({
      'session.id': hmac('session-1'),
      'gen_ai.tool.name': 'bash',
      'gen_ai.request.model': 'm',
      'alignment.signal.count': 1,
      'alignment.signal.classes': ['intervention'],
      'alignment.signal.max_severity': 0.4,
    });
    expect(tool.events.map(event => event.attributes)).toEqual([own]);
    expect(tool.resource).toEqual({ 'service.name': 'test' });
    expect(sink.spans.find(span => span.name === 'GET /orders')).toMatchObject({
      attributes: {},
      events: [],
    });
    const log = sink.logs[0]!;
    expect(log.attributes).toEqual(own);
    // the synthetic trace is made of the pseudonyms
    expect({ traceId: log.traceId, spanId: log.spanId }).toEqual(
      syntheticIds(hmac('session-1'), own['alignment.signal.id']),
    );
  });

  it.each([
    ['none', ''],
    ['a short one', 'short'],
  ])('does not start with %s for a key', async (_, key) => {
    const start = startCollector({
      binary: binaries!.otelcol,
      backend: 'http://127.0.0.1:1',
      stateDir: join(sandbox.folder(), 'state'),
      overlays: [shipped('strict')],
      env: { ALIGNMENT_HMAC_KEY: key },
    });
    await expect(start).rejects.toThrow(/hmac/i);
  });
});
