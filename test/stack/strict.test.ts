import { afterAll, describe, expect, it } from 'vitest';
import { bytesOf, requireBinaries, Sandbox, shipped } from './harness.ts';
import { logsRequest, send, tracesRequest } from './otlp.ts';

const binaries = requireBinaries('overlays/strict.yaml', 'otelcol');
const CANARY = 'canary-91c2';
const FROM = { resource: { 'host.name': CANARY }, scope: 'scope' };
const SIGNAL = {
  'session.id': 'session-1',
  'alignment.signal.id': 'c'.repeat(32),
  'alignment.signal.severity': 0.4,
  'alignment.intervention.type': 'denial',
};
const NOISE = { 'alignment.signal.explanation': CANARY, 'alignment.unknown.key': CANARY, note: CANARY };

describe.skipIf(!binaries)('overlays/strict.yaml', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it('lets signals pass and nothing else, and of them what is on a list', async () => {
    const { sink, collector, stateDir } = await sandbox.pair(binaries!.otelcol, {
      overlays: [shipped('strict')],
      env: { ALIGNMENT_REST_PERCENT: '100' },
    });
    sink.answer = 503; // so that the queue's files hold the records
    const spans = [
      {
        name: 'execute_tool bash',
        attributes: {
          'session.id': 'session-1',
          'gen_ai.tool.name': 'bash',
          'gen_ai.request.model': 'm',
          note: CANARY,
        },
        events: [
          { name: 'alignment.intervention', attributes: { ...SIGNAL, ...NOISE } },
          { name: 'note', attributes: { note: CANARY } },
        ],
        status: { code: 2, message: CANARY },
      },
      { name: `GET /${CANARY}`, attributes: { 'url.full': CANARY }, status: { code: 2, message: CANARY } },
    ];
    await send(collector.otlpHttp, 'traces', tracesRequest(spans, FROM));
    const records = [
      { eventName: 'alignment.intervention', attributes: { ...SIGNAL, ...NOISE }, body: CANARY },
      { eventName: 'gen_ai.user.message', body: CANARY },
      { body: CANARY },
    ];
    await send(collector.otlpHttp, 'logs', logsRequest(records, FROM));
    await sink.until('a refused request', () => sink.refused() > 0);
    const stored = bytesOf(stateDir);
    expect(stored).toContain('alignment.signal.id');
    expect(stored).not.toContain(CANARY);
    sink.answer = 200;
    await sink.until('both signals', () => sink.spans.length >= 1 && sink.logs.length >= 1);
    // SIGTERM flushes what would still wait for a decision
    await collector.child.stop();

    expect(sink.raw.join('')).not.toContain(CANARY);
    expect(sink.spans).toHaveLength(1);
    expect(sink.logs).toHaveLength(1);
    const own = { ...SIGNAL, 'alignment.signal.class': 'intervention' };
    const tool = sink.spans[0]!;
    expect(tool.attributes).toEqual({
      'session.id': 'session-1',
      'gen_ai.tool.name': 'bash',
      'gen_ai.request.model': 'm',
      'alignment.signal.count': 1,
      'alignment.signal.classes': ['intervention'],
      'alignment.signal.max_severity': 0.4,
    });
    expect(tool.events.map(event => event.attributes)).toEqual([own]);
    expect(tool.resource).toEqual({ 'service.name': 'test' });
    expect(sink.logs[0]!.attributes).toEqual(own);
  });
});
