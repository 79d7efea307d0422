export { assessStep } from './assess-step.ts';
export type { Assess, Assessment, AssessmentContext, Indicator } from './assessment.ts';
export type {
  ObservedIntervention,
  ObservedStep,
  SessionOptions,
  SessionState,
  SignalDraft,
} from './session.ts';
export { createSessionState, observeStep } from './session.ts';
