/**
 * Alignment signals: the type, its three faces, and emitters for what only the application knows.
 * Loads `@opentelemetry/api` and nothing else.
 *
 * @module
 */
export type { AssessedValue, AssessmentOptions, AssessmentReport } from './assessment.ts';
export { recordAssessment } from './assessment.ts';
export type { AlignmentContext } from './context.ts';
export { getAlignmentContext, setAlignmentContext, withAlignmentContext } from './context.ts';
export type { EmitOptions, SignalInput } from './emit.ts';
export { recordSignal } from './emit.ts';
export type {
  BoundaryReport,
  ClarificationReport,
  IndicatorReport,
  InterventionReport,
  RiskReport,
  SignalReport,
} from './emitters.ts';
export {
  recordAutonomyBoundary,
  recordClarificationRequest,
  recordIntervention,
  recordMisalignmentIndicator,
  recordRiskEscalation,
} from './emitters.ts';
export type { Problem } from './error.ts';
export { SignalError } from './error.ts';
export type { SessionKeySources } from './id.ts';
export { sessionKey, signalId, syntheticIds } from './id.ts';
export type { JsonSources, SignalDocument } from './json.ts';
export { fromJson, toJson } from './json.ts';
export { INHERITED_KEYS } from './keys.ts';
export type { SignalLogger } from './log-face.ts';
export type { SignalLogRecord } from './log-record.ts';
export { fromLogRecord, toLogRecord } from './log-record.ts';
export { defaultSeverity, logSeverityNumber } from './severity.ts';
export type { Signal, SignalAttributes, SignalValue, UnixTime } from './signal.ts';
export type { Detail, EventSpan, SpanEvent } from './span-event.ts';
export { fromSpanEvent, toSpanEvent } from './span-event.ts';
export { checkDocument, checkSignal } from './validate.ts';
