import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Figures, figuresOf, memorySource, Recording, readRequest } from './index.ts';
import { Spans } from './spans.ts';
import { logs, type TestRecord, type TestSpan, traces } from './testing/requests.ts';

async function figures(requests: readonly unknown[]): Promise<Figures> {
  const recording = new Recording();
  for (const request of requests) readRequest(recording, request);
  return figuresOf(memorySource(recording));
}

const score = fc.double({ min: 0, max: 1, noNaN: true });
const level = fc.constantFrom('none', 'operator', 'collaborator', 'consultant', 'approver', 'observer');
const signal = fc.record({
  class: fc.constantFrom(
    'intervention',
    'risk_escalation',
    'clarification_request',
    'autonomy_boundary',
    'misalignment_indicator',
  ),
  severity: score,
  attributes: fc.record(
    {
      'alignment.intervention.type': fc.constantFrom('stop', 'approval', 'denial', 'steering', 'later_word'),
      'alignment.intervention.initiator': fc.constantFrom('human', 'policy', 'agent', 'later_word'),
      'gen_ai.tool.call.id': fc.constantFrom('call-1', 'call-2'),
      'session.id': fc.constantFrom('s-1', 's-2'),
      'alignment.human.involvement': fc.constantFrom('none', 'approval_required'),
    },
    { requiredKeys: [] },
  ),
});

/** Spans and records of a few sessions, each at a time of its own, so that there is one order. */
const recorded = fc
  .array(
    fc.record({
      trace: fc.constantFrom('a'.repeat(32), 'b'.repeat(32)),
      parent: fc.option(fc.nat(11), { nil: undefined }),
      session: fc.option(fc.constantFrom('s-1', 's-2'), { nil: undefined }),
      risk: fc.option(score, { nil: undefined }),
      level: fc.option(level, { nil: undefined }),
      signals: fc.array(signal, { maxLength: 2 }),
      record: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map(items =>
    items.map((item, i) => {
      const events = item.signals.map((one, k) => ({ ...one, at: i + 0.1 + k / 100 }));
      if (item.record)
        return logs(
          events.map((one): TestRecord => ({ ...one, trace: item.trace, span: `${item.parent ?? 0}` })),
        );
      const span: TestSpan = {
        id: String(i),
        trace: item.trace,
        at: i,
        ...(item.parent === undefined ? {} : { parent: String(item.parent) }),
        attributes: {
          ...(item.session === undefined ? {} : { 'session.id': item.session }),
          ...(item.risk === undefined
            ? {}
            : { 'alignment.risk.score': item.risk, 'gen_ai.tool.call.id': `call-${i % 3}` }),
          ...(item.level === undefined ? {} : { 'alignment.autonomy.level': item.level }),
        },
        events,
      };
      return traces([span]);
    }),
  );

describe('figures of anything', () => {
  it('do not depend on the order in which files and lines are read', async () => {
    await fc.assert(
      fc.asyncProperty(
        recorded.chain(requests =>
          fc.tuple(fc.constant(requests), fc.shuffledSubarray(requests, { minLength: requests.length })),
        ),
        async ([requests, shuffled]) => {
          expect(await figures(shuffled)).toEqual(await figures(requests));
        },
      ),
    );
  });

  it('are consistent with themselves', async () => {
    await fc.assert(
      fc.asyncProperty(recorded, async requests => {
        const { totals, sessions, points, timelines, agents } = await figures(requests);
        const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
        expect(sum(sessions.map(row => row.steps))).toBe(totals.steps);
        expect(sum(sessions.map(row => row.upperRight))).toBe(totals.upperRightSteps);
        expect(sum(sessions.flatMap(row => Object.values(row.signals)))).toBe(totals.signals);
        expect(points).toHaveLength(totals.steps - totals.unplacedSteps);
        expect(sum(agents.map(agent => agent.steps))).toBe(totals.steps);
        for (const [index, row] of sessions.entries()) {
          const steps = timelines[index]?.items.filter(({ kind }) => kind === 'step') ?? [];
          expect(steps).toHaveLength(row.steps);
          expect(row.start).toBeLessThanOrEqual(row.end);
        }
      }),
    );
  });

  it('can be made of any JSON', async () => {
    const wrap = (inner: unknown) => [
      inner,
      { resourceSpans: inner },
      {
        resourceSpans: [
          { resource: inner, scopeSpans: [{ scope: inner, spans: [inner, { events: inner }] }] },
        ],
      },
      { resourceSpans: [{ scopeSpans: [{ spans: [{ attributes: inner, events: [inner] }] }] }] },
      {
        resourceLogs: [
          {
            scopeLogs: [{ logRecords: [inner, { attributes: inner, eventName: 'alignment.intervention' }] }],
          },
        ],
      },
    ];
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async inner => {
        const { totals } = await figures(wrap(inner));
        expect(totals.signals).toBe(0);
      }),
    );
  });
});

describe('spans', () => {
  it('find what a plain walk over a map finds', () => {
    const node = fc.record({
      trace: fc.nat(1),
      parent: fc.option(fc.nat(60), { nil: undefined }),
      session: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(node, { maxLength: 60 }), nodes => {
        const spans = new Spans();
        const hex = (i: number): string => (i + 1).toString(16).padStart(16, '0');
        const rows = nodes.map(({ trace, parent, session }, i) =>
          spans.add(`trace-${trace}`, hex(i), parent === undefined ? '' : hex(parent), session, 0),
        );
        for (const [i, row] of rows.entries()) {
          let at: number | undefined = i;
          let expected = 0;
          for (let depth = 0; at !== undefined && depth < 64 && expected === 0; depth++) {
            const one: (typeof nodes)[number] | undefined = nodes[at];
            if (one === undefined || one.trace !== nodes[i]?.trace) break;
            expected = one.session;
            at = one.parent;
          }
          expect(spans.sessionAt(row)).toBe(expected);
          expect(spans.spanOf(row)).toBe(hex(i));
        }
      }),
    );
  });
});
