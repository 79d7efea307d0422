import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Figures, figuresOf, LIMITS, memorySource, Recording, readRequest } from './index.ts';
import { storyOf } from './story.ts';
import { call, intervention, logs, spanId, TRACE, timeOf, traces } from './testing/requests.ts';

async function figures(requests: readonly object[], limits = LIMITS): Promise<Figures> {
  const recording = new Recording();
  for (const request of requests) expect(readRequest(recording, request)).toBe(true);
  return figuresOf(memorySource(recording), limits);
}

const CONVERSATION = { 'gen_ai.conversation.id': 'c-1', 'gen_ai.agent.name': 'worker' };

describe('sessions', () => {
  it("are the nearest ancestor's, wherever it stands, then the resource's, then the trace", async () => {
    const child = { id: 'c', parent: 'b', attributes: call('read_file', 0.1, 'operator') };
    const { sessions, totals } = await figures([
      traces([child]),
      traces([{ id: 'b', parent: 'a' }]),
      traces([{ id: 'a', attributes: CONVERSATION }]),
      traces([{ id: 'r', trace: 'b'.repeat(32), attributes: call('x', 0.1, 'operator') }], {
        'session.id': 'of-resource',
        'service.name': 'svc',
      }),
      traces([{ id: 't', trace: 'c'.repeat(32), attributes: call('y', 0.1, 'operator') }]),
    ]);
    expect(sessions.map(row => [row.session, row.agent, row.named])).toEqual([
      ['c-1', 'worker', true],
      ['of-resource', 'svc', true],
      ['c'.repeat(32), 'unknown agent', false],
    ]);
    expect(totals.unnamedSessions).toBe(1);
  });

  it('do not mix span ids of two traces', async () => {
    const other = 'b'.repeat(32);
    const { sessions } = await figures([
      traces([
        { id: 'p', attributes: { 'session.id': 'one' } },
        { id: 'p', trace: other, attributes: { 'session.id': 'two' } },
        { id: 'k', parent: 'p', trace: other, attributes: call('x', 0.1, 'operator') },
      ]),
    ]);
    expect(sessions.map(row => row.session)).toEqual(['two']);
  });

  it('survive a chain of parents that bites its tail', async () => {
    const { sessions } = await figures([
      traces([
        { id: 'a', parent: 'b', attributes: call('x', 0.1, 'operator') },
        { id: 'b', parent: 'a' },
      ]),
    ]);
    expect(sessions).toHaveLength(1);
  });
});

describe('the quadrant', () => {
  it('has a session in the upper right only where one step is there', async () => {
    const apart = traces([
      { id: '1', attributes: { 'session.id': 'apart', ...call('a', 0.9, 'operator') } },
      { id: '2', at: 1, attributes: { 'session.id': 'apart', ...call('b', 0.1, 'observer') } },
    ]);
    const together = traces([
      { id: '3', attributes: { 'session.id': 'together', ...call('a', 0.95, 'operator') } },
      { id: '4', at: 1, attributes: { 'session.id': 'together', ...call('b', 0.7, 'consultant') } },
      { id: '5', at: 2, attributes: { 'session.id': 'together', ...call('c', 0.8, 'observer') } },
    ]);
    const { sessions, totals, stories } = await figures([apart, together]);
    expect(
      sessions.map(({ session, upperRight, risk, autonomy }) => [session, upperRight, risk, autonomy]),
    ).toEqual([
      ['together', 2, 0.8, 0.95],
      ['apart', 0, 0.9, 0.2],
    ]);
    expect(totals).toMatchObject({ upperRightSessions: 1, upperRightSteps: 2 });
    expect(stories.map(({ peak }) => peak.tool)).toEqual(['c']);
  });

  it('takes the autonomy that was last stated, and leaves out a step of which nothing is known', async () => {
    const quiet = (id: string, at: number) => ({
      id,
      at,
      attributes: {
        'session.id': 's',
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': id,
        'alignment.risk.score': 0.8,
      },
    });
    const { points, totals } = await figures([
      traces([
        quiet('first', 0),
        quiet('second', 2),
        { id: 'chat', at: 1, attributes: { 'session.id': 's', 'alignment.human.involvement': 'none' } },
      ]),
    ]);
    expect(points.map(({ tool, autonomy }) => [tool, autonomy])).toEqual([['second', 0.95]]);
    expect(totals).toMatchObject({ steps: 2, unplacedSteps: 1 });
  });

  it('counts every placed step in the density, and none twice', async () => {
    const spans = Array.from({ length: 40 }, (_, i) => ({
      id: `s${i}`,
      at: i,
      attributes: { 'session.id': 's', ...call('t', i / 39, i % 2 === 0 ? 'observer' : 'none') },
    }));
    const { density, points } = await figures([traces(spans)], { ...LIMITS, steps: 10, severeSteps: 5 });
    expect(density?.counts.reduce((a, b) => a + b)).toBe(40);
    expect(points).toHaveLength(5);
    expect(points[0]).toMatchObject({ risk: 38 / 39, autonomy: 0.95 });
  });

  it('takes no score outside of 0 to 1', async () => {
    const { totals } = await figures([
      traces([{ id: 'a', attributes: { 'session.id': 's', ...call('x', 7, 'observer') } }]),
    ]);
    expect(totals).toMatchObject({ unplacedSteps: 1, upperRightSteps: 0 });
  });
});

describe('signals', () => {
  it('of one id are one, with the highest severity', async () => {
    const id = { 'alignment.signal.id': '1'.repeat(32), 'session.id': 's' };
    const { totals, highest } = await figures([
      logs([intervention('denial', 'human', { severity: 0.4, attributes: id })]),
      logs([intervention('denial', 'human', { severity: 0.6, attributes: id })]),
      logs([intervention('denial', 'human', { severity: 0.5, attributes: id })]),
    ]);
    expect(totals).toMatchObject({ signals: 1, duplicates: 2 });
    expect(highest).toEqual({ severity: 0.6, byClass: { intervention: 0.6 } });
  });

  it('on a log record belong to the step with their span or call id, in whichever file it stands', async () => {
    const attributes = {
      'session.id': 's',
      ...call('deploy', 0.8, 'observer'),
      'gen_ai.tool.call.id': 'call-7',
    };
    const { timelines } = await figures([
      logs([
        intervention('approval', 'policy', {
          at: 0.1,
          attributes: { 'session.id': 's', 'gen_ai.tool.call.id': 'call-7' },
        }),
        { ...intervention('stop', 'human', { at: 0.2 }), trace: TRACE, span: 'a' },
      ]),
      traces([{ id: 'a', attributes }]),
    ]);
    expect(timelines[0]?.items.map(({ kind, tool, type, by }) => [kind, tool, type, by])).toEqual([
      ['step', 'deploy', 'stop', 'human'],
      ['intervention', 'deploy', 'stop', 'human'],
    ]);
  });

  it('about a call that no span shows make a step of it', async () => {
    const about = {
      'session.id': 's',
      'gen_ai.tool.call.id': 'c',
      'gen_ai.tool.name': 'Bash',
      'alignment.human.involvement': 'none',
    };
    const { sessions, stories } = await figures([
      logs([
        {
          class: 'risk_escalation',
          at: 1,
          severity: 0.9,
          attributes: { ...about, 'alignment.risk.score': 0.9 },
        },
        intervention('denial', 'human', { at: 2, attributes: about }),
      ]),
    ]);
    expect(sessions[0]).toMatchObject({ steps: 1, upperRight: 1, risk: 0.9, autonomy: 0.95 });
    expect(stories[0]).toMatchObject({
      prevented: true,
      peak: { tool: 'Bash', type: 'denial', by: 'human' },
    });
  });

  it('without any session or trace are kept together, and said to have none', async () => {
    const { sessions, totals } = await figures([
      logs([intervention('pause'), intervention('stop', 'human')]),
    ]);
    expect(sessions).toMatchObject([
      { session: '(no session, no trace)', named: false, stops: { human: 1 } },
    ]);
    expect(totals.unnamedSessions).toBe(1);
  });

  it('are counted by agent with how their scores came about', async () => {
    const native = {
      'session.id': 'n',
      'alignment.risk.native.label': 'HIGH',
      'alignment.risk.native.scale': 'vendor',
      'alignment.risk.calibration.status': 'none',
    };
    const profiled = {
      ...native,
      'alignment.risk.score': 0.8,
      'alignment.risk.calibration.status': 'profiled',
    };
    const { agents } = await figures([
      logs(
        [
          { class: 'risk_escalation', severity: 0.8, attributes: native },
          { class: 'risk_escalation', severity: 0.9, attributes: profiled },
        ],
        {
          'service.name': 'vendor-agent',
        },
      ),
      traces([{ id: 'a', attributes: { ...CONVERSATION, ...call('x', 0.1, 'operator') } }]),
    ]);
    expect(agents).toEqual([
      {
        agent: 'vendor-agent',
        sessions: 1,
        steps: 0,
        signals: { risk_escalation: { count: 2, severity: 0.9 } },
        status: { profiled: 1, declared: 0, none: 1 },
        scales: ['vendor'],
      },
      {
        agent: 'worker',
        sessions: 1,
        steps: 1,
        signals: {},
        status: { profiled: 0, declared: 1, none: 0 },
        scales: [],
      },
    ]);
  });
});

describe('stories', () => {
  const inSession = (
    id: string,
    at: number,
    tool: string,
    risk: number,
    level: string,
    events: Parameters<typeof traces>[0][number]['events'] = [],
  ) => ({
    id,
    at,
    attributes: { ...CONVERSATION, ...call(tool, risk, level) },
    events,
  });

  it('say who stopped it, how late, and what had been done before', async () => {
    const { stories } = await figures([
      traces([
        inSession('1', 0, 'read_file', 0.1, 'operator', [intervention('approval', 'policy', { at: 0.1 })]),
        inSession('2', 1, 'http_request', 0.2, 'operator', [intervention('denial', 'human', { at: 1.1 })]),
        inSession('3', 2, 'run_shell', 0.8, 'observer', [intervention('approval', 'policy', { at: 2.1 })]),
        inSession('4', 3, 'run_shell', 0.1, 'observer'),
        { id: '5', at: 0, attributes: CONVERSATION, events: [intervention('stop', 'human', { at: 9 })] },
      ]),
    ]);
    expect(stories).toHaveLength(1);
    expect(stories[0]).toMatchObject({
      peak: { tool: 'run_shell', risk: 0.8, time: timeOf(2), spanId: spanId('3') },
      stop: { type: 'stop', by: 'human', time: timeOf(9) },
      prevented: false,
      stepsBetween: 1,
      before: { steps: 2, autoApproved: 1, humanApproved: 0, refused: 1, atLeast: false },
    });
    expect(stories[0]?.before.moments.map(({ type, by, tool }) => [type, by, tool])).toEqual([
      ['denial', 'human', 'http_request'],
    ]);
    expect(stories[0]?.before.actions.map(({ tool }) => tool)).toEqual(['read_file', 'http_request']);
  });

  it('tell the approval by a person that came last before a limit was crossed', async () => {
    const approved = (id: string, at: number, tool: string) =>
      inSession(id, at, tool, 0.1, 'operator', [intervention('approval', 'human', { at: at + 0.1 })]);
    const { stories } = await figures([
      traces([
        approved('1', 0, 'look'),
        approved('2', 1, 'prepare'),
        {
          id: '3',
          at: 2,
          attributes: CONVERSATION,
          events: [
            { class: 'autonomy_boundary', at: 2, attributes: { 'alignment.boundary.type': 'bypass' } },
          ],
        },
        inSession('4', 3, 'ask', 0.1, 'observer'),
        inSession('5', 4, 'rm', 0.8, 'observer'),
      ]),
    ]);
    const { before } = stories[0]!;
    expect(before.moments.map(({ type, tool }) => [type, tool])).toEqual([
      ['approval', 'prepare'],
      ['bypass', undefined],
    ]);
    expect(before).toMatchObject({ steps: 3, humanApproved: 2, undecided: 1 });
  });

  it('count every step before once', () => {
    const decided = fc.record(
      {
        type: fc.constantFrom('approval', 'denial', 'block', 'stop', 'correction', 'of_a_later_version'),
        by: fc.constantFrom('human' as const, 'policy' as const, 'monitor' as const, 'unknown' as const),
        action: fc.constantFrom('none', 'read'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(decided), steps => {
        const items = steps.map((one, time) => ({ kind: 'step' as const, time, ...one }));
        const peak = { kind: 'step' as const, time: steps.length, risk: 0.8, autonomy: 0.9 };
        const { before } = storyOf(0, { items: [...items, peak], leftOut: 0 })!;
        const { autoApproved, humanApproved, otherApproved, refused, otherDecided, unneeded, undecided } =
          before;
        expect(
          autoApproved + humanApproved + otherApproved + refused + otherDecided + unneeded + undecided,
        ).toBe(steps.length);
      }),
    );
  });

  it('count a stop before the riskiest step as before, not as its stop', async () => {
    const { stories } = await figures([
      traces([
        inSession('1', 0, 'x', 0.1, 'observer', [intervention('stop', 'human', { at: 0.2 })]),
        inSession('2', 1, 'rm', 0.9, 'observer'),
      ]),
    ]);
    expect(stories[0]?.stop).toBeUndefined();
    expect(stories[0]?.before.moments).toMatchObject([{ type: 'stop', by: 'human' }]);
  });
});

describe('timelines', () => {
  it('keep what is loud, in order, and say how much is left out', async () => {
    const spans = Array.from({ length: 30 }, (_, i) => ({
      id: `s${i}`,
      at: i,
      attributes: { 'session.id': 's', ...call('t', i === 20 ? 0.8 : 0.1, 'observer') },
      events: i === 25 ? [intervention('stop', 'human', { at: i })] : [],
    }));
    const { timelines, stories } = await figures([traces(spans)], { ...LIMITS, items: 5 });
    const { items = [], leftOut } = timelines[0] ?? {};
    expect(items).toHaveLength(5);
    expect(leftOut).toBe(26);
    expect(items.filter(({ kind }) => kind === 'intervention')).toHaveLength(1);
    expect(items.some(({ risk }) => risk === 0.8)).toBe(true);
    expect(items.map(({ time }) => time)).toEqual([...items.map(({ time }) => time)].sort((a, b) => a - b));
    expect(stories[0]?.before.atLeast).toBe(true);
  });
});

describe('interventions over time', () => {
  it('are told apart by what was done and by whom', async () => {
    const kinds = [
      intervention('approval', 'policy', { at: 1 }),
      intervention('approval', 'agent', { at: 1 }),
      intervention('approval', 'human', { at: 1 }),
      intervention('approval', undefined, { at: 1 }),
      intervention('denial', 'human', { at: 1 }),
      intervention('block', 'policy', { at: 1 }),
      intervention('takeover', 'human', { at: 1 }),
      intervention('steering', 'human', { at: 1 }),
      { class: 'clarification_request', at: 7200 },
    ];
    const { overTime } = await figures([
      logs(kinds.map(one => ({ ...one, attributes: { 'session.id': 's', ...one.attributes } }))),
    ]);
    expect(overTime.length).toBeGreaterThanOrEqual(60_000);
    expect(overTime.stretches).toHaveLength(2);
    expect(overTime.stretches[0]).toMatchObject({
      autoApprovals: 2,
      humanApprovals: 1,
      otherApprovals: 1,
      humanRefusals: 1,
      otherRefusals: 1,
      stops: 1,
      otherInterventions: 1,
      clarifications: 0,
    });
    expect(overTime.stretches[1]).toMatchObject({ clarifications: 1, stops: 0 });
  });
});

it('an empty recording has figures too', async () => {
  const { totals, sessions, highest } = await figures([]);
  expect(totals).toMatchObject({ sessions: 0, steps: 0, signals: 0 });
  expect([sessions, highest]).toEqual([[], { byClass: {} }]);
});
