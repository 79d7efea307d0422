import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unixNanos } from '../signals/id.ts';
import { type Signal, type SignalAttributes, toSpanEvent } from '../signals/index.ts';
import { anySignal } from '../signals/testing/arbitrary.ts';
import { encodeSignals } from './send-encode.ts';
import { distinctSignals, type Face, readSignals, signalsOf } from './signals.ts';

const value = (of: unknown): object => {
  if (typeof of === 'string') return { stringValue: of };
  if (typeof of === 'boolean') return { boolValue: of };
  if (Array.isArray(of)) return { arrayValue: { values: of.map(value) } };
  return { doubleValue: of };
};
const pairs = (of: object): object[] => Object.entries(of).map(([key, one]) => ({ key, value: value(one) }));
const wire = <T>(one: T): T => JSON.parse(JSON.stringify(one));

const mirror = (signal: Signal) => ({
  'alignment.signal.count': 1,
  'alignment.signal.classes': [signal.class],
  'alignment.signal.max_severity': signal.severity,
});

/** A request with one span; the span's own content must never be taken for the signal's. */
function traces(signal: Signal, own: object, events: object[] = []): object {
  const span = {
    traceId: signal.traceId,
    spanId: signal.spanId,
    name: 'a span',
    endTimeUnixNano: unixNanos(signal.time),
    attributes: pairs({ 'gen_ai.input.messages': 'content', 'http.route': '/', ...own }),
    events,
  };
  return { resourceSpans: [{ resource: {}, scopeSpans: [{ scope: { name: 'made' }, spans: [span] }] }] };
}

const inFace: Record<Face, (signal: Signal) => object> = {
  log_record: signal => encodeSignals([signal], {}),
  span_event: signal => {
    const { name, attributes } = toSpanEvent(signal);
    const event = { timeUnixNano: unixNanos(signal.time), name, attributes: pairs(attributes) };
    return traces(signal, mirror(signal), [event]);
  },
  span: signal =>
    traces(signal, {
      ...mirror(signal),
      ...signal.attributes,
      'alignment.signal.class': signal.class,
      'alignment.signal.severity': signal.severity,
    }),
};

/** Keys of `gen_ai.*` that a span has of its own are inherited only where a signal may carry them. */
const onSpan = ({ attributes, ...rest }: Signal): Signal => {
  const { 'gen_ai.future.key': _, ...kept } = attributes as Record<string, unknown>;
  return { ...rest, attributes: kept as SignalAttributes };
};

const signal: Signal = {
  class: 'intervention',
  severity: 0.5,
  time: [1_763_719_200, 1],
  traceId: '1'.repeat(32),
  spanId: '2'.repeat(16),
  attributes: { 'alignment.intervention.type': 'stop', 'alignment.signal.id': 'a'.repeat(32) },
};

describe('a signal is found', () => {
  it.each<Face>(['span_event', 'log_record', 'span'])('as %s, and is what it was', face => {
    fc.assert(
      fc.property(anySignal, one => {
        const found = [...signalsOf(wire(inFace[face](one)))];
        expect(found.map(each => each.face)).toEqual([face]);
        expect(found[0]?.signal).toEqual(wire(face === 'span' ? onSpan(one) : one));
      }),
    );
  });

  it('with its place, resource and scope', () => {
    expect([...signalsOf(inFace.span(signal))]).toEqual([
      {
        signal,
        face: 'span',
        path: 'resourceSpans[0].scopeSpans[0].spans[0]',
        resource: {},
        scopeName: 'made',
      },
    ]);
  });

  it('in a record of an older Logs API', () => {
    const record = {
      timeUnixNano: unixNanos(signal.time),
      attributes: pairs({ 'event.name': 'alignment.intervention', 'alignment.signal.severity': 0.5 }),
    };
    const request = { resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] };
    expect([...signalsOf(request)].map(found => found.signal.class)).toEqual(['intervention']);
  });
});

it.each<[string, object]>([
  ['a mirror of what a log record reports', mirror(signal)],
  ['a class that no registry has', { 'alignment.signal.class': 'mood', 'alignment.signal.severity': 0.5 }],
  ['no severity', { 'alignment.signal.class': 'intervention' }],
  ['an assessment', { 'alignment.risk.score': 0.9 }],
])('no signal: %s', (_, own) => {
  expect([...signalsOf(traces(signal, own))]).toEqual([]);
});

describe('one fact from two observers', () => {
  const as = (severity: number, from: string) => ({ signal: { ...signal, severity }, from });

  it('is kept once, with the highest severity, where the first stood', () => {
    const other = { ...as(0.1, 'other'), signal: { ...signal, attributes: {} } };
    const found = [as(0.4, 'hook'), other, as(0.5, 'telemetry'), as(0.5, 'late'), as(0.2, 'low')];
    expect(distinctSignals(found).map(one => one.from)).toEqual(['telemetry', 'other']);
  });

  it('whatever the order, the same facts remain', () => {
    const some = fc.array(
      fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.double({ min: 0, max: 1, noNaN: true })),
    );
    fc.assert(
      fc.property(some, given => {
        const signals = given.map(([id, severity]) => ({
          signal: { ...signal, severity, attributes: { 'alignment.signal.id': id } },
        }));
        const kept = (of: typeof signals) =>
          new Map(
            distinctSignals(of).map(one => [
              one.signal.attributes['alignment.signal.id'],
              one.signal.severity,
            ]),
          );
        const worst = new Map<string, number>();
        for (const [id, severity] of given) worst.set(id, Math.max(severity, worst.get(id) ?? 0));
        expect(kept(signals)).toEqual(worst);
        expect(kept([...signals].reverse())).toEqual(worst);
      }),
    );
  });
});

it('a file gives its signals by line, and says which line is none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'signals-'));
  try {
    const file = join(folder, 'otlp.jsonl');
    const lines = [JSON.stringify(inFace.span(signal)), '{', '', JSON.stringify(inFace.log_record(signal))];
    await writeFile(file, lines.join('\n'));
    const read = [];
    for await (const one of readSignals(file)) read.push('error' in one ? [one.line] : [one.line, one.face]);
    expect(read).toEqual([[1, 'span'], [2], [4, 'log_record']]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('nothing is thrown, whatever a span, an event or a record holds', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (key, json, event) => {
      const item = {
        attributes: [{ key: 'alignment.signal.class', value: json }, { key, value: json }, json],
        events: [{ name: 'alignment.intervention', attributes: [{ key, value: event }] }, event],
        eventName: json,
      };
      const request = {
        resourceSpans: [{ scopeSpans: [{ spans: [item, json] }] }],
        resourceLogs: [{ scopeLogs: [{ logRecords: [item, event] }] }],
      };
      expect([...signalsOf(request), ...signalsOf(json)]).toEqual([]);
    }),
  );
});
