import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../tools/stack/processes.ts';
import { ofTests, requireBinaries, Sandbox } from './harness.ts';
import { logsRequest, post, send, spanId, tracesRequest } from './otlp.ts';
import { scrape, sum } from './prometheus.ts';
import { idOf, missing, recordWith, spanWith } from './signals.ts';

// severities that are no number in [0, 1] and records without a trace: faces.test.ts; a missing key: pseudonyms.test.ts
const binaries = requireBinaries('bad input', 'otelcol');
const MEBI = 1024 * 1024;

describe.skipIf(!binaries)('bad input', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it('ten thousand events on one span: all arrive, all are counted', async () => {
    const { sink, collector } = await sandbox.pair(binaries!.otelcol);
    const id = spanId();
    const events = Array.from({ length: 10_000 }, (_, i) => spanWith(idOf('a', i)).events![0]!);
    await send(collector.otlpHttp, 'traces', tracesRequest([{ spanId: id, events }]));
    await sink.until('the span', () => sink.spans.length === 1);
    const span = sink.spans[0]!;
    expect(span.spanId).toBe(id);
    expect(span.attributes['alignment.signal.count']).toBe(10_000);
    expect(new Set(span.events.map(event => event.attributes['alignment.signal.id'])).size).toBe(10_000);
    const counted = await waitFor('the counter', async () => {
      const total = sum(await scrape(collector.prometheus), 'alignment_signals_total');
      return total > 0 && total;
    });
    expect(counted).toBe(10_000);
  });

  it('an attribute of 4 MB: content is taken away whole, what is kept is kept whole, and what is too large is refused', async () => {
    const { sink, collector } = await sandbox.pair(binaries!.otelcol, {
      env: { ALIGNMENT_REST_PERCENT: '100' },
    });
    const large = 'x'.repeat(4 * MEBI);
    const agent = { 'gen_ai.operation.name': 'chat', 'gen_ai.input.messages': large, prompt: large };
    const spans = [
      { name: 'agent', attributes: agent, events: spanWith(idOf('a', 1)).events! },
      { name: 'user', attributes: { note: large } },
    ];
    await send(collector.otlpHttp, 'traces', tracesRequest(spans));
    await sink.until('both', () => sink.spans.length === 2);
    expect(sink.spans.find(span => span.name === 'agent')!.attributes).toMatchObject({
      'alignment.signal.count': 1,
    });
    expect(JSON.stringify(sink.spans.find(span => span.name === 'agent'))).not.toContain('xxxx');
    expect(sink.spans.find(span => span.name === 'user')!.attributes).toEqual({ note: large });
    // 20 MiB, the receiver's limit
    const over = tracesRequest([{ attributes: { note: 'x'.repeat(21 * MEBI) } }]);
    const status = await post(collector.otlpHttp, 'traces', over).catch(() => 0);
    expect(status).not.toBe(200);
    await send(collector.otlpHttp, 'traces', tracesRequest([spanWith(idOf('a', 2))]));
    expect(await missing(sink, new Set([idOf('a', 1), idOf('a', 2)]))).toEqual([]);
  });

  it('a span without a trace id, a record with neither trace nor session: delivered as they are', async () => {
    const { sink, collector } = await sandbox.pair(binaries!.otelcol);
    await send(
      collector.otlpHttp,
      'traces',
      tracesRequest([spanWith(idOf('a', 1), { traceId: '', spanId: '' })]),
    );
    await send(collector.otlpHttp, 'logs', logsRequest([recordWith(idOf('b', 1))]));
    expect(await missing(sink, new Set([idOf('a', 1), idOf('b', 1)]))).toEqual([]);
    expect(sink.spans[0]!.traceId ?? '').toBe('');
    expect(sink.logs[0]!.traceId).toBe('');
  });

  it('values of the wrong type in the keys of the id: the signal is delivered, with an id', async () => {
    const { sink, collector } = await sandbox.pair(binaries!.otelcol);
    const attributes = {
      'session.id': ['a', 'b'],
      'gen_ai.tool.call.id': 7,
      'alignment.intervention.type': ['denial'],
      'alignment.source.name': true,
      'alignment.signal.id': 7,
    };
    await send(
      collector.otlpHttp,
      'traces',
      tracesRequest([{ events: [{ name: 'alignment.intervention', attributes }] }]),
    );
    await send(
      collector.otlpHttp,
      'logs',
      logsRequest([{ eventName: 'alignment.intervention', attributes }]),
    );
    await sink.until('both', () => sink.spans.length === 1 && sink.logs.length === 1);
    for (const out of [sink.spans[0]!.events[0]!, sink.logs[0]!])
      expect(out.attributes['alignment.signal.id']).toMatch(/^[0-9a-f]{32}$/);
  });

  it('a body that is no OTLP: refused, and the next one is taken', async () => {
    const { sink, collector } = await sandbox.pair(binaries!.otelcol);
    expect(await post(collector.otlpHttp, 'traces', '{"resourceSpans":[{"scopeSpans":7}]}')).toBe(400);
    expect(await post(collector.otlpHttp, 'logs', 'nonsense')).toBe(400);
    await send(collector.otlpHttp, 'traces', tracesRequest([spanWith(idOf('a', 1))]));
    expect(await missing(sink, new Set([idOf('a', 1)]))).toEqual([]);
  });

  it('a backend that is away for longer than the retries: the rest is lost, the signals are not', async () => {
    const { sink, collector } = await sandbox.pair(binaries!.otelcol, {
      overlays: [ofTests('short-retry')],
      env: { ALIGNMENT_REST_PERCENT: '100' },
    });
    sink.answer = 503;
    const plain = Array.from({ length: 50 }, () => ({ name: 'plain' }));
    const wanted = new Set([idOf('a', 1), idOf('b', 1)]);
    await send(collector.otlpHttp, 'traces', tracesRequest([spanWith(idOf('a', 1)), ...plain]));
    await send(collector.otlpHttp, 'logs', logsRequest([recordWith(idOf('b', 1))]));
    await waitFor('the end of the retries', async () => {
      const all = await scrape(collector.telemetry);
      return sum(all, 'otelcol_exporter_send_failed_spans', { exporter: 'otlp_http/rest' }) >= plain.length;
    });
    sink.answer = 200;
    expect(await missing(sink, wanted)).toEqual([]);
    await collector.child.stop();
    expect(sink.spans.map(span => span.name)).not.toContain('plain');
  });
});

/** A file system of its own, or why there cannot be one. */
function smallDisk(folder: string): string | undefined {
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return String((error as { stderr?: Buffer }).stderr ?? error).trim();
  }
}

describe.skipIf(!binaries)('a full disk', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it('refuses loudly and loses nothing that was acknowledged', async context => {
    const disk = join(sandbox.folder(), 'disk');
    const reason = smallDisk(disk);
    if (reason !== undefined) return context.skip(`no small file system can be mounted: ${reason}`);
    sandbox.defer(() => {
      execFileSync('umount', [disk]);
    });
    const { sink, collector } = await sandbox.pair(binaries!.otelcol, { stateDir: join(disk, 'state') });
    sink.answer = 503;
    const acknowledged = new Set<string>();
    const statuses = new Map<number, number>();
    // the text makes a signal 10 KB, so that 2 MB are soon full
    const note = 'x'.repeat(10_000);
    const one = (n: number): object => {
      const attributes = { ...recordWith(idOf('b', n)).attributes, 'alignment.signal.explanation': note };
      return logsRequest([{ eventName: 'alignment.intervention', attributes }]);
    };
    for (let n = 0; n < 600 && (statuses.get(503) ?? 0) + (statuses.get(500) ?? 0) < 5; n++) {
      const status = await post(collector.otlpHttp, 'logs', one(n), 20_000);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status === 200) acknowledged.add(idOf('b', n));
    }
    console.log(`full disk: answers ${JSON.stringify([...statuses])}`);
    expect(acknowledged.size).toBeGreaterThan(0);
    expect([...statuses.keys()].filter(status => status !== 200)).toEqual([503]);
    sink.answer = 200;
    expect(await missing(sink, acknowledged)).toEqual([]);
    // and it takes new ones again
    await waitFor(
      'an acknowledgement',
      async () => (await post(collector.otlpHttp, 'logs', one(1_000))) === 200,
    );
    expect(await missing(sink, new Set([idOf('b', 1_000)]))).toEqual([]);
  });
});
