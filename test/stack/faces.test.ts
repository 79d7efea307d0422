import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionKey, signalId, syntheticIds } from '../../src/signals/id.ts';
import type { Signal, UnixTime } from '../../src/signals/signal.ts';
import type { Collector } from '../../tools/stack/services.ts';
import { requireBinaries, Sandbox } from './harness.ts';
import {
  type Attributes,
  type LogIn,
  logsRequest,
  type SpanIn,
  send,
  spanId,
  traceId,
  tracesRequest,
} from './otlp.ts';
import type { LogOut, Sink, SpanOut } from './sink.ts';

const binaries = requireBinaries('the faces of a signal', 'otelcol');
const vectors = JSON.parse(
  readFileSync(new URL('../../semconv/schema/signal-id-vectors.json', import.meta.url), 'utf8'),
) as {
  signal_ids: {
    name: string;
    session_key: string;
    signal: { class: string; time: [number, number]; attributes: Attributes };
    id: string;
  }[];
};
const NANOS = '1760000000123456789';
const TIME: UnixTime = [1_760_000_000, 123_456_789];

/** One row a line of the vocabulary's table of severities, and of each class. */
const FACTS: readonly { name: string; attributes: Attributes; severity: number | undefined }[] = [
  ['intervention', { type: 'approval', initiator: 'policy', outcome: 'approved' }, 0],
  ['intervention', { type: 'approval', initiator: 'monitor', outcome: 'approved' }, 0],
  ['intervention', { type: 'approval', initiator: 'human', outcome: 'approved' }, 0.1],
  ['intervention', { type: 'approval' }, 0.1],
  ['intervention', { type: 'pause' }, 0.1],
  ['intervention', { type: 'steering', initiator: 'human' }, 0.2],
  ['intervention', { type: 'correction', outcome: 'modified' }, 0.3],
  ['intervention', { type: 'denial', initiator: 'agent', outcome: 'denied' }, 0.3],
  ['intervention', { type: 'denial', initiator: 'human', outcome: 'denied' }, 0.4],
  ['intervention', { type: 'denial' }, 0.4],
  ['intervention', { type: 'block', outcome: 'denied' }, 0.4],
  ['intervention', { type: 'stop', outcome: 'stopped' }, 0.5],
  ['intervention', { type: 'takeover' }, 0.5],
  ['intervention', { type: 'escalation' }, 0.5],
  ['intervention', { type: 'something_new' }, undefined],
].map(([name, own, severity]) => ({
  name: name as string,
  severity: severity as number | undefined,
  attributes: Object.fromEntries(
    Object.entries(own as Record<string, string>).map(([key, value]) => [
      `alignment.intervention.${key}`,
      value,
    ]),
  ),
}));
const OTHER_FACTS: typeof FACTS = [
  ...['mode_change:0.3', 'scope:0.4', 'delegation:0.4', 'unattended:0.4', 'budget:0.4', 'bypass:0.6'].map(
    row => ({
      name: 'autonomy_boundary',
      attributes: { 'alignment.boundary.type': row.split(':')[0]! },
      severity: Number(row.split(':')[1]),
    }),
  ),
  { name: 'clarification_request', attributes: {}, severity: 0.1 },
  {
    name: 'risk_escalation',
    attributes: { 'alignment.risk.score': 0.72, 'alignment.signal.reason': 'level' },
    severity: 0.72,
  },
  { name: 'risk_escalation', attributes: { 'alignment.risk.native.score': 7 }, severity: undefined },
  {
    name: 'misalignment_indicator',
    attributes: {
      'alignment.indicator.type': 'deception',
      'alignment.source.name': 'détecteur|x',
      'alignment.signal.reason': 'r1',
    },
    severity: undefined,
  },
];
const ALL = [...FACTS, ...OTHER_FACTS];

describe.skipIf(!binaries)('the faces of a signal through the Collector', () => {
  const sandbox = new Sandbox();
  let sink: Sink;
  let collector: Collector;
  beforeAll(async () => {
    ({ sink, collector } = await sandbox.pair(binaries!.otelcol, { env: { ALIGNMENT_REST_PERCENT: '100' } }));
  });
  afterAll(() => sandbox.clean());

  async function span(input: SpanIn, resource: Attributes = {}): Promise<SpanOut> {
    const id = input.spanId ?? spanId();
    await send(collector.otlpHttp, 'traces', tracesRequest([{ ...input, spanId: id }], { resource }));
    await sink.until(`span ${id}`, () => sink.spans.some(out => out.spanId === id));
    return sink.spans.find(out => out.spanId === id)!;
  }

  let serial = 0;
  async function log(input: LogIn, resource: Attributes = {}): Promise<LogOut> {
    const mark = `mark-${serial++}`;
    const attributes = { ...input.attributes, 'alignment.source.version': mark };
    await send(collector.otlpHttp, 'logs', logsRequest([{ ...input, attributes }], { resource }));
    const find = (): LogOut | undefined =>
      sink.logs.find(out => out.attributes['alignment.source.version'] === mark);
    await sink.until(`log ${mark}`, () => find() !== undefined);
    return find()!;
  }

  it.each(ALL)('$name $attributes: severity and id, the same on span event and log record', async fact => {
    const session = { 'session.id': 'session é|1' };
    const trace = traceId();
    const asSpan = await span({
      traceId: trace,
      attributes: { 'gen_ai.tool.call.id': 'call-1', 'gen_ai.operation.name': 'execute_tool', ...session },
      events: [{ name: `alignment.${fact.name}`, attributes: fact.attributes }],
    });
    const asLog = await log({
      eventName: `alignment.${fact.name}`,
      traceId: trace,
      spanId: spanId(),
      attributes: { ...fact.attributes, ...session, 'gen_ai.tool.call.id': 'call-1' },
    });
    const event = asSpan.events[0]!.attributes;
    const expected = signalId(
      { class: fact.name, time: TIME, attributes: fact.attributes } as unknown as Signal,
      sessionKey({ span: session }),
      'call-1',
    );
    for (const attributes of [event, asLog.attributes]) {
      expect(attributes['alignment.signal.class']).toBe(fact.name);
      expect(attributes['alignment.signal.id']).toBe(expected);
      expect(attributes['alignment.signal.severity']).toBe(fact.severity);
      expect(attributes).toMatchObject(fact.attributes);
    }
    expect(asLog.traceId).toBe(trace);
    expect(asLog.severityNumber).toBe(
      fact.severity === undefined ? 0 : fact.severity < 0.4 ? 9 : fact.severity < 0.7 ? 13 : 17,
    );
    expect(asSpan.attributes['alignment.signal.count']).toBe(1);
    expect(asSpan.attributes['alignment.signal.classes']).toEqual([fact.name]);
    expect(asSpan.attributes['alignment.signal.max_severity']).toBe(fact.severity);
    expect(Object.keys(asSpan.attributes).filter(key => key.includes('.tmp.'))).toEqual([]);
  });

  it.each([
    [
      'event',
      { 'session.id': 'a' },
      { 'session.id': 'b', 'gen_ai.conversation.id': 'c' },
      { 'session.id': 'd' },
    ],
    ['span', { 'gen_ai.conversation.id': 'a' }, { 'session.id': 'b' }, { 'session.id': 'd' }],
    [
      "event's conversation",
      { 'gen_ai.conversation.id': 'a' },
      { 'gen_ai.conversation.id': 'b' },
      { 'session.id': 'd' },
    ],
    ["span's conversation", { 'session.id': '' }, { 'gen_ai.conversation.id': 'b' }, { 'session.id': 'd' }],
    ['resource', {}, {}, { 'gen_ai.conversation.id': 'c', 'session.id': 'd' }],
    ['not a string', {}, { 'session.id': 7 }, { 'gen_ai.conversation.id': 'c' }],
    ['trace', {}, {}, {}],
  ] satisfies [string, Attributes, Attributes, Attributes][])(
    'takes the session key from the %s, and the time where there is no call',
    async (_, own, attributes, resource) => {
      const trace = traceId();
      const out = await span(
        { traceId: trace, attributes, events: [{ name: 'alignment.intervention', attributes: own }] },
        resource,
      );
      const session = sessionKey({ signal: own, span: attributes, resource, traceId: trace });
      const signal = { class: 'intervention', time: TIME, attributes: own } as unknown as Signal;
      expect(out.events[0]!.attributes['alignment.signal.id']).toBe(signalId(signal, session));
    },
  );

  it('gives the records of one session without a trace one trace, and each its own place', async () => {
    const attributes = { 'gen_ai.conversation.id': 'no-trace', 'alignment.boundary.type': 'mode_change' };
    const first = await log({ eventName: 'alignment.autonomy_boundary', attributes });
    const second = await log({
      eventName: 'alignment.autonomy_boundary',
      attributes,
      time: '1760000000123456790',
    });
    const third = await log({ eventName: 'alignment.autonomy_boundary' }, { 'session.id': 'no-trace' });
    const unknown = await log({ eventName: 'alignment.autonomy_boundary' });
    const id = first.attributes['alignment.signal.id'] as string;
    expect({ traceId: first.traceId, spanId: first.spanId }).toEqual(syntheticIds('no-trace', id));
    expect(second.traceId).toBe(first.traceId);
    expect(third.traceId).toBe(first.traceId);
    expect(third.attributes['session.id']).toBe('no-trace');
    expect(second.spanId).not.toBe(first.spanId);
    expect(unknown.traceId).toBe('');
  });

  it('takes the observed time of a record without one', async () => {
    const out = await log({ eventName: 'alignment.intervention', time: '0', observed: NANOS });
    expect(out.time).toBe(NANOS);
  });

  it('reads the event name of older SDKs from the attribute', async () => {
    const out = await log({ attributes: { 'event.name': 'alignment.intervention' }, body: 'text' });
    expect(out.eventName).toBe('alignment.intervention');
    expect(out.attributes['event.name']).toBeUndefined();
    expect(out.body ?? '').toBe('');
  });

  it.each([
    ['"0.4"', '0.4', 0.4],
    ['7', 7, 1],
    ['-3', -3, 0],
    ['1.5', 1.5, 1],
    ['"NaN"', 'NaN', 0.4],
    ['NaN', { double: 'NaN' as unknown as number }, 0.4],
    ['infinity', { double: 'Infinity' as unknown as number }, 1],
    ['words', 'very bad', 0.4],
    ['a list', ['0.9'], 0.4],
    ['true', true, 0.4],
  ])('makes a number in [0, 1] of the severity %s, else takes the table', async (_, severity, expected) => {
    const attributes: Attributes = {
      'alignment.signal.severity': severity,
      'alignment.intervention.type': 'denial',
    };
    const asSpan = await span({ events: [{ name: 'alignment.intervention', attributes }] });
    const asLog = await log({ eventName: 'alignment.intervention', attributes });
    expect(asSpan.events[0]!.attributes['alignment.signal.severity']).toBe(expected);
    expect(asLog.attributes['alignment.signal.severity']).toBe(expected);
    expect(asSpan.attributes['alignment.signal.max_severity']).toBe(expected);
  });

  it('keeps a valid id and class of the sender, and replaces others', async () => {
    const good = 'a'.repeat(32);
    const events = [
      {
        name: 'alignment.intervention',
        attributes: { 'alignment.signal.id': good, 'alignment.signal.class': 'intervention' },
      },
      {
        name: 'alignment.intervention',
        attributes: { 'alignment.signal.id': 'random', 'alignment.signal.class': 'other' },
      },
    ];
    const out = await span({ events });
    expect(out.events[0]!.attributes['alignment.signal.id']).toBe(good);
    expect(out.events[1]!.attributes['alignment.signal.id']).toMatch(/^[0-9a-f]{32}$/);
    expect(out.events[1]!.attributes['alignment.signal.class']).toBe('intervention');
  });

  it('corrects a mirror that says less than the events, and keeps one that says more', async () => {
    const events = [
      { name: 'alignment.intervention', attributes: { 'alignment.intervention.type': 'stop' } },
      { name: 'alignment.clarification_request' },
      { name: 'message' },
    ];
    const less = await span({
      events,
      attributes: { 'alignment.signal.count': 0, 'alignment.signal.max_severity': 0.1 },
    });
    expect(less.attributes).toMatchObject({
      'alignment.signal.count': 2,
      'alignment.signal.max_severity': 0.5,
    });
    const more = await span({
      events,
      attributes: {
        'alignment.signal.count': 9,
        'alignment.signal.max_severity': 0.8,
        'alignment.signal.classes': ['intervention'],
      },
    });
    expect(more.attributes).toMatchObject({
      'alignment.signal.count': 9,
      'alignment.signal.max_severity': 0.8,
      'alignment.signal.classes': ['intervention'],
    });
    const text = await span({
      attributes: { 'alignment.signal.count': '1', 'alignment.signal.max_severity': '0.3' },
    });
    expect(text.attributes).toMatchObject({
      'alignment.signal.count': 1,
      'alignment.signal.max_severity': 0.3,
    });
  });

  it.each([
    ['human', 'self_reported'],
    ['monitor', 'self_reported'],
    ['policy', 'self_reported'],
    ['self_reported', 'self_reported'],
    ['harness', 'harness'],
    ['instrumentation', 'instrumentation'],
  ])('lets no sender speak as a person, a monitor or a policy: %s becomes %s', async (claimed, expected) => {
    const attributes = { 'alignment.source.type': claimed };
    const asSpan = await span({ attributes, events: [{ name: 'alignment.intervention', attributes }] });
    const asLog = await log({ eventName: 'alignment.intervention', attributes });
    expect(asSpan.attributes['alignment.source.type']).toBe(expected);
    expect(asSpan.events[0]!.attributes['alignment.source.type']).toBe(expected);
    expect(asLog.attributes['alignment.source.type']).toBe(expected);
  });

  it.each(vectors.signal_ids)('fills in the id of the test vector "$name"', async vector => {
    const [seconds, nanoseconds] = vector.signal.time;
    const out = await log({
      eventName: `alignment.${vector.signal.class}`,
      time: String(BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds)),
      attributes: { 'session.id': vector.session_key, ...vector.signal.attributes },
    });
    expect(out.attributes['alignment.signal.id']).toBe(vector.id);
  });
});
