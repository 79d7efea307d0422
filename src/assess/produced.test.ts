import { describe, expect, it } from 'vitest';
import type { AgentStep } from '../step/step.ts';
import { assessStep } from './assess-step.ts';
import type { Assessment, AssessmentContext } from './assessment.ts';

function assess(toolName: string, args: unknown, context: AssessmentContext = {}): Assessment | undefined {
  const step: AgentStep = { dialect: 'test', kind: 'tool', toolName, arguments: args };
  return assessStep(step, context);
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
  ])('authorization %s', (authorization, context) => {
    expect(assess('get_order', {}, context)?.authorization).toBe(authorization);
  });

  it.each([
    ['observer', 'none'],
    ['approver', 'monitoring'],
    ['collaborator', 'active_steering'],
    ['operator', 'approval_required'],
  ] as const)('autonomy level %s, of the involvement %s', (level, humanInvolvement) => {
    expect(assess('get_order', {}, { humanInvolvement })?.autonomyLevel).toBe(level);
  });
});
