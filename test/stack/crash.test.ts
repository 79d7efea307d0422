import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../tools/stack/processes.ts';
import { ofTests, requireBinaries, Sandbox, shipped } from './harness.ts';
import { logsRequest, send, tracesRequest } from './otlp.ts';
import type { Sink } from './sink.ts';

const binaries = requireBinaries('the crash of the Collector', 'otelcol');
const SPANS = 2_000;
const LOGS = 200;

const id = (kind: string, i: number): string =>
  `${kind === 'span' ? 'a' : 'b'}${String(i).padStart(31, '0')}`;
const attributes = (kind: string, i: number): Record<string, string> => ({
  'alignment.signal.id': id(kind, i),
  'alignment.intervention.type': 'denial',
});

/** The distinct ids of the signals that arrived, in both faces. */
function arrived(sink: Sink): Set<unknown> {
  return new Set([
    ...sink.spans.flatMap(span => span.events.map(event => event.attributes['alignment.signal.id'])),
    ...sink.logs.map(log => log.attributes['alignment.signal.id']),
  ]);
}

describe.skipIf(!binaries)('SIGKILL after the acknowledgement, while the backend is away', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  /** Sends signals in both faces, kills the Collector, starts it again and gives what arrives. */
  async function crash(extra: string[]): Promise<{ sink: Sink; sent: Set<string> }> {
    const sink = await sandbox.sink();
    sink.answer = 503;
    const options = {
      binary: binaries!.otelcol,
      backend: sink.url,
      stateDir: join(sandbox.folder(), 'state'),
      overlays: [ofTests('json'), ...extra],
    };
    const first = await sandbox.collector(options);
    const sent = new Set<string>();
    for (let i = 0; i < SPANS; i += 100) {
      const numbers = Array.from({ length: 100 }, (_, j) => i + j);
      const spans = numbers.map(n => ({
        events: [{ name: 'alignment.intervention', attributes: attributes('span', n) }],
      }));
      await send(first.otlpHttp, 'traces', tracesRequest(spans));
      for (const n of numbers) sent.add(id('span', n));
    }
    for (let i = 0; i < LOGS; i++) {
      await send(
        first.otlpHttp,
        'logs',
        logsRequest([{ eventName: 'alignment.intervention', attributes: attributes('log', i) }]),
      );
      sent.add(id('log', i));
    }
    await first.child.stop('SIGKILL');
    sink.answer = 200;
    const second = await sandbox.collector(options);
    // a marker that is queued behind all else shows when to look
    await send(
      second.otlpHttp,
      'traces',
      tracesRequest([{ name: 'marker', attributes: { 'alignment.signal.count': 1 } }]),
    );
    await sink.until('the marker', () => sink.spans.some(span => span.name === 'marker'));
    return { sink, sent };
  }

  it('loses no signal', async () => {
    const { sink, sent } = await crash([]);
    await sink.until('all signals', () => arrived(sink).size >= sent.size, 60_000).catch(() => {});
    const there = arrived(sink);
    expect([...sent].filter(one => !there.has(one))).toEqual([]);
    expect(sent.size).toBe(SPANS + LOGS);
  });

  it('would lose them with a queue in memory: the control of this test', async () => {
    const { sink, sent } = await crash([ofTests('memory-queue')]);
    expect(sink.spans.some(span => span.name === 'marker')).toBe(true);
    expect(arrived(sink).size).toBeLessThan(sent.size / 10);
  });

  it('loses no record that overlays/logs-to-file.yaml writes', async () => {
    const sink = await sandbox.sink();
    const file = join(sandbox.folder(), 'signals.jsonl');
    const collector = await sandbox.collector({
      binary: binaries!.otelcol,
      backend: sink.url,
      overlays: [shipped('logs-to-file')],
      env: { ALIGNMENT_LOGS_FILE: file },
    });
    const record = { eventName: 'alignment.intervention', attributes: attributes('log', 1) };
    await send(collector.otlpHttp, 'logs', logsRequest([record]));
    await collector.child.stop('SIGKILL');
    const text = await waitFor('the file', async () => readFileSync(file, 'utf8'));
    expect(text).toContain(id('log', 1));
    expect(sink.logs).toEqual([]);
  });
});
