import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecodedSpan, spansOf } from '../../otlp/index.ts';
import { encodeSignals } from '../../otlp/send-encode.ts';
import { Ancestors } from './ancestors.ts';
import { InOrder } from './in-order.ts';
import { createRecordedAssessor } from './recorded-sessions.ts';
import { saidIn, stepOf } from './telemetry.ts';

describe('order of time', () => {
  const at = (seconds: number): { time: readonly [number, number] } => ({ time: [seconds, 0] });
  it('is made within the window, and keeps what is equal as it came', () => {
    const order = new InOrder<{ time: readonly [number, number]; n?: number }>(3);
    const out: number[] = [];
    for (const seconds of [5, 3, 4, 9, 7, 8]) {
      const next = order.add(at(seconds));
      if (next !== undefined) out.push(next.time[0]);
    }
    expect([...out, ...order.rest().map(item => item.time[0])]).toEqual([3, 4, 5, 7, 8, 9]);
    order.add({ ...at(1), n: 1 });
    order.add({ ...at(1), n: 2 });
    expect(order.rest().map(({ n }) => n)).toEqual([1, 2]);
  });
});

describe('the nearest ancestor', () => {
  const span = (spanId: string, parentSpanId: string | undefined, attributes: object = {}): DecodedSpan =>
    ({ traceId: 't', spanId, parentSpanId, attributes }) as unknown as DecodedSpan;

  it('gives session and agent, wherever in the file it stands', () => {
    const ancestors = new Ancestors(10);
    ancestors.add(span('tool', 'step'), undefined);
    ancestors.add(span('step', 'inner'), undefined);
    ancestors.add(span('inner', 'outer', { 'gen_ai.agent.id': 'sub' }), undefined);
    ancestors.add(span('outer', undefined, { 'gen_ai.agent.id': 'main', 'session.id': 's' }), undefined);
    expect(ancestors.identify('t', 'tool')).toEqual({
      session: { key: 'session.id', value: 's' },
      agentId: 'sub',
      agentName: undefined,
    });
    expect(ancestors.identify('another', 'tool').session).toBeUndefined();
  });

  it('ends where the chain goes in a circle, and forgets the oldest', () => {
    const ancestors = new Ancestors(2);
    ancestors.add(span('first', undefined, { 'session.id': 's' }), undefined);
    ancestors.add(span('a', 'b'), undefined);
    ancestors.add(span('b', 'a'), undefined);
    expect(ancestors.identify('t', 'a').session).toBeUndefined();
    expect(ancestors.identify('t', 'first').session).toBeUndefined();
  });
});

describe('any request', () => {
  it('is read and assessed without a throw, and what it gives can be written', () => {
    const value = fc.oneof(
      fc.record({
        stringValue: fc.oneof(fc.string(), fc.constantFrom('Bash', 'execute_tool', 'denied', 'rm -rf /')),
      }),
      fc.jsonValue(),
    );
    const key = fc.constantFrom(
      'gen_ai.operation.name',
      'gen_ai.tool.name',
      'gen_ai.tool.call.arguments',
      'gen_ai.tool.call.id',
      'session.id',
      'alignment.signal.id',
      'alignment.signal.severity',
      'alignment.intervention.type',
      'openinference.span.kind',
      'event.name',
      'decision',
    );
    const attributes = fc.oneof(fc.array(fc.record({ key, value }), { maxLength: 8 }), fc.jsonValue());
    const time = fc.oneof(fc.constantFrom('1763719200000000000', '0', 5), fc.jsonValue());
    const id = fc.oneof(
      fc.constantFrom('0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331', ''),
      fc.jsonValue(),
    );
    const name = fc.oneof(
      fc.constantFrom('execute_tool Bash', 'alignment.intervention', 'claude_code.tool'),
      fc.jsonValue(),
    );
    const item = fc.record(
      {
        traceId: id,
        spanId: id,
        parentSpanId: id,
        name,
        eventName: name,
        endTimeUnixNano: time,
        timeUnixNano: time,
        attributes,
        status: fc.jsonValue(),
        body: value,
        events: fc.array(fc.record({ name, timeUnixNano: time, attributes }), { maxLength: 2 }),
      },
      { requiredKeys: [] },
    );
    const scope = fc.record({
      name: fc.constantFrom('com.anthropic.claude_code.events', 'com.anthropic.claude_code.tracing', 'x'),
    });
    const groups = (inner: string, leaf: string): fc.Arbitrary<object> =>
      fc.record({
        resource: fc.record({ attributes }),
        [inner]: fc.array(
          fc.record({ scope, [leaf]: fc.array(fc.oneof(item, fc.jsonValue()), { maxLength: 3 }) }),
          { maxLength: 2 },
        ),
      });
    const request = fc.oneof(
      fc.record({ resourceSpans: fc.array(groups('scopeSpans', 'spans'), { maxLength: 2 }) }),
      fc.record({ resourceLogs: fc.array(groups('scopeLogs', 'logRecords'), { maxLength: 2 }) }),
      fc.jsonValue(),
    );
    const assess = createRecordedAssessor();
    let given = 0;
    fc.assert(
      fc.property(request, one => {
        const ancestors = new Ancestors(100);
        for (const span of spansOf(one)) ancestors.add(span, stepOf(one, span));
        for (const said of saidIn(one)) {
          const signals = assess(said, ancestors.identify(said.traceId ?? '', said.spanId ?? ''));
          given += signals.length;
          JSON.stringify(encodeSignals(signals, said.resource as Record<string, string>));
        }
      }),
      { numRuns: 2000, seed: 1 },
    );
    expect(given).toBeGreaterThan(0);
  });
});
