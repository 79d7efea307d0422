import { afterAll, describe, expect, it } from 'vitest';
import { requireBinaries, Sandbox } from './harness.ts';
import { type EventIn, type SpanIn, send, spanId, traceId, tracesRequest } from './otlp.ts';
import type { SpanOut } from './sink.ts';

const binaries = requireBinaries('the two lanes', 'otelcol');
const TRACES = 400;
const SPANS = 5;

/** What makes a trace worth keeping, by the trace's number; `undefined`: chance decides. */
function reason(trace: number): 'severe' | 'person' | 'error' | 'mild' | undefined {
  return trace % 10 === 0
    ? 'severe'
    : trace % 10 === 1
      ? 'person'
      : trace % 10 === 2
        ? 'error'
        : trace % 10 === 3
          ? 'mild'
          : undefined;
}

const event = (attributes: Record<string, string | number>): EventIn[] => [
  { name: 'alignment.intervention', attributes },
];

function spanOf(trace: number, id: string, position: number): SpanIn {
  const base = { traceId: id, spanId: spanId(), name: `span ${position}` };
  if (position !== trace % SPANS) return base;
  switch (reason(trace)) {
    case 'severe':
      return { ...base, events: event({ 'alignment.intervention.type': 'denial' }) };
    case 'person':
      return {
        ...base,
        events: event({
          'alignment.intervention.type': 'approval',
          'alignment.intervention.initiator': 'human',
        }),
      };
    case 'mild':
      return {
        ...base,
        events: event({
          'alignment.intervention.type': 'approval',
          'alignment.intervention.initiator': 'policy',
        }),
      };
    case 'error':
      return { ...base, status: { code: 2 } };
    default:
      return base;
  }
}

function shuffle<T>(items: T[]): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
  return items;
}

describe.skipIf(!binaries)('the two lanes into one backend', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it('deliver each span once, every signal, and the whole of each kept trace', async () => {
    const { sink, collector } = await sandbox.pair(binaries!.otelcol, {
      env: { ALIGNMENT_DECISION_WAIT: '3s' },
    });
    const ids = Array.from({ length: TRACES }, traceId);
    const all = shuffle(
      ids.flatMap((id, trace) => Array.from({ length: SPANS }, (_, i) => spanOf(trace, id, i))),
    );
    const requests: SpanIn[][] = [];
    for (let i = 0; i < all.length; i += 50) requests.push(all.slice(i, i + 50));
    await Promise.all(requests.map(spans => send(collector.otlpHttp, 'traces', tracesRequest(spans))));

    const byReason = (wanted: ReturnType<typeof reason>): string[] =>
      ids.filter((_, trace) => reason(trace) === wanted);
    const whole = (id: string): boolean => spansOf(sink.spans, id) === SPANS;
    const kept = [...byReason('severe'), ...byReason('person'), ...byReason('error')];
    await sink.until('every trace that must be kept', () => kept.every(whole));
    await sink.until('every mild signal', () => byReason('mild').every(id => spansOf(sink.spans, id) > 0));
    // SIGTERM flushes what still waits for its decision: after it nothing more comes
    await collector.child.stop();

    const seen = sink.spans.map(span => span.spanId);
    expect(new Set(seen).size).toBe(seen.length);
    const signals = sink.spans.filter(span => span.attributes['alignment.signal.count'] === 1);
    expect(signals.length).toBe((TRACES / 10) * 3);
    // a trace that nothing speaks for is there whole, or not at all but for its signal
    const partial = ids.filter(id => ![0, 1, SPANS].includes(spansOf(sink.spans, id)));
    expect(partial).toEqual([]);
    const chance = [...byReason(undefined), ...byReason('mild')];
    const lucky = chance.filter(whole).length;
    // 10 % of 280: outside these bounds once in 10^6 runs
    expect(lucky).toBeGreaterThan(5);
    expect(lucky).toBeLessThan(60);
  });

  it('keep what is asked of the rest', async () => {
    for (const [percent, expected] of [
      ['0', 0],
      ['100', 20],
    ] as const) {
      const { sink, collector } = await sandbox.pair(binaries!.otelcol, {
        env: { ALIGNMENT_REST_PERCENT: percent },
      });
      const spans = Array.from({ length: 20 }, () => ({ name: 'plain' }));
      const signal = { name: 'signal', events: event({ 'alignment.intervention.type': 'stop' }) };
      await send(collector.otlpHttp, 'traces', tracesRequest([...spans, signal]));
      await sink.until('the signal', () => sink.spans.some(span => span.name === 'signal'));
      await sink.until('the rest', () => sink.spans.length >= expected + 1);
      await collector.child.stop();
      expect(sink.spans.length).toBe(expected + 1);
    }
  });

  it('deliver each span once after the backend was away', async () => {
    const { sink, collector } = await sandbox.pair(binaries!.otelcol, {
      env: { ALIGNMENT_REST_PERCENT: '100' },
    });
    sink.answer = 503;
    const spans = Array.from({ length: 200 }, (_, i) => spanOf(i, traceId(), i % SPANS));
    await send(collector.otlpHttp, 'traces', tracesRequest(spans));
    await sink.until('refused requests of both lanes', () => sink.refused() >= 6);
    sink.answer = 200;
    await sink.until('all spans', () => sink.spans.length >= 200);
    await collector.child.stop();
    expect(new Set(sink.spans.map(span => span.spanId)).size).toBe(200);
    expect(sink.spans.length).toBe(200);
  });
});

function spansOf(spans: readonly SpanOut[], id: string): number {
  let count = 0;
  for (const span of spans) if (span.traceId === id) count++;
  return count;
}
