import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReceivedFragment } from '../fragment/otlp.ts';
import { stitch, type TraceNode } from './components.ts';
import { MERGE_FROM } from './labels.ts';
import { CAPS } from './merger.ts';
import { sessionRequest } from './otlp.ts';
import { type Session, Stitcher } from './stitcher.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 18, 10);
const hex = (text: string, length: number): string =>
  Buffer.from(text).toString('hex').padStart(length, '0').slice(-length);
const tagOf = (text: string): string =>
  Buffer.from(text.padStart(16, '.')).toString('base64url').slice(0, 22);

interface Made {
  readonly contributor?: string;
  readonly trace: string;
  readonly span: string;
  readonly parent?: string;
  readonly name?: ReceivedFragment['name'];
  readonly hours?: number;
  readonly epoch?: string;
  readonly role?: 'home' | 'remote';
  readonly tags?: readonly (readonly [type: string, value: string])[];
}

const make = ({
  contributor = 'a',
  trace,
  span,
  parent,
  name = 'alignment.step',
  hours = 0,
  epoch = '2026-W47',
  role = 'home',
  tags = [],
}: Made): ReceivedFragment => ({
  contributor,
  name,
  traceId: hex(trace, 32),
  spanId: hex(span, 16),
  ...(parent !== undefined && { parentSpanId: hex(parent, 16) }),
  kind: 1,
  startMs: START + hours * HOUR,
  attributes: {
    'alignment.fragment.version': 'asr/1',
    'alignment.fragment.epoch': epoch,
    'alignment.fragment.role': role,
    'alignment.fragment.ordinal': 0,
    ...(name === 'alignment.edge' && { 'alignment.fragment.edge': 'http' }),
    ...(tags.length > 0 && {
      'alignment.join.tags': tags.map(([, value]) => tagOf(value)),
      'alignment.join.types': tags.map(([type]) => type),
    }),
  },
  events: [],
});

function sessionsOf(fragments: readonly ReceivedFragment[], options = {}): Session[] {
  const stitcher = new Stitcher(options);
  for (const fragment of fragments) stitcher.add(fragment);
  return [...stitcher.sessions()];
}

describe('stitching', () => {
  it('joins traces of several contributors over a trace and over tags', () => {
    const [session, ...more] = sessionsOf([
      make({ trace: 't1', span: 'root', name: 'alignment.session', tags: [['vendor.session', 's']] }),
      make({ trace: 't1', span: 'call', parent: 'root', name: 'alignment.edge' }),
      make({ contributor: 'b', trace: 't1', span: 'served', parent: 'call', name: 'alignment.edge' }),
      make({ trace: 't2', span: 'root2', name: 'alignment.session', tags: [['vendor.session', 's']] }),
      make({ contributor: 'c', trace: 't3', span: 'x', tags: [['llm.request_id', 'r']] }),
      make({ trace: 't2', span: 'y', parent: 'root2', tags: [['llm.request_id', 'r']] }),
    ]);
    expect(more).toEqual([]);
    expect(session).toMatchObject({
      contributors: ['a', 'b', 'c'],
      traces: 3,
      confidence: 0.95,
      conflict: false,
    });
    const edges = session!.spans.filter(span => span.name === 'alignment.edge');
    expect(edges.map(span => span.corroborated)).toEqual([true, true]);
    const edgeOf = (name: string) => edges.find(({ contributor }) => contributor === name)!;
    expect(edgeOf('b').parentSpanId).toBe(edgeOf('a').spanId);
  });

  it('an edge that one side alone reports is not corroborated', () => {
    const [session] = sessionsOf([
      make({ trace: 't', span: 'call', name: 'alignment.edge' }),
      make({ trace: 't', span: 'own', parent: 'call', name: 'alignment.edge' }),
    ]);
    expect(session!.spans.map(span => span.corroborated)).toEqual([false, false]);
  });

  it('never merges traces that name different sessions, and says so on both', () => {
    const ci = [['llm.request_id', 'shared']] as const;
    const sessions = sessionsOf([
      make({ trace: 't1', span: '1', tags: [['alignment.session', 'one'], ...ci] }),
      make({ trace: 't2', span: '2', tags: [['alignment.session', 'two'], ...ci] }),
    ]);
    expect(sessions.map(one => [one.traces, one.conflict])).toEqual([
      [1, true],
      [1, true],
    ]);
  });

  it('takes two session tags in one trace for one session near the border of epochs only', () => {
    const old = ['alignment.session', 'old'] as const;
    const young = ['alignment.session', 'new'] as const;
    const several = (hours: number, bucketMs: number, own = [[old, young]]): unknown[] =>
      sessionsOf(
        [
          ...own.map((tags, i) => make({ trace: 't1', span: `own ${i}`, hours, tags })),
          make({ trace: 't2', span: '2', hours, tags: [young] }),
          make({ trace: 't3', span: '3', hours, tags: [old] }),
        ],
        { bucketMs },
      ).map(one => [one.traces, one.conflict]);
    const one = [[3, false]];
    const apart = [1, 2, 3].map(() => [1, true]);
    // the border is Monday, the 23rd at midnight. Buckets are of an hour: the last of Sunday and the first of Monday hold the 15 minutes beside it
    expect([86, 108, 109, 110, 111].map(hours => several(hours, HOUR))).toEqual([
      apart,
      apart,
      one,
      one,
      apart,
    ]);
    // a bucket of the whole of Sunday holds them too
    expect([85, 86, 110, 111].map(hours => several(hours, 24 * HOUR))).toEqual([apart, one, one, apart]);
    // in mid-week they are two sessions that one trace holds, and at the border where no fragment has both
    expect(several(0, HOUR)).toEqual(apart);
    expect(several(109, HOUR, [[old], [young]])).toEqual(apart);
  });

  it('keeps a session of many traces together over the border of epochs', () => {
    const tag = (value: string) => ['alignment.session', value] as const;
    const [session, ...more] = sessionsOf([
      make({ trace: 't1', span: '1', hours: 105, tags: [tag('old')] }),
      make({ trace: 't2', span: '2', hours: 109, tags: [tag('old'), tag('new')] }),
      make({ trace: 't3', span: '3', hours: 113, epoch: '2026-W48', tags: [tag('new')] }),
    ]);
    expect(more).toEqual([]);
    expect(session).toMatchObject({ traces: 3, conflict: false, epoch: '2026-W47' });
  });

  it('links, and does not merge, below the confidence that merges', () => {
    const sessions = sessionsOf([
      make({ contributor: 'a', trace: 't1', span: '1', tags: [['mcp.session', 'm']] }),
      make({ contributor: 'b', trace: 't2', span: '2', tags: [['mcp.session', 'm']] }),
      make({ contributor: 'c', trace: 't3', span: '3', tags: [['payload.digest', 'p']] }),
    ]);
    const [a, b, c] = ['a', 'b', 'c'].map(name => sessions.find(one => one.contributors[0] === name)!);
    expect([a, b, c].map(one => one!.links)).toEqual([[b!.traceId], [a!.traceId], []]);
  });

  it('a worker that links the traces of two users makes one session of neither', () => {
    const sessions = sessionsOf([
      make({
        contributor: 'first',
        trace: 't1',
        span: '1',
        tags: [
          ['w3c.trace_id', 'of the first'],
          ['vendor.session', 'one'],
        ],
      }),
      make({
        contributor: 'second',
        trace: 't2',
        span: '2',
        tags: [
          ['w3c.trace_id', 'of the second'],
          ['vendor.session', 'another'],
        ],
      }),
      make({
        contributor: 'worker',
        trace: 't3',
        span: '3',
        tags: [
          ['w3c.span_link', 'of the first'],
          ['w3c.span_link', 'of the second'],
        ],
      }),
    ]);
    const id = (name: string): string => sessions.find(one => one.contributors[0] === name)!.traceId;
    expect(Object.fromEntries(sessions.map(one => [one.contributors.join(), one.links]))).toEqual({
      first: [id('worker')],
      second: [id('worker')],
      worker: [id('first'), id('second')].sort(),
    });
    expect(sessions.map(one => one.conflict)).toEqual([false, false, false]);
  });

  it('stops at the caps', () => {
    const many = (count: number, more: (i: number) => Partial<Made> = () => ({})): ReceivedFragment[] =>
      Array.from({ length: count }, (_, i) =>
        make({ trace: `t${i}`, span: `${i}`, tags: [['vendor.session', 's']], ...more(i) }),
      );
    const sizes = (sessions: readonly Session[]): number[] => {
      expect(sessions.every(one => one.conflict)).toBe(true);
      return sessions.map(one => one.traces).sort((a, b) => b - a);
    };
    expect(sizes(sessionsOf(many(CAPS.traces + 6)))).toEqual([64, 6]);
    expect(sizes(sessionsOf(many(17, i => ({ contributor: `c${i}` }))))).toEqual([16, 1]);
    expect(sizes(sessionsOf(many(2, i => ({ hours: i * 25 }))))).toEqual([1, 1]);
  });

  it('what is larger than a session becomes few, in the order of their starts, and all of them are marked', () => {
    const spread = (count: number, hours: number, tags: readonly string[]): Session[] =>
      sessionsOf(
        Array.from({ length: count }, (_, i) =>
          make({
            // ids that are in another order than the starts
            trace: `t${(i * 7) % count}`,
            span: '1',
            hours: Math.floor((i * hours) / count),
            tags: tags.map(type => [type, 's']),
          }),
        ),
      ).sort((a, b) => a.startMs - b.startMs);
    for (const tags of [['vendor.session'], ['alignment.session', 'vendor.session']]) {
      const many = spread(520, 20, tags);
      expect(many.map(one => one.traces)).toEqual([...Array(8).fill(64), 8]);
      const long = spread(100, 100, tags);
      expect(long.map(one => [one.traces, (one.startMs - START) / HOUR])).toEqual([
        [24, 0],
        [24, 24],
        [24, 48],
        [24, 72],
        [4, 96],
      ]);
      expect([...many, ...long].every(one => one.conflict)).toBe(true);
    }
  });

  it('is of the week that most contributors name, of those at home where there are as many', () => {
    const weekOf = (
      ...said: readonly (readonly [epoch: string, hours: number, role?: 'home' | 'remote'])[]
    ): string =>
      sessionsOf(
        said.map(([epoch, hours, role = 'home'], i) =>
          make({ contributor: `c${i}`, trace: 't', span: `${i}`, epoch, hours, role }),
        ),
      )[0]!.epoch;
    const [true_, early, late] = [
      ['2026-W47', 1],
      ['2026-W46', 0],
      ['2026-W48', 0],
    ] as const;
    expect(weekOf(true_, early, true_)).toBe('2026-W47');
    expect(weekOf(late, true_, true_)).toBe('2026-W47');
    expect(weekOf([...early, 'remote'], true_)).toBe('2026-W47');
    expect(weekOf(true_, late)).toBe('2026-W47');
    // a home that lies among parts that are honest
    expect(weekOf(early, [...true_, 'remote'], [...true_, 'remote'])).toBe('2026-W47');
    // one voice each, however many fragments
    expect(
      sessionsOf([
        make({ contributor: 'b', trace: 't', span: 'b' }),
        make({ contributor: 'c', trace: 't', span: 'c' }),
        ...Array.from({ length: 9 }, (_, i) =>
          make({ contributor: 'liar', trace: 't', span: `${i}`, epoch: '2026-W46' }),
        ),
      ])[0]!.epoch,
    ).toBe('2026-W47');
  });

  it('counts a repeated fragment once, and refuses a flood', () => {
    const one = make({ trace: 't', span: '1' });
    expect(sessionsOf([one, one, { ...one }])[0]!.spans).toHaveLength(1);
    const stitcher = new Stitcher({ maxPerTrace: 10 });
    for (let i = 0; i < 25; i++) stitcher.add(make({ trace: 't', span: `${i}` }));
    expect([...stitcher.refusals.values()]).toEqual([15]);
    expect([...stitcher.sessions()][0]!.spans).toHaveLength(10);
  });

  it("a flood does not take the place of another contributor's fragments", () => {
    const stitcher = new Stitcher();
    for (let i = 0; i < 5_000; i++) stitcher.add(make({ contributor: 'liar', trace: 't', span: `${i}` }));
    stitcher.add(make({ contributor: 'b', trace: 't', span: 'x' }));
    expect([...stitcher.refusals]).toEqual([['more than 4096 fragments of one contributor and trace', 904]]);
    const [session] = [...stitcher.sessions()];
    expect(session!.contributors).toEqual(['b', 'liar']);
    expect(session!.spans).toHaveLength(4_097);
  });

  it('makes one session of very many fragments', () => {
    const fragments = Array.from({ length: 33 }, (_, trace) =>
      Array.from({ length: 4_096 }, (_, span) =>
        make({ trace: `t${trace}`, span: `${span}`, tags: [['vendor.session', 's']] }),
      ),
    ).flat();
    const [session, ...more] = sessionsOf(fragments);
    expect(more).toEqual([]);
    expect([session!.traces, session!.spans.length]).toEqual([33, 33 * 4_096]);
  });

  it('bears 128 links at most, each once', () => {
    const sessions = sessionsOf(
      Array.from({ length: 140 }, (_, i) =>
        make({
          trace: `${String(i).padStart(4, '0')}`,
          span: '1',
          tags: [
            ['mcp.session', 'm'],
            ['payload.digest', 'p'],
          ],
        }),
      ),
    );
    const [hub, ...others] = sessions;
    expect(hub!.links).toEqual(others.slice(0, 128).map(one => one.traceId));
    expect(others.every(one => one.links.length === 1 && one.links[0] === hub!.traceId)).toBe(true);
  });

  it('is the same whatever the order, where contributors use the same ids at the same time too', () => {
    const fragments = ['a', 'b', 'c'].flatMap(contributor => [
      make({ contributor, trace: 't', span: '1', name: 'alignment.edge' }),
      make({ contributor, trace: 't', span: '2', parent: '1' }),
      make({
        contributor: `other-${contributor}`,
        trace: 't',
        span: '3',
        parent: '1',
        name: 'alignment.edge',
      }),
    ]);
    const shape = ([session]: Session[]): unknown => {
      const places = new Map(
        session!.spans.map(({ spanId, contributor }, i) => [spanId, `${i} ${contributor}`]),
      );
      return session!.spans.map(span => [
        span.contributor,
        span.name,
        places.get(span.parentSpanId),
        span.corroborated,
      ]);
    };
    const options = { secret: 'the same' };
    const expected = shape(sessionsOf(fragments, options));
    fc.assert(
      fc.property(fc.shuffledSubarray(fragments, { minLength: fragments.length }), list => {
        expect(shape(sessionsOf(list, options))).toEqual(expected);
      }),
    );
  });

  it("a liar cannot make a cycle, nor take another contributor's place", () => {
    const [cyclic] = sessionsOf([
      make({ trace: 't', span: '1', parent: '2' }),
      make({ trace: 't', span: '2', parent: '1' }),
    ]);
    const parents = new Map(cyclic!.spans.map(span => [span.spanId, span.parentSpanId]));
    for (const start of parents.keys()) {
      let at: string | undefined = start;
      for (let i = 0; at !== undefined && i < 5; i++) at = parents.get(at);
      expect(at).toBeUndefined();
    }
    const [two] = sessionsOf([
      make({ trace: 't', span: 'root' }),
      make({ trace: 't', span: 'child', parent: 'root' }),
      make({ contributor: 'liar', trace: 't', span: 'root' }),
    ]);
    const root = two!.spans.find(span => span.contributor === 'a' && span.parentSpanId === two!.rootSpanId)!;
    expect(two!.spans).toHaveLength(3);
    expect(two!.spans.filter(span => span.parentSpanId === root.spanId)).toHaveLength(1);
  });

  it('gives what any tracing backend takes, with no tag and no derived id in it', () => {
    const fragments = [
      make({ trace: 't1', span: 'root', tags: [['vendor.session', 'secret-session']] }),
      make({
        contributor: 'b',
        trace: 't2',
        span: 'other',
        parent: 'root',
        tags: [['vendor.session', 'secret-session']],
      }),
    ];
    const out = JSON.stringify(sessionsOf(fragments).map(sessionRequest));
    expect(out).not.toContain('alignment.join');
    expect(out).not.toContain(tagOf('secret-session'));
    for (const { traceId, spanId } of fragments) {
      expect(out).not.toContain(traceId);
      expect(out).not.toContain(spanId);
    }
    expect(sessionsOf(fragments)[0]!.traceId).not.toBe(sessionsOf(fragments)[0]!.traceId);
  });
});

describe('the order of what is written', () => {
  const count = 400;
  /** Of how many that could be swapped, the share that is as derived ids would put it: a half by chance. */
  const concordance = (written: readonly string[]): number => {
    let same = 0;
    for (let i = 0; i < written.length; i++)
      for (let k = i + 1; k < written.length; k++) if (written[i]! < written[k]!) same += 1;
    return same / ((written.length * (written.length - 1)) / 2);
  };
  const labelled = Array.from({ length: count }, (_, i) => String(i).padStart(4, '0'));
  const label = (events: ReceivedFragment['events']): string => events[0]!.name;
  const marked = (made: Made, mark: string): ReceivedFragment => ({
    ...make(made),
    events: [{ name: mark, attributes: {} }],
  });

  it('of sessions says nothing of derived ids', () => {
    const sessions = sessionsOf(labelled.map(id => marked({ trace: id, span: '1' }, id)));
    const written = sessions.map(one => label(one.spans[0]!.events));
    expect([...written].sort()).toEqual(labelled);
    expect(Math.abs(concordance(written) - 0.5)).toBeLessThan(0.2);
    expect(sessions.map(one => one.traceId)).toEqual(sessions.map(one => one.traceId).sort());
  });

  it('of spans that began together says nothing of derived ids', () => {
    const [session] = sessionsOf(labelled.map(id => marked({ trace: 't', span: id }, id)));
    expect(Math.abs(concordance(session!.spans.map(span => label(span.events))) - 0.5)).toBeLessThan(0.2);
  });

  it('of links says nothing of derived ids, nor does which session has them', () => {
    const hubs = new Set<string>();
    for (let round = 0; round < 40; round++) {
      const sessions = sessionsOf(
        labelled.slice(0, 20).map(id => marked({ trace: id, span: '1', tags: [['mcp.session', 'm']] }, id)),
      );
      const hub = sessions.find(one => one.links.length > 1)!;
      expect(hub.links).toEqual([...hub.links].sort());
      hubs.add(label(hub.spans[0]!.events));
    }
    expect(hubs.size).toBeGreaterThan(5);
  });
});

describe('components', () => {
  const node = fc
    .record({
      contributors: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
      hours: fc.integer({ min: 0, max: 40 }),
      tags: fc.array(
        fc.tuple(
          fc.constantFrom('alignment.session', 'vendor.session', 'llm.request_id', 'mcp.session'),
          fc.constantFrom('1', '2', '3'),
        ),
        { maxLength: 3 },
      ),
    })
    .map(({ contributors, hours, tags }) => {
      const byType = new Map<string, Set<string>>();
      for (const [type, value] of tags) byType.set(type, (byType.get(type) ?? new Set()).add(value));
      return {
        contributors: new Set(contributors),
        startMs: hours * HOUR,
        endMs: hours * HOUR + 1,
        ofTwoEpochs: false,
        tags: byType,
      };
    });
  const nodes = fc
    .array(node, { maxLength: 12 })
    .map(list => list.map((one, i): TraceNode => ({ ...one, traceId: String(i).padStart(32, '0') })));

  it('are the same in any order, hold every trace once, keep the caps and part different sessions', () => {
    const caps = { traces: 5, contributors: 2, hours: 24 };
    fc.assert(
      fc.property(nodes, fc.integer(), (list, seed) => {
        const { components } = stitch(list, caps);
        const turned = [...list].sort(
          (a, b) => ((Number(a.traceId) * 7 + seed) % 11) - ((Number(b.traceId) * 7 + seed) % 11),
        );
        expect(stitch(turned, caps)).toEqual(stitch(list, caps));
        expect(
          components
            .flatMap(one => one.traces)
            .map(one => one.traceId)
            .sort(),
        ).toEqual(list.map(one => one.traceId));
        for (const { traces, confidence } of components) {
          if (traces.length > 1) {
            expect(traces.length).toBeLessThanOrEqual(caps.traces);
            expect(new Set(traces.flatMap(one => [...one.contributors])).size).toBeLessThanOrEqual(
              caps.contributors,
            );
            const starts = traces.map(one => one.startMs);
            expect(Math.max(...starts) - Math.min(...starts)).toBeLessThan(caps.hours * HOUR);
            expect(confidence).toBeGreaterThanOrEqual(MERGE_FROM);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
