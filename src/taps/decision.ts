import type { InterventionReport } from '../signals/index.ts';

/** Who answers an approval prompt: a person, or code of the application (a rule of the user's). */
export type Decider = 'human' | 'policy';

export type Decision = Pick<InterventionReport, 'type' | 'initiator' | 'outcome' | 'decisionSource'>;

export const approvalBy = (decider: Decider): Decision => ({
  type: 'approval',
  outcome: 'approved',
  ...by(decider),
});
export const denialBy = (decider: Decider): Decision => ({
  type: 'denial',
  outcome: 'denied',
  ...by(decider),
});
export const correctionBy = (decider: Decider): Decision => ({
  type: 'correction',
  outcome: 'modified',
  ...by(decider),
});
/** A run that waits for an answer: the rule that made it wait is the one that acts. */
export const PAUSE: Decision = { type: 'pause', initiator: 'policy' };

const by = (decider: Decider): Pick<Decision, 'initiator' | 'decisionSource'> => ({
  initiator: decider,
  decisionSource: decider === 'human' ? 'human' : 'user_rule',
});
