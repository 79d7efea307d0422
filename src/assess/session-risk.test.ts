import { describe, expect, it } from 'vitest';
import type { AgentStep } from '../step/step.ts';
import { createSessionState, observeStep } from './index.ts';

const step: AgentStep = { dialect: 'genai', kind: 'tool', toolName: 'x' };

/** The scores of the escalations that steps of one rule raise in a session, in order. */
function escalations(
  ...steps: readonly (readonly [risk: number, intervention?: 'denial'])[]
): (number | undefined)[] {
  const state = createSessionState();
  return steps.flatMap(([riskScore, type]) =>
    observeStep(state, {
      step,
      assessment: { rules: ['one'], riskScore },
      context: {},
      interventions: type === undefined ? [] : [{ type, initiator: 'human' }],
      clarifications: 0,
    })
      .filter(draft => draft.class === 'risk_escalation')
      .map(draft => draft.attributes['alignment.risk.score']),
  );
}

describe('an escalation is raised once a rule and session', () => {
  it('at the threshold', () => expect(escalations([0.8], [0.8], [0.75])).toEqual([0.8]));
  it('but a rise does not hide the threshold, nor that the critical', () => {
    expect(escalations([0.05], [0.45], [0.75], [0.95], [0.95])).toEqual([0.45, 0.75, 0.95]);
  });
  it('and what a person prevented does not stand for what is done later', () => {
    expect(escalations([0.8, 'denial'], [0.8, 'denial'], [0.8], [0.8])).toEqual([0.8, 0.8]);
  });
});
