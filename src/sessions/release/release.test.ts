import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stitch, type TraceNode } from '../stitch/components.ts';
import { newRun, runTime } from '../stitch/run.ts';
import { readSession, sessionFacts } from './facts.ts';
import { type ByteSource, discreteLaplace } from './laplace.ts';
import { LedgerError, newLedger, parseLedger, spend, spent } from './ledger.ts';
import {
  type Cell,
  LEVELS,
  RELEASE_DEFAULTS,
  type ReleaseOptions,
  RISKS,
  releaseTable,
  type SessionFacts,
  statement,
} from './table.ts';

/** Bytes that are the same for the same seed (mulberry32): a test must fail twice. */
function seededBytes(seed: number): ByteSource {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 16) & 0xff;
  };
}

describe('the noise', () => {
  // P(x) = (1 - q) / (1 + q) q^|x| with q = exp(-1 / scale)
  const probability = (x: number, scale: number): number => {
    const q = Math.exp(-1 / scale);
    return ((1 - q) / (1 + q)) * q ** Math.abs(x);
  };

  it.each([
    { scale: [8n, 1n], edge: 30 },
    { scale: [1n, 1n], edge: 6 },
    { scale: [3n, 2n], edge: 8 },
    { scale: [1n, 3n], edge: 2 },
  ] as const)('has the exact distribution at scale $scale', ({ scale, edge }) => {
    const samples = 60_000;
    const next = seededBytes(7);
    const counts = new Map<number, number>();
    for (let i = 0; i < samples; i++) {
      const x = Math.max(-edge, Math.min(edge, Number(discreteLaplace(scale, next))));
      counts.set(x, (counts.get(x) ?? 0) + 1);
    }
    const width = Number(scale[0]) / Number(scale[1]);
    let chiSquared = 0;
    let rest = 1;
    for (let x = -edge + 1; x < edge; x++) rest -= probability(x, width);
    for (let x = -edge; x <= edge; x++) {
      const expected = samples * (Math.abs(x) === edge ? rest / 2 : probability(x, width));
      chiSquared += ((counts.get(x) ?? 0) - expected) ** 2 / expected;
    }
    // the mean of the statistic is its degrees of freedom; five standard deviations above is one in millions
    const freedom = 2 * edge;
    expect(chiSquared).toBeLessThan(freedom + 5 * Math.sqrt(2 * freedom));
  });

  it('would not pass with another distribution', () => {
    const next = seededBytes(7);
    let twos = 0;
    for (let i = 0; i < 20_000; i++) if (discreteLaplace([1n, 1n], next) === 2n) twos++;
    expect(twos / 20_000).toBeCloseTo(probability(2, 1), 2);
    expect(Math.abs(twos / 20_000 - probability(2, 1.3))).toBeGreaterThan(0.015);
  });

  it("comes of the system's generator unless a test says otherwise, and refuses a scale that is none", () => {
    expect(discreteLaplace([8n, 1n])).toBeTypeOf('bigint');
    expect(() => discreteLaplace([0n, 1n])).toThrow(RangeError);
  });
});

describe('the ledger', () => {
  const entry = (epsilon: number, epoch = '2026-W47') => ({
    epoch,
    epsilon,
    release: 'x',
    time: '2026-11-21T00:00:00Z',
  });

  it('refuses to spend more than there is, by epoch', () => {
    let ledger = newLedger(1);
    for (let i = 0; i < 10; i++) ledger = spend(ledger, entry(0.1));
    expect(spent(ledger, '2026-W47')).toBeCloseTo(1);
    expect(() => spend(ledger, entry(0.1))).toThrow(LedgerError);
    expect(spend(ledger, entry(1, '2026-W48')).entries).toHaveLength(11);
    for (const epsilon of [0, -1, Number.NaN])
      expect(() => spend(newLedger(1), entry(epsilon))).toThrow(LedgerError);
  });

  it('is read back, and a broken one is refused by name and field', () => {
    const ledger = spend(newLedger(2), entry(0.5));
    expect(parseLedger(JSON.stringify(ledger), 'l')).toEqual(ledger);
    for (const [text, message] of [
      ['{', 'l: no JSON'],
      ['null', 'l: version'],
      ['{"version":1,"budget":0,"entries":[]}', 'l: budget'],
      ['{"version":1,"budget":1}', 'l: entries'],
      [
        '{"version":1,"budget":1,"entries":[{"epoch":"x","epsilon":-5,"release":"","time":""}]}',
        'l: entries[0]',
      ],
    ] as const)
      expect(() => parseLedger(text, 'l')).toThrow(message);
  });
});

describe('the table', () => {
  const options: ReleaseOptions = { ...RELEASE_DEFAULTS, epoch: '2026-W47', bytes: seededBytes(1) };
  const session = (more: Partial<SessionFacts> = {}): SessionFacts => ({
    id: 'one',
    epoch: '2026-W47',
    risk: 3,
    autonomy: 'observer',
    contributors: ['a', 'b', 'c'],
    home: 'a',
    ...more,
  });
  const cell = (cells: readonly Cell[], risk: string, autonomy: string): Cell =>
    cells.find(one => one.risk === risk && one.autonomy === autonomy)!;

  it('has the same 30 cells whatever is counted', () => {
    for (const sessions of [[], [session()]]) {
      const cells = releaseTable(sessions, options);
      expect(cells.map(one => `${one.risk} ${one.autonomy}`)).toEqual(
        RISKS.flatMap(risk => LEVELS.map(level => `${risk} ${level}`)),
      );
    }
  });

  it('shows what many contributors ran, and nothing of other weeks', () => {
    const homes = ['a', 'b', 'c'];
    const many = Array.from({ length: 900 }, (_, i) => session({ home: homes[i % 3]! }));
    const shown = cell(
      releaseTable([...many, session({ epoch: '2026-W46', risk: 0 })], options),
      'high',
      'observer',
    );
    expect(Math.abs(shown.count! - 900)).toBeLessThan(120);
    expect(cell(releaseTable(many, options), 'none', 'observer').count).toBeUndefined();
  });

  it('hides what two contributors alone did, and what one nearly did alone', () => {
    const many = (home: (i: number) => string, contributors: string[]) =>
      Array.from({ length: 500 }, (_, i) => session({ home: home(i), contributors }));
    expect(
      cell(
        releaseTable(
          many(i => (i % 2 ? 'a' : 'b'), ['a', 'b']),
          options,
        ),
        'high',
        'observer',
      ).suppressed,
    ).toBe('contributors');
    expect(
      cell(
        releaseTable(
          many(i => (i % 10 ? 'a' : 'b'), ['a', 'b', 'c']),
          options,
        ),
        'high',
        'observer',
      ).suppressed,
    ).toBe('dominance');
  });

  it('never shows a noisy count below k', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 120 }),
        fc.integer(),
        (risks, seed) => {
          const sessions = risks.map((risk, i) => session({ risk, home: 'abc'[i % 3]! }));
          for (const { count, suppressed } of releaseTable(sessions, {
            ...options,
            bytes: seededBytes(seed),
          })) {
            if (count !== undefined) expect(count).toBeGreaterThanOrEqual(options.k);
            expect(count === undefined).toBe(suppressed !== undefined);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('states what it promises, on which conditions, and what not', () => {
    const said = statement(options);
    expect(said).toMatchObject({ epsilon: 1, delta: 0, sensitivity: 8, noise_scale: 8 });
    expect(said.unit).toBe('up to 8 sessions of an epoch');
    expect(said.not_counted[0]).toContain('alignment.fragment.conflict');
    expect(said.assumes.filter(one => one.startsWith('to speak of a user'))).toHaveLength(2);
    expect(JSON.stringify(said)).toContain('anonymity of sessions');
  });
});

describe('the sensitivity', () => {
  const START = Date.parse('2026-11-18T10:00:00Z');
  const STRONG = ['alignment.session', 'vendor.session', 'llm.request_id', 'w3c.trace_id'];
  const tag = (type: string) => fc.tuple(fc.constant(type), fc.integer({ min: 0, max: 9 }));
  const node = fc.record({
    contributors: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 3 }),
    hour: fc.integer({ min: 0, max: 30 }),
    tags: fc.array(fc.oneof(...[...STRONG, 'mcp.session'].map(tag)), { maxLength: 3 }),
  });
  const nodeOf = (
    { contributors, hour, tags }: typeof node extends fc.Arbitrary<infer T> ? T : never,
    i: number,
  ): TraceNode => {
    const byType = new Map<string, Set<string>>();
    for (const [type, value] of tags)
      byType.set(type, (byType.get(type) ?? new Set<string>()).add(`${type}-${value}`));
    const startMs = START + hour * 3_600_000;
    return {
      traceId: `${i}`.padStart(32, '0'),
      contributors: new Set(contributors),
      ...{ startMs, endMs: startMs + 1, ofTwoEpochs: false, tags: byType },
    };
  };
  /** What is counted, each by the traces in it. Small caps, so that many groups are too large. */
  const counted = (nodes: readonly TraceNode[]): string[] =>
    stitch(nodes, { traces: 3, contributors: 3, hours: 24 })
      .components.filter(({ conflict }) => !conflict)
      .map(({ traces }) => traces.map(({ traceId }) => Number(traceId)).join())
      .sort();
  /** The traces that equal tags join, directly or over others, whatever the caps. */
  const groupOf = (nodes: readonly TraceNode[], start: TraceNode): ReadonlySet<TraceNode> => {
    const labels = ({ tags }: TraceNode): string[] => STRONG.flatMap(type => [...(tags.get(type) ?? [])]);
    const group = new Set([start]);
    for (const one of group)
      for (const other of nodes)
        if (labels(other).some(label => labels(one).includes(label))) group.add(other);
    return group;
  };

  it('is one for a session that is there or not as a whole: it counts once or not at all, and no other changes', () => {
    fc.assert(
      fc.property(fc.array(node, { minLength: 1, maxLength: 14 }), fc.nat(), (from, place) => {
        const nodes = from.map(nodeOf);
        const group = groupOf(nodes, nodes[place % nodes.length]!);
        const before = counted(nodes);
        const after = counted(nodes.filter(one => !group.has(one)));
        const gone = before.filter(one => !after.includes(one));
        expect(after.filter(one => !before.includes(one))).toEqual([]);
        expect(gone.length).toBeLessThanOrEqual(1);
        // and what counts is all of what belongs together
        if (gone.length === 1) expect(gone[0]!.split(',')).toHaveLength(group.size);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is not one for a part of a session: without its middle the rest are two', () => {
    const [a, b, c] = [[0], [0, 1], [1]].map((values, i) =>
      nodeOf({ contributors: ['a'], hour: 0, tags: values.map(value => ['vendor.session', value]) }, i),
    );
    expect(counted([a!, b!, c!])).toEqual(['0,1,2']);
    expect(counted([a!, c!])).toEqual(['0', '2']);
  });
});

describe('what is counted of a session', () => {
  const key = (name: string, value: object): object => ({ key: name, value });
  const fragment = key('alignment.fragment.risk_bucket', { intValue: '2' });
  const level = key('alignment.autonomy.level', { stringValue: 'approver' });
  const group = (resource: object[], spans: object[]): object => ({
    resource: { attributes: resource },
    scopeSpans: [{ spans }],
  });
  const root = (...attributes: object[]): object =>
    group([key('service.name', { stringValue: 'asr/layer' })], [{ traceId: 'x', attributes }]);
  const part = (traceId: string, ...attributes: object[]): object =>
    group([key('alignment.contributor.id', { stringValue: 'a' })], [{ traceId, attributes }]);
  const EPOCH = key('alignment.fragment.epoch', { stringValue: '2026-W47' });
  const CALM = key('alignment.fragment.conflict', { boolValue: false });
  const good = root(EPOCH, CALM);

  it.each([
    ['fragments without a root', [part('x', EPOCH, fragment, level)], 'no_session'],
    ['a root without a mark', [root(EPOCH), part('x', fragment, level)], 'no_session'],
    [
      'a mark that is no boolean',
      [root(EPOCH, key('alignment.fragment.conflict', { stringValue: 'false' })), part('x', fragment, level)],
      'no_session',
    ],
    ['two roots', [good, good, part('x', fragment, level)], 'no_session'],
    ['a fragment of another trace', [good, part('y', fragment, level)], 'no_session'],
    ['a root of no week', [root(CALM), part('x', EPOCH, fragment, level)], 'no_session'],
    [
      'a session in conflict',
      [root(EPOCH, key('alignment.fragment.conflict', { boolValue: true })), part('x', fragment, level)],
      'conflict',
    ],
    ['a session without a level', [good, part('x', fragment)], 'no_facts'],
    ['a risk that the layer states', [root(EPOCH, CALM, fragment, level), part('x')], 'no_facts'],
  ])('not %s', (_, resourceSpans, why) => {
    expect(readSession({ resourceSpans })).toBe(why);
    expect(sessionFacts({ resourceSpans })).toBeUndefined();
  });

  it('the highest of its fragments', () => {
    const higher = key('alignment.fragment.risk_bucket', { intValue: '4' });
    expect(
      readSession({ resourceSpans: [good, part('x', fragment, level), part('x', higher)] }),
    ).toMatchObject({ epoch: '2026-W47', risk: 4, autonomy: 'approver', contributors: ['a'] });
  });

  it('nothing of anything else', () => {
    fc.assert(
      fc.property(fc.anything(), value => {
        expect(readSession(value)).toBe('no_session');
      }),
    );
  });

  it('a run of stitching says when it was', () => {
    const now = Date.parse('2026-11-25T00:00:00.123Z');
    const run = newRun(now);
    expect(run).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(runTime(run)).toBe(now);
    expect(newRun(now)).not.toBe(run);
    expect(runTime('0af76519-16cd-4d43-8448-eb211c80319c')).toBeUndefined();
  });
});
