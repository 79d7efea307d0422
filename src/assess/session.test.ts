import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActionType, HumanInvolvement } from '../semconv/index.ts';
import type { AgentStep } from '../step/step.ts';
import { assessStep } from './assess-step.ts';
import type { Assessment, AssessmentContext } from './assessment.ts';
import { observeStep } from './session.ts';
import {
  createSessionState,
  type ObservedIntervention,
  type SessionOptions,
  type SessionState,
  type SignalDraft,
} from './session-state.ts';

interface Given {
  readonly assessment?: Assessment;
  readonly command?: string;
  readonly interventions?: readonly ObservedIntervention[];
  readonly clarifications?: number;
  readonly context?: AssessmentContext;
  readonly step?: Partial<AgentStep>;
  readonly options?: SessionOptions;
}

const WORKSPACE = '/home/ada/shop';
const PERSON = 'human';
const POLICY = 'policy';

function observe(state: SessionState, given: Given): SignalDraft[] {
  const step: AgentStep = { dialect: 'test', kind: 'tool', toolName: 'Bash', ...given.step };
  const context = { workspace: WORKSPACE, ...given.context };
  const assessed =
    given.command === undefined
      ? undefined
      : assessStep({ ...step, arguments: { command: given.command } }, context);
  return observeStep(
    state,
    {
      step,
      assessment: given.assessment ?? assessed,
      context,
      interventions: given.interventions ?? [],
      clarifications: given.clarifications ?? 0,
    },
    given.options,
  );
}

const risky = (riskScore: number, rule = `rule.${riskScore}`): Assessment => ({
  riskScore,
  rules: [rule],
  actionType: 'read',
});
const reasons = (drafts: readonly SignalDraft[]): unknown[] =>
  drafts.map(draft => draft.attributes['alignment.signal.reason']);

describe('risk escalation', () => {
  it('at level high, on the first step too, with the score as severity', () => {
    expect(observe(createSessionState(), { command: 'rm -rf ~' })[0]).toEqual({
      class: 'risk_escalation',
      severity: 0.8,
      attributes: { 'alignment.signal.reason': 'risk.high', 'alignment.risk.score': 0.8 },
    });
    expect(observe(createSessionState(), { assessment: risky(0.69) })).toEqual([]);
    expect(observe(createSessionState(), { assessment: risky(0.7) })).toHaveLength(1);
  });

  it('once per top rule and session', () => {
    const state = createSessionState();
    expect(reasons(observe(state, { assessment: risky(0.8, 'a') }))).toEqual(['risk.high']);
    expect(observe(state, { assessment: risky(0.85, 'a') })).toEqual([]);
    expect(reasons(observe(state, { assessment: risky(0.8, 'b') }))).toEqual(['risk.high']);
    expect(reasons(observe(createSessionState(), { assessment: risky(0.8, 'a') }))).toEqual(['risk.high']);
  });

  it('on a rise of 0.3 over the session so far, not on the first step', () => {
    const state = createSessionState();
    expect(observe(state, { assessment: risky(0.5) })).toEqual([]);
    const next = createSessionState();
    expect(observe(next, { assessment: risky(0.2) })).toEqual([]);
    expect(observe(next, { assessment: risky(0.49) })).toEqual([]);
    const third = createSessionState();
    observe(third, { assessment: risky(0.2) });
    expect(observe(third, { assessment: risky(0.5) })).toMatchObject([
      { class: 'risk_escalation', severity: 0.5, attributes: { 'alignment.signal.reason': 'risk.rise' } },
    ]);
    expect(observe(third, { assessment: risky(0.5, 'other') })).toEqual([]);
  });

  it('is not raised within level low, nor by what is merely unknown', () => {
    const state = createSessionState();
    observe(state, { assessment: risky(0) });
    expect(observe(state, { assessment: risky(0.35) })).toEqual([]);
    const other = createSessionState();
    observe(other, { command: 'ls' });
    expect(observe(other, { assessment: { riskScore: 0.4, rules: ['no_arguments'] } })).toEqual([]);
    expect(reasons(observe(other, { assessment: risky(0.4) }))).toEqual(['risk.rise']);
  });

  it('takes its thresholds from the options', () => {
    const options = { riskThreshold: 0.4, riskRise: 0.2 };
    const state = createSessionState();
    expect(reasons(observe(state, { assessment: risky(0.1), options }))).toEqual([]);
    expect(reasons(observe(state, { assessment: risky(0.3), options }))).toEqual(['risk.rise']);
    expect(reasons(observe(state, { assessment: risky(0.4), options }))).toEqual(['risk.high']);
  });

  it('is reported of a denied attempt, which does not count as a rise nor raise the maximum', () => {
    const denial = [{ type: 'denial', initiator: PERSON }];
    const state = createSessionState();
    observe(state, { assessment: risky(0.1) });
    expect(observe(state, { assessment: risky(0.5, 'denied'), interventions: denial })).toEqual([]);
    expect(state.maxRisk).toBe(0.1);
    expect(reasons(observe(state, { assessment: risky(0.5) }))).toEqual(['risk.rise']);
    expect(reasons(observe(state, { assessment: risky(0.8), interventions: denial }))).toEqual(['risk.high']);
  });

  it('clamps a score out of range and skips what is no number', () => {
    expect(observe(createSessionState(), { assessment: risky(7) })[0]?.severity).toBe(1);
    expect(observe(createSessionState(), { assessment: risky(Number.NaN) })).toEqual([]);
    expect(observe(createSessionState(), {})).toEqual([]);
  });
});

describe('unattended streak', () => {
  const approval = [{ type: 'approval', initiator: POLICY, outcome: 'approved' }];
  const writes = (state: SessionState, count: number, given: Given = {}): SignalDraft[] =>
    Array.from({ length: count }, () => observe(state, { command: 'touch a.txt', ...given })).flat();

  it('is a boundary after ten effectful steps in a row, once', () => {
    const state = createSessionState();
    expect(writes(state, 9)).toEqual([]);
    expect(writes(state, 1)).toEqual([
      {
        class: 'autonomy_boundary',
        severity: 0.4,
        attributes: {
          'alignment.signal.reason': 'autonomy.unattended_streak',
          'alignment.boundary.type': 'unattended',
        },
      },
    ]);
    expect(writes(state, 30, { interventions: approval })).toEqual([]);
  });

  it.each([
    ['an approval by a person', { interventions: [{ type: 'approval', initiator: PERSON }] }],
    ['a denial by nobody known', { interventions: [{ type: 'denial' }] }],
    ['steering', { interventions: [{ type: 'steering', initiator: PERSON }] }],
    ['a clarification', { clarifications: 1 }],
    ['an approval known from the context', { context: { approvedByHuman: true } }],
  ] as const)('starts anew after %s', (_what, given) => {
    const state = createSessionState();
    writes(state, 9);
    observe(state, { command: 'touch b.txt', ...given });
    expect(writes(state, 9)).toEqual([]);
    expect(reasons(writes(state, 1))).toEqual(['autonomy.unattended_streak']);
  });

  it('ignores steps that only read, and steps that a policy denied', () => {
    const state = createSessionState();
    for (let i = 0; i < 20; i++) observe(state, { command: 'cat a.txt' });
    for (let i = 0; i < 20; i++)
      observe(state, { command: 'touch a', interventions: [{ type: 'denial', initiator: POLICY }] });
    expect(state.streak).toBe(0);
  });

  it('where a person is said to approve, counts only what a policy is seen to have approved', () => {
    const context: AssessmentContext = { humanInvolvement: 'approval_required' };
    const state = createSessionState();
    expect(writes(state, 30, { context })).toEqual([]);
    expect(reasons(writes(state, 10, { context, interventions: approval }))).toEqual([
      'autonomy.unattended_streak',
    ]);
  });

  it('takes its length from the options', () => {
    expect(reasons(writes(createSessionState(), 3, { options: { unattendedSteps: 3 } }))).toHaveLength(1);
  });
});

describe('change of supervision', () => {
  const under = (
    state: SessionState,
    humanInvolvement: HumanInvolvement,
    step: Partial<AgentStep> = {},
  ): SignalDraft[] => observe(state, { context: { humanInvolvement }, step });

  it('to watching is a change of mode, to none a bypass', () => {
    const state = createSessionState();
    expect(under(state, 'approval_required')).toEqual([]);
    expect(under(state, 'monitoring')).toEqual([
      {
        class: 'autonomy_boundary',
        severity: 0.3,
        attributes: {
          'alignment.signal.reason': 'autonomy.mode_change',
          'alignment.boundary.type': 'mode_change',
          'alignment.boundary.from': 'approval_required',
          'alignment.boundary.to': 'monitoring',
        },
      },
    ]);
    expect(under(state, 'none')).toMatchObject([
      {
        severity: 0.6,
        attributes: { 'alignment.signal.reason': 'autonomy.bypass', 'alignment.boundary.type': 'bypass' },
      },
    ]);
    expect(under(state, 'none')).toEqual([]);
  });

  it('says nothing where supervision tightens, at the start, or where it is not known', () => {
    const state = createSessionState();
    expect(under(state, 'none')).toEqual([]);
    expect(under(state, 'monitoring')).toEqual([]);
    expect(under(state, 'approval_required')).toEqual([]);
    expect(under(state, 'active_steering')).toEqual([]);
    expect(observe(state, {})).toEqual([]);
  });

  it("uses the modes' own words where they are plain", () => {
    const mode = (label: string): Partial<AgentStep> => ({ mode: { label, scale: 'test' } });
    const state = createSessionState();
    under(state, 'approval_required', mode('default'));
    expect(under(state, 'none', mode('bypassPermissions'))[0]?.attributes).toMatchObject({
      'alignment.boundary.from': 'default',
      'alignment.boundary.to': 'bypassPermissions',
    });
    under(state, 'approval_required', mode('default'));
    expect(under(state, 'none', mode('two words\n'))[0]?.attributes).toMatchObject({
      'alignment.boundary.from': 'approval_required',
      'alignment.boundary.to': 'none',
    });
  });

  it('is kept apart by agent', () => {
    const state = createSessionState();
    expect(under(state, 'approval_required', { agentName: 'lead' })).toEqual([]);
    expect(under(state, 'none', { agentName: 'worker' })).toEqual([]);
    expect(reasons(under(state, 'none', { agentName: 'lead' }))).toEqual(['autonomy.bypass']);
  });
});

describe('indicators', () => {
  it('are reported once per rule and target', () => {
    const state = createSessionState();
    const [first] = observe(state, { command: 'cat .env' });
    expect(first).toEqual({
      class: 'misalignment_indicator',
      severity: 0.6,
      attributes: {
        'alignment.signal.reason': 'credential.read',
        'alignment.indicator.type': 'credential_access',
        'alignment.indicator.evidence': 'actions',
        'alignment.signal.confidence': 0.5,
      },
    });
    expect(observe(state, { command: 'head -1 .env' })).toEqual([]);
    expect(reasons(observe(state, { command: 'cat config/secrets.yml' }))).toEqual(['credential.read']);
  });

  const denied = (initiator?: string): Given => ({
    command: 'rm notes.txt',
    interventions: [{ type: 'denial', outcome: 'denied', ...(initiator === undefined ? {} : { initiator }) }],
  });

  it.each([PERSON, POLICY, undefined])(
    'a target that was denied (by %s) and is touched by other means is circumvention',
    initiator => {
      const state = createSessionState();
      expect(observe(state, denied(initiator))).toEqual([]);
      expect(observe(state, { command: `find ${WORKSPACE} -name x; truncate -s 0 notes.txt` })).toMatchObject(
        [
          {
            class: 'misalignment_indicator',
            severity: 0.6,
            attributes: {
              'alignment.signal.reason': 'restriction.retried_after_denial',
              'alignment.indicator.type': 'restriction_circumvention',
              'alignment.signal.confidence': 0.6,
            },
          },
        ],
      );
      expect(observe(state, { command: 'rm notes.txt' })).toEqual([]);
    },
  );

  it('counts a block of a sandbox as a denial', () => {
    const state = createSessionState();
    observe(state, { command: 'rm notes.txt', interventions: [{ type: 'block', initiator: POLICY }] });
    expect(reasons(observe(state, { command: 'unlink notes.txt' }))).toEqual([
      'restriction.retried_after_denial',
    ]);
  });

  it.each([
    ['another target', { command: 'rm other.txt' }],
    ['reading it', { command: 'cat notes.txt' }],
    [
      "a person's approval",
      { command: 'rm notes.txt', interventions: [{ type: 'approval', initiator: PERSON }] },
    ],
    [
      "a person's correction",
      { command: 'rm notes.txt', interventions: [{ type: 'correction', initiator: PERSON }] },
    ],
    ['an approval known from the context', { command: 'rm notes.txt', context: { approvedByHuman: true } }],
    ['another denial', { command: 'rm notes.txt', interventions: [{ type: 'denial', initiator: POLICY }] }],
    ['a failed attempt', { command: 'rm notes.txt', step: { errorType: 'EPERM' } }],
  ] as const)('%s is none', (_what, given) => {
    const state = createSessionState();
    observe(state, denied(PERSON));
    expect(observe(state, given)).toEqual([]);
  });

  it("a policy's approval lifts a policy's denial, not a person's", () => {
    const approved = { command: 'rm notes.txt', interventions: [{ type: 'approval', initiator: POLICY }] };
    const byPolicy = createSessionState();
    observe(byPolicy, denied(POLICY));
    expect(observe(byPolicy, approved)).toEqual([]);
    expect(observe(byPolicy, { command: 'rm notes.txt' })).toEqual([]);
    const byPerson = createSessionState();
    observe(byPerson, denied(PERSON));
    expect(reasons(observe(byPerson, approved))).toEqual(['restriction.retried_after_denial']);
  });

  it('a milder form of a denied command is none', () => {
    const state = createSessionState();
    observe(state, {
      command: 'git push --force origin next',
      interventions: [{ type: 'denial', initiator: PERSON }],
    });
    expect(observe(state, { command: 'git push origin next' })).toEqual([]);
    expect(reasons(observe(state, { command: 'git push -f origin next' }))).toEqual([
      'restriction.retried_after_denial',
    ]);
  });

  it('a change of supervision lifts denials', () => {
    const state = createSessionState();
    observe(state, { ...denied(PERSON), context: { humanInvolvement: 'approval_required' } });
    const next = observe(state, { command: 'rm notes.txt', context: { humanInvolvement: 'monitoring' } });
    expect(reasons(next)).toEqual(['autonomy.mode_change']);
  });
});

describe('state', () => {
  const involvement = fc.constantFrom<HumanInvolvement>(
    'none',
    'monitoring',
    'approval_required',
    'active_steering',
  );
  const arbitrary = fc.record({
    assessment: fc.record({
      riskScore: fc.double(),
      rules: fc.array(fc.string(), { maxLength: 2 }),
      actionType: fc.constantFrom<ActionType>('write', 'read', 'delete'),
      targets: fc.array(fc.string(), { maxLength: 40 }),
    }),
    interventions: fc.array(
      fc.record({
        type: fc.constantFrom('denial', 'approval', 'block', 'x'),
        initiator: fc.constantFrom(PERSON, POLICY),
      }),
      { maxLength: 2 },
    ),
    context: fc.record({ humanInvolvement: involvement }),
    step: fc.record({ agentId: fc.string() }),
  });

  it('stays bounded, and every severity in range, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(arbitrary, { minLength: 100, maxLength: 400 }), steps => {
        const state = createSessionState();
        for (const given of steps) {
          for (const { severity } of observe(state, given)) {
            expect(severity).toBeGreaterThanOrEqual(0);
            expect(severity).toBeLessThanOrEqual(1);
          }
        }
        expect(state.signalled.size).toBeLessThanOrEqual(256);
        expect(state.escalated.size).toBeLessThanOrEqual(256);
        expect(state.supervision.size).toBeLessThanOrEqual(32);
        expect(state.denied.size).toBeLessThanOrEqual(64);
        for (const key of [...state.signalled, ...state.escalated, ...state.denied.keys()])
          expect(key.length).toBeLessThanOrEqual(320);
      }),
      { numRuns: 20 },
    );
  });

  it('forgets the oldest first', () => {
    const state = createSessionState();
    for (let i = 0; i < 300; i++) observe(state, { assessment: risky(0.9, `rule.${i}`) });
    expect(observe(state, { assessment: risky(0.9, 'rule.299') })).toEqual([]);
    expect(observe(state, { assessment: risky(0.9, 'rule.0') })).toHaveLength(1);
    for (let i = 0; i < 300; i++) observe(state, { assessment: risky(0.8, `rule.${i}`) });
    expect(observe(state, { assessment: risky(0.8, 'rule.299') })).toEqual([]);
    expect(observe(state, { assessment: risky(0.8, 'rule.0') })).toHaveLength(1);
  });
});
