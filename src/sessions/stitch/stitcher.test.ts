import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReceivedFragment } from '../fragment/otlp.ts';
import { CAPS, stitch, type TraceNode } from './components.ts';
import { MERGE_FROM } from './labels.ts';
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
  readonly tags?: readonly (readonly [type: string, value: string])[];
}

const make = ({
  contributor = 'a',
  trace,
  span,
  parent,
  name = 'alignment.step',
  hours = 0,
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
    'alignment.fragment.epoch': '2026-W47',
    'alignment.fragment.role': 'home',
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
    expect(edges[1]!.parentSpanId).toBe(edges[0]!.spanId);
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
    const several = (hours: number): Session[] =>
      sessionsOf([
        make({
          trace: 't1',
          span: '1',
          hours,
          tags: [
            ['alignment.session', 'old'],
            ['alignment.session', 'new'],
          ],
        }),
        make({ trace: 't2', span: '2', hours, tags: [['alignment.session', 'new']] }),
        make({ trace: 't3', span: '3', hours, tags: [['alignment.session', 'old']] }),
      ]);
    // the border is Monday, the 23rd at midnight
    expect(several(109).map(one => [one.traces, one.conflict])).toEqual([[3, false]]);
    // in mid-week they are two sessions that one trace holds
    expect(several(0).map(one => [one.traces, one.conflict])).toEqual([
      [1, true],
      [1, true],
      [1, true],
    ]);
  });

  it('links, and does not merge, below the confidence that merges', () => {
    const sessions = sessionsOf([
      make({ trace: 't1', span: '1', tags: [['mcp.session', 'm']] }),
      make({ trace: 't2', span: '2', tags: [['mcp.session', 'm']] }),
      make({ trace: 't3', span: '3', tags: [['payload.digest', 'p']] }),
    ]);
    expect(sessions.map(one => one.links)).toEqual([[sessions[1]!.traceId], [sessions[0]!.traceId], []]);
  });

  it('stops at the caps', () => {
    const many = (count: number, more: (i: number) => Partial<Made> = () => ({})): ReceivedFragment[] =>
      Array.from({ length: count }, (_, i) =>
        make({ trace: `t${i}`, span: `${i}`, tags: [['vendor.session', 's']], ...more(i) }),
      );
    const traces = sessionsOf(many(CAPS.traces + 6));
    expect(traces.map(one => one.traces)).toEqual([64, ...Array(6).fill(1)]);
    expect(traces.every(one => one.conflict)).toBe(true);
    expect(sessionsOf(many(17, i => ({ contributor: `c${i}` }))).map(one => one.contributors.length)).toEqual(
      [16, 1],
    );
    expect(sessionsOf(many(2, i => ({ hours: i * 25 }))).map(one => one.traces)).toEqual([1, 1]);
  });

  it('counts a repeated fragment once, and refuses a flood', () => {
    const one = make({ trace: 't', span: '1' });
    expect(sessionsOf([one, one, { ...one }])[0]!.spans).toHaveLength(1);
    const stitcher = new Stitcher({ maxPerTrace: 10 });
    for (let i = 0; i < 25; i++) stitcher.add(make({ trace: 't', span: `${i}` }));
    expect([...stitcher.refusals.values()]).toEqual([15]);
    expect([...stitcher.sessions()][0]!.spans).toHaveLength(10);
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
    const expected = shape(sessionsOf(fragments));
    fc.assert(
      fc.property(fc.shuffledSubarray(fragments, { minLength: fragments.length }), list => {
        expect(shape(sessionsOf(list))).toEqual(expected);
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
