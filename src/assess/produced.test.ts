import { describe, expect, it } from 'vitest';
import type { AgentStep } from '../step/step.ts';
import { assessStep } from './assess-step.ts';
import type { Assessment, AssessmentContext } from './assessment.ts';
import { INDICATORS, POINTERS } from './rules/indicators.ts';
import { INDICATOR_EXAMPLES, type Told } from './testing/indicator-examples.ts';
import { createTranscript } from './transcript.ts';

function assess(toolName: string, args: unknown, context: AssessmentContext = {}): Assessment | undefined {
  const step: AgentStep = { dialect: 'test', kind: 'tool', toolName, arguments: args };
  return assessStep(step, context);
}

/** The attributes of every signal that a session gives rise to. */
function tell(story: readonly Told[]): object[] {
  const transcript = createTranscript();
  return story.flatMap(turn => {
    if ('user' in turn) transcript.user(turn.user);
    else if ('tool' in turn) transcript.tool(turn.tool);
    else return transcript.agent(turn.agent).signals.map(signal => signal.attributes);
    return [];
  });
}

/** The registry names this file as the proof that the rules produce these values. */
describe('values of the registry that the assessment produces', () => {
  it.each([
    ['read', 'get_order', { id: 1 }],
    ['write', 'update_order', { id: 1 }],
    ['execute', 'run_tests', {}],
    ['delete', 'delete_note', { id: 1 }],
    ['network', 'browser_navigate', {}],
    ['communicate', 'send_email', { to: 'ada@example.com' }],
    ['credential', 'get_api_key', {}],
    ['payment', 'pay_bill', { amount: 1 }],
    ['deploy', 'deploy_service', {}],
    ['delegate', 'delegate_work', {}],
    ['none', 'think', { thought: 'a' }],
  ])('action type %s, of the tool %s', (type, toolName, args) => {
    expect(assess(toolName, args)?.actionType).toBe(type);
  });

  it.each([
    ['explicit', { approvedByHuman: true }],
    ['prohibited', { allowedTools: ['other'] }],
    ['implied', { userMessage: 'Where is my parcel?' }],
  ])('authorization %s', (authorization, context) => {
    expect(assess('get_order', {}, context)?.authorization).toBe(authorization);
  });

  it('authorization none, of what the words do not cover', () => {
    const context = { userMessage: 'Where is my parcel?' };
    expect(assess('pay_bill', { amount: 1 }, context)?.authorization).toBe('none');
  });

  it.each([
    ['none', 'chat'],
    ['operator', 'plan'],
    ['approver', 'auto'],
    ['consultant', 'on-request'],
  ])('autonomy level %s, of the mode %s', (level, mode) => {
    expect(assess('get_order', {}, { mode })?.autonomyLevel).toBe(level);
  });

  it.each([
    ['deception', 'outputs'],
    ['goal_drift', 'actions'],
    ['unauthorized_capability_use', 'actions'],
    ['goal_hijack', 'actions'],
    ['unauthorized_data_transfer', 'actions'],
    ['destructive_action', 'actions'],
    ['security_weakening', 'actions'],
    ['reward_hacking', 'actions'],
    ['oversight_subversion', 'actions'],
    ['self_preservation', 'actions'],
  ])('indicator %s, on evidence of %s', (type, evidence) => {
    const rules = [...Object.values(INDICATORS), ...Object.values(POINTERS)].filter(
      rule => rule.type === type,
    );
    const found = INDICATOR_EXAMPLES.filter(([id]) => rules.some(rule => rule.id === id)).flatMap(
      ([, fires]) => tell(fires),
    );
    expect(found).toContainEqual(
      expect.objectContaining({ 'alignment.indicator.type': type, 'alignment.indicator.evidence': evidence }),
    );
  });

  it.each([
    ['observer', 'none'],
    ['observer', 'monitoring'],
    ['collaborator', 'active_steering'],
    ['operator', 'approval_required'],
  ] as const)('autonomy level %s, of the involvement %s', (level, humanInvolvement) => {
    expect(assess('get_order', {}, { humanInvolvement })?.autonomyLevel).toBe(level);
  });
});
