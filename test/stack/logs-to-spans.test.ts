import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { syntheticIds } from '../../src/signals/id.ts';
import { freePorts, waitFor } from '../../tools/stack/processes.ts';
import { hasComponent, requireBinaries, Sandbox, shipped } from './harness.ts';
import { type LogIn, logsRequest, post, send, spanId, traceId } from './otlp.ts';
import { type SpanOut, startSink } from './sink.ts';

const binaries = requireBinaries('overlays/logs-to-spans.yaml', 'otelcol');
const TRACE = traceId();
const SPAN = spanId();
const ID = 'd'.repeat(32);
const WITH_TRACE: LogIn = {
  eventName: 'alignment.intervention',
  traceId: TRACE,
  spanId: SPAN,
  attributes: {
    'alignment.signal.id': ID,
    'alignment.intervention.type': 'denial',
    'alignment.risk.score': 0.72,
    'alignment.signal.reason': 'a "quoted" \\ reason\nin two lines, é',
    'gen_ai.tool.name': 'bash',
    'session.id': 's1',
  },
};
const WITHOUT_TRACE: LogIn = {
  eventName: 'alignment.autonomy_boundary',
  attributes: { 'alignment.boundary.type': 'mode_change', 'session.id': 's1' },
};

/** What the spans must be, whoever reads the JSON. */
function check(spans: readonly SpanOut[]): void {
  const lifted = spans.find(span => span.traceId === TRACE)!;
  expect(lifted.spanId).toBe(ID.slice(0, 16));
  expect(lifted.name).toBe('alignment.intervention');
  expect(lifted.attributes).toEqual({ 'alignment.signal.count': 1, 'alignment.signal.max_severity': 0.4 });
  expect(lifted.resource).toEqual({ 'service.name': 'test' });
  expect(lifted.events).toHaveLength(1);
  expect(lifted.events[0]!.attributes).toEqual({
    ...WITH_TRACE.attributes,
    'alignment.signal.class': 'intervention',
    'alignment.signal.severity': 0.4,
  });
  const other = spans.find(span => span.name === 'alignment.autonomy_boundary')!;
  const id = other.events[0]!.attributes['alignment.signal.id'] as string;
  expect({ traceId: other.traceId, spanId: other.spanId }).toEqual(syntheticIds('s1', id));
}

// All but the connector runs: its input is taken to the Collector's own receiver in its place.
describe.skipIf(!binaries)('overlays/logs-to-spans.yaml with a stand-in for the connector', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it('writes spans that OTLP receivers read', async () => {
    const overlay = parse(readFileSync(shipped('logs-to-spans'), 'utf8'));
    const [port] = await freePorts(1);
    const lifted = await startSink();
    sandbox.defer(() => lifted.close());
    delete overlay.connectors.otlpjson;
    overlay.receivers = { 'otlp/lifted': { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } };
    overlay.exporters['otlp_http/lifted'] = {
      endpoint: lifted.url,
      encoding: 'json',
      compression: 'none',
      sending_queue: { enabled: false },
    };
    overlay.service.pipelines['logs/lift'].exporters = ['otlp_http/lifted'];
    overlay.service.pipelines['traces/lifted'].receivers = ['otlp/lifted'];
    const file = join(sandbox.folder(), 'overlay.yaml');
    writeFileSync(file, stringify(overlay));
    const { sink, collector } = await sandbox.pair(binaries!.otelcol, { overlays: [file] });

    const nowhere = { eventName: 'alignment.intervention' };
    await send(
      collector.otlpHttp,
      'logs',
      logsRequest([WITH_TRACE, WITHOUT_TRACE, nowhere, { body: 'other' }]),
    );
    await lifted.until('both', () => lifted.logs.length === 2);
    for (const { body } of lifted.logs)
      expect(await post(`http://127.0.0.1:${port}`, 'traces', String(body))).toBe(200);
    await sink.until('both spans', () => sink.spans.length >= 2);
    check(sink.spans);
    const parent = JSON.parse(String(lifted.logs.find(log => log.traceId === TRACE)!.body)).resourceSpans[0]
      .scopeSpans[0].spans[0].parentSpanId;
    expect(parent).toBe(SPAN);
    expect(sink.logs).toEqual([]);
  });
});

describe.skipIf(!binaries || !hasComponent(binaries.otelcol, 'otlpjson'))(
  'overlays/logs-to-spans.yaml on the real otlpjson connector',
  () => {
    const sandbox = new Sandbox();
    afterAll(() => sandbox.clean());

    it('makes spans of signals that are log records', async () => {
      const { sink, collector } = await sandbox.pair(binaries!.otelcol, {
        overlays: [shipped('logs-to-spans')],
      });
      await send(collector.otlpHttp, 'logs', logsRequest([WITH_TRACE, WITHOUT_TRACE]));
      await waitFor('both spans', async () => sink.spans.length >= 2);
      check(sink.spans);
    });
  },
);
