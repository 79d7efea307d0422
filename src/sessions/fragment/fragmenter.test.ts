import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derive } from '../derive.ts';
import { hmacPseudonyms } from '../pseudonyms.ts';
import { Fragmenter, type FragmenterOptions } from './fragmenter.ts';
import { fragmentsRequest, receivedFragments } from './otlp.ts';
import type { Fragment } from './schema.ts';
import { sourceSpans } from './source.ts';

const KEY = randomBytes(32);
const pseudonyms = hmacPseudonyms(new Map([['2026-W47', KEY]]));
const TIME = Date.parse('2026-11-18T10:20:30Z');

interface SpanIn {
  readonly id: string;
  readonly trace?: string;
  readonly parent?: string;
  readonly kind?: number;
  readonly at?: number;
  readonly flags?: number;
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly events?: readonly { name: string; attributes?: Readonly<Record<string, string | number>> }[];
  readonly links?: readonly string[];
}

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const hex = (id: string): string => id.padStart(16, '0');
const pairs = (from: Readonly<Record<string, string | number>> = {}): object[] =>
  Object.entries(from).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? { stringValue: value } : { doubleValue: value },
  }));

const request = (spans: readonly SpanIn[], resource = {}): object => ({
  resourceSpans: [
    {
      resource: { attributes: pairs({ 'service.name': 'original-service', ...resource }) },
      scopeSpans: [
        {
          scope: { name: 'original-scope' },
          spans: spans.map(one => ({
            traceId: one.trace ?? TRACE,
            spanId: hex(one.id),
            ...(one.parent && { parentSpanId: hex(one.parent) }),
            name: 'original-name',
            kind: one.kind ?? 1,
            flags: one.flags ?? 0,
            startTimeUnixNano: `${TIME + (one.at ?? 0)}123456`,
            endTimeUnixNano: `${TIME + (one.at ?? 0) + 777}123456`,
            attributes: pairs(one.attributes),
            events: (one.events ?? []).map(event => ({
              name: event.name,
              timeUnixNano: `${TIME}123456`,
              attributes: pairs(event.attributes),
            })),
            links: (one.links ?? []).map(traceId => ({ traceId, spanId: hex('9') })),
          })),
        },
      ],
    },
  ],
});

async function fragmentsOf(
  json: object,
  options: Partial<FragmenterOptions> = {},
): Promise<{ fragments: Fragment[]; fragmenter: Fragmenter }> {
  const fragmenter = new Fragmenter({ pseudonyms, ...options });
  const plans = [];
  for (const span of sourceSpans(json)) {
    if ('problem' in span) fragmenter.refuse(span.problem);
    else plans.push(...fragmenter.add(span));
  }
  plans.push(...fragmenter.finish());
  return { fragments: await fragmenter.build(plans), fragmenter };
}

const denial = {
  name: 'alignment.intervention',
  attributes: {
    'alignment.signal.class': 'intervention',
    'alignment.intervention.type': 'denial',
    'alignment.signal.severity': 0.4,
  },
};
const call = { 'gen_ai.operation.name': 'chat' };

describe('fragments of a trace', () => {
  it('are its root, what crosses a boundary and what carries a signal; the rest is bridged', async () => {
    const { fragments } = await fragmentsOf(
      request([
        { id: '1', attributes: { 'session.id': '7d3f0b52-4a3c-4a58-9a6a-2f7f0f5c1e11' } },
        { id: '2', parent: '1', at: 10 },
        { id: '3', parent: '2', at: 20 },
        { id: '4', parent: '3', at: 30, events: [denial], attributes: { 'alignment.risk.score': 0.95 } },
        { id: '5', parent: '3', at: 40, kind: 3, attributes: call },
        { id: '6', parent: '5', at: 50 },
      ]),
    );
    const [root, step, edge] = fragments;
    expect(fragments.map(one => one.name)).toEqual(['alignment.session', 'alignment.step', 'alignment.edge']);
    expect(root!.parentSpanId).toBeUndefined();
    expect([step!.parentSpanId, edge!.parentSpanId]).toEqual([root!.spanId, root!.spanId]);
    expect(new Set(fragments.map(one => one.traceId)).size).toBe(1);
    expect(root!.attributes['alignment.join.types']).toEqual(['w3c.trace_id', 'vendor.session']);
    expect(step!.attributes).toMatchObject({
      'alignment.fragment.risk_bucket': 4,
      'alignment.fragment.severity_bucket': 2,
      'alignment.fragment.ordinal': 1,
      'alignment.fragment.role': 'home',
    });
    expect(edge!.attributes['alignment.fragment.edge']).toBe('llm');
    const hour = Math.floor(TIME / 3_600_000) * 3_600_000;
    expect(fragments.map(one => one.startMs)).toEqual([hour, hour + 1, hour + 2]);
  });

  it('are in the order of their starts, to less than a millisecond; of two at once the root is first', async () => {
    const json = JSON.stringify(
      request([
        { id: '3', parent: '2', kind: 3, attributes: call },
        { id: '2', parent: '1', events: [denial] },
        { id: '1' },
      ]),
    );
    // the first span of the request, which is the last to start, starts a microsecond later
    const later = json.replace(`"startTimeUnixNano":"${TIME}123456"`, `"startTimeUnixNano":"${TIME}124456"`);
    const { fragments } = await fragmentsOf(JSON.parse(later));
    expect(fragments.map(one => one.name)).toEqual(['alignment.session', 'alignment.step', 'alignment.edge']);
  });

  it('of two contributors meet: the same trace, and the parent resolves', async () => {
    const caller = await fragmentsOf(
      request([
        { id: 'a' },
        {
          id: 'b',
          parent: 'a',
          kind: 3,
          attributes: { 'http.request.method': 'POST', 'server.address': 'agent.example.org' },
        },
      ]),
      { edgeHosts: ['*.example.org'] },
    );
    const callee = await fragmentsOf(
      request([
        { id: 'c', parent: 'b', kind: 2, flags: 0x301, attributes: { 'http.request.method': 'POST' } },
        { id: 'd', parent: 'c', events: [denial] },
      ]),
    );
    const out = caller.fragments.find(one => one.name === 'alignment.edge')!;
    const [server, step] = callee.fragments;
    expect(server).toMatchObject({
      name: 'alignment.edge',
      kind: 2,
      traceId: out.traceId,
      parentSpanId: out.spanId,
    });
    expect(server!.attributes['alignment.fragment.role']).toBe('remote');
    expect(step!.parentSpanId).toBe(server!.spanId);
  });

  it('of another epoch, or without its key, are not equal, or not there', async () => {
    const later = 7 * 86_400_000;
    const both = hmacPseudonyms(
      new Map([
        ['2026-W47', KEY],
        ['2026-W48', KEY],
      ]),
    );
    const { fragments } = await fragmentsOf(
      request([{ id: '1' }, { id: '2', trace: 'b'.repeat(32), at: later }]),
      { pseudonyms: both },
    );
    expect(fragments.map(one => one.attributes['alignment.fragment.epoch'])).toEqual([
      '2026-W47',
      '2026-W48',
    ]);
    const { fragments: some, fragmenter } = await fragmentsOf(
      request([{ id: '1' }, { id: '2', trace: 'b'.repeat(32), at: later }]),
    );
    expect(some).toHaveLength(1);
    expect([...fragmenter.refusals]).toEqual([['no key for epoch 2026-W48', 1]]);
  });

  it('near the border of two epochs bear the tags of both', async () => {
    const border = Date.parse('2026-11-23T00:00:00Z');
    const keys = new Map([
      ['2026-W47', KEY],
      ['2026-W48', randomBytes(32)],
    ]);
    const both = hmacPseudonyms(keys);
    const { fragments } = await fragmentsOf(request([{ id: '1', at: border - TIME - 60_000 }]), {
      pseudonyms: both,
    });
    const key = { type: 'w3c.trace_id', value: TRACE };
    expect(fragments[0]!.attributes['alignment.join.tags']).toEqual(
      ['2026-W47', '2026-W48'].map(epoch => derive(both.deriveNow!(epoch, key)).tag()),
    );
  });

  it('made of records: beside their span, or under the session', async () => {
    const record = (more: object): object => ({
      resourceLogs: [
        {
          scopeLogs: [
            {
              logRecords: [
                {
                  timeUnixNano: `${TIME}123456`,
                  eventName: 'alignment.intervention',
                  attributes: pairs({
                    'alignment.signal.id': 'ab'.repeat(16),
                    'session.id': '7d3f0b52-4a3c-4a58-9a6a-2f7f0f5c1e11',
                  }),
                  ...more,
                },
              ],
            },
          ],
        },
      ],
    });
    const alone = await fragmentsOf(record({}));
    expect(alone.fragments).toHaveLength(1);
    expect(alone.fragments[0]).toMatchObject({
      name: 'alignment.step',
      attributes: { 'alignment.join.types': ['vendor.session'] },
    });
    expect((await fragmentsOf(record({}))).fragments).toEqual(alone.fragments);
    const beside = await fragmentsOf({
      ...request([{ id: '1' }]),
      ...record({ traceId: TRACE, spanId: hex('1') }),
    });
    expect(beside.fragments[1]!.parentSpanId).toBe(beside.fragments[0]!.spanId);
    const low = await fragmentsOf(
      JSON.parse(JSON.stringify(record({})).replaceAll('7d3f0b52-4a3c-4a58-9a6a-2f7f0f5c1e11', 'session-1')),
    );
    expect(low.fragments).toEqual([]);
    expect([...low.fragmenter.refusals.values()]).toEqual([1]);
  });

  it('made of records keep their ids, whatever came before; alone they have no beginning', async () => {
    const record = (at: number, type: string, spanId = hex('1')): object => ({
      timeUnixNano: `${TIME + at}123456`,
      eventName: 'alignment.intervention',
      traceId: TRACE,
      spanId,
      attributes: pairs({ 'alignment.intervention.type': type, 'alignment.signal.explanation': 'words' }),
    });
    const idsOf = async (...logRecords: object[]): Promise<string[]> => {
      const { fragments } = await fragmentsOf({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] });
      for (const { attributes } of fragments) expect(attributes['alignment.fragment.role']).toBe('remote');
      expect(fragments[0]!.attributes['alignment.join.types']).toEqual(['w3c.trace_id']);
      return fragments.map(({ spanId }) => spanId);
    };
    const [late] = await idsOf(record(20, 'denial'));
    expect(await idsOf(record(20, 'denial'), record(10, 'denial'))).toEqual([expect.anything(), late]);
    // and each of another fact is another
    const others = [record(20, 'approval'), record(21, 'denial'), record(20, 'denial', hex('2'))];
    expect(new Set(await idsOf(record(20, 'denial'), ...others)).size).toBe(4);
    const beside = await fragmentsOf({
      ...request([{ id: '1' }]),
      resourceLogs: [{ scopeLogs: [{ logRecords: [record(20, 'denial')] }] }],
    });
    expect(beside.fragments.map(one => one.attributes['alignment.fragment.role'])).toEqual(['home', 'home']);
    expect(beside.fragments[1]!.spanId).toBe(late);
  });

  it('of records beside spans in a circle bear the tag of the trace', async () => {
    const { fragments } = await fragmentsOf({
      ...request([
        { id: '1', parent: '2' },
        { id: '2', parent: '1' },
      ]),
      resourceLogs: [
        {
          scopeLogs: [
            {
              logRecords: [
                { timeUnixNano: `${TIME + 9}123456`, eventName: 'alignment.intervention', traceId: TRACE },
              ],
            },
          ],
        },
      ],
    });
    expect(fragments.map(one => one.attributes['alignment.join.types'])).toEqual([['w3c.trace_id']]);
  });

  it('of a root whose parent is elsewhere state what the span states, and bear its keys', async () => {
    const { fragments } = await fragmentsOf(
      request([
        {
          id: '1',
          parent: '9',
          attributes: {
            'gen_ai.response.id': 'req_4bebe14bbf7cd5e651',
            'alignment.action.reversibility': 'irreversible',
          },
        },
      ]),
    );
    expect(fragments[0]!.attributes).toMatchObject({
      'alignment.join.types': ['w3c.trace_id', 'llm.request_id'],
      'alignment.action.reversibility': 'irreversible',
    });
  });

  it('do not depend on the order, and wait in bounded memory', async () => {
    const spans: SpanIn[] = Array.from({ length: 60 }, (_, i) => ({
      id: String(i + 1),
      trace: `${String(i % 3).repeat(31)}1`,
      at: i,
      ...(i >= 3 && { parent: String(i - 2) }),
      ...(i % 7 === 0 && { events: [denial] }),
    }));
    const sorted = (await fragmentsOf(request(spans))).fragments;
    const turned = (await fragmentsOf(request([...spans].reverse()))).fragments;
    const bySpan = (all: readonly Fragment[]): Fragment[] =>
      [...all].sort((a, b) => (a.spanId < b.spanId ? -1 : 1));
    expect(bySpan(turned)).toEqual(bySpan(sorted));
    const fragmenter = new Fragmenter({ pseudonyms, maxWaiting: 30 });
    let let_go = 0;
    for (const span of sourceSpans(request(spans)))
      if (!('problem' in span)) let_go += fragmenter.add(span).length;
    expect(let_go).toBeGreaterThan(0);
  });

  it('survive cycles of parents', async () => {
    const { fragments } = await fragmentsOf(
      request([
        { id: '1', parent: '2' },
        { id: '2', parent: '1' },
        { id: '3', parent: '1', events: [denial] },
      ]),
    );
    expect(fragments.length).toBeGreaterThan(0);
  });
});

describe('redaction', () => {
  const canary = 'CANARY-7f3a9c1e5b2d8e46';
  it('nothing of a span leaves but what the schema names', async () => {
    const word = fc.constantFrom(canary, `${canary}-x`, 'alignment.signal.class', 'denial');
    const keys = fc.constantFrom(
      'alignment.intervention.type',
      'alignment.signal.class',
      'alignment.human.involvement',
      'alignment.autonomy.level',
      'alignment.signal.reason',
      'alignment.signal.explanation',
      'session.id',
      'gen_ai.conversation.id',
      'gen_ai.tool.name',
      'gen_ai.input.messages',
      'server.address',
      'http.request.method',
      'mcp.method.name',
      'a2a.context.id',
      canary,
    );
    const attributes = fc.dictionary(keys, word, { maxKeys: 6 });
    const event = fc.record({
      name: fc.constantFrom('alignment.intervention', 'exception', canary, 'alignment.made_up'),
      attributes,
    });
    const span = fc.record({
      id: fc.integer({ min: 1, max: 9 }).map(String),
      parent: fc.option(fc.integer({ min: 1, max: 9 }).map(String), { nil: undefined }),
      kind: fc.integer({ min: -1, max: 9 }),
      at: fc.integer({ min: 0, max: 1e6 }),
      attributes,
      events: fc.array(event, { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(span, { minLength: 1, maxLength: 6 }),
        attributes,
        async (spans, resource) => {
          const json = request(spans as SpanIn[], resource);
          const { fragments } = await fragmentsOf(json, { edgeHosts: ['*.example.org'] });
          const out = JSON.stringify(fragmentsRequest(fragments, 'provider-a'));
          for (const secret of ['CANARY', '7f3a9c1e', 'original', TRACE, '123456'])
            expect(out).not.toContain(secret);
          for (let id = 1; id <= 9; id++) expect(out).not.toContain(hex(String(id)));
          // and the layer takes what a contributor sends
          const received = [...receivedFragments(JSON.parse(out))];
          expect(received.filter(one => 'problem' in one)).toEqual([]);
          expect(received).toHaveLength(fragments.length);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('the layer takes', () => {
  const good = async (): Promise<Record<string, never>> => {
    const { fragments } = await fragmentsOf(request([{ id: '1', events: [denial] }]));
    return JSON.parse(JSON.stringify(fragmentsRequest(fragments, 'provider-a')));
  };
  // biome-ignore lint/suspicious/noExplicitAny: a document to be spoilt
  type Any = any;
  const spoil: readonly [string, (json: Any, span: Any) => void][] = [
    [
      'resource',
      json =>
        json.resourceSpans[0].resource.attributes.push({ key: 'host.name', value: { stringValue: 'x' } }),
    ],
    [
      'resource',
      json => {
        json.resourceSpans[0].resource.attributes[1].value.stringValue = 'A person';
      },
    ],
    [
      'resource',
      json => {
        json.resourceSpans[0].resource.attributes[0].value.stringValue = 'a prompt';
      },
    ],
    [
      'scope',
      json => {
        json.resourceSpans[0].scopeSpans[0].scope.name = 'words';
      },
    ],
    [
      'an attribute that no fragment has',
      (_, span) => span.attributes.push({ key: 'x', value: { stringValue: 'y' } }),
    ],
    [
      'an attribute that no fragment has',
      (_, span) => span.attributes.push({ key: 'x', value: { bytesValue: 'y' } }),
    ],
    ['an attribute that no fragment has', (_, span) => span.attributes.push(span.attributes[0])],
    [
      'a field that no fragment has',
      (_, span) => {
        span.links = [{ traceId: TRACE }];
      },
    ],
    [
      'a field that no fragment has',
      (_, span) => {
        span.traceState = 'a=b';
      },
    ],
    ...[{ message: 'x' }, { code: 2 }, { words: 'x' }, 'x'].map(
      (status): [string, (json: Any, span: Any) => void] => [
        'status',
        (_, span) => {
          span.status = status;
        },
      ],
    ),
    ...['words', -1, 4096, {}].map((flags): [string, (json: Any, span: Any) => void] => [
      'flags',
      (_, span) => {
        span.flags = flags;
      },
    ]),
    [
      'resource',
      json =>
        json.resourceSpans[0].resource.attributes.push({
          key: 'telemetry.sdk.name',
          value: { stringValue: 'a prompt in it' },
        }),
    ],
    [
      'resource',
      json => {
        json.resourceSpans[0].schemaUrl = 'https://words.example.org';
      },
    ],
    [
      'scope',
      json => {
        json.resourceSpans[0].scopeSpans[0].scope.words = 'x';
      },
    ],
    [
      'scope',
      json => {
        json.resourceSpans[0].scopeSpans[0].schemaUrl = 'x';
      },
    ],
    [
      'name',
      (_, span) => {
        span.name = 'execute_tool';
      },
    ],
    [
      'start time',
      (_, span) => {
        span.startTimeUnixNano = `${TIME}000000`;
        span.endTimeUnixNano = `${TIME + 1}000000`;
        span.events = [];
      },
    ],
    [
      'alignment.fragment.epoch',
      (_, span) => {
        // a week to come
        const held = span.attributes.find(({ key }: { key: string }) => key === 'alignment.fragment.epoch');
        held.value.stringValue = '2099-W01';
      },
    ],
    [
      'end time',
      (_, span) => {
        span.endTimeUnixNano = `${TIME}000000`;
      },
    ],
    [
      'events',
      (_, span) => {
        span.events = Array.from({ length: 65 }, () => span.events[0]);
      },
    ],
    [
      'event name',
      (_, span) => {
        span.events[0].name = 'exception';
      },
    ],
    [
      'alignment.intervention: alignment.intervention.type',
      (_, span) => {
        span.events[0].attributes[1].value.stringValue = 'words';
      },
    ],
    [
      'alignment.fragment.version',
      (_, span) => {
        span.attributes[0].value.stringValue = 'asr/2';
      },
    ],
    [
      'alignment.fragment.ordinal',
      (_, span) => {
        span.attributes = span.attributes.filter((one: Any) => !one.key.endsWith('ordinal'));
      },
    ],
  ];
  it('what fits the schema', async () => {
    expect([...receivedFragments(await good())].some(one => 'problem' in one)).toBe(false);
  });
  it.each(spoil)('no fragment with a wrong %s (%#)', async (problem, change) => {
    const json: Any = await good();
    change(json, json.resourceSpans[0].scopeSpans[0].spans[0]);
    expect([...receivedFragments(json)]).toEqual([{ problem }]);
  });
});
