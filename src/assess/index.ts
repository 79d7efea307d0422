export type { AssessOptions } from './assess-step.ts';
export { assessStep, createAssess } from './assess-step.ts';
export type { Assess, Assessment, AssessmentContext, Indicator, Trait } from './assessment.ts';
export { observeWords } from './course.ts';
export type { RuleOverride, RulePack } from './packs.ts';
export { observeStep } from './session.ts';
export type { Autonomy } from './session-autonomy.ts';
export { sessionAutonomy } from './session-autonomy.ts';
export type {
  ObservedIntervention,
  ObservedStep,
  SessionOptions,
  SessionState,
  SignalDraft,
} from './session-state.ts';
export { createSessionState } from './session-state.ts';
export type { AgentTurn, Transcript, TranscriptOptions, TurnReport } from './transcript.ts';
export { createTranscript } from './transcript.ts';
