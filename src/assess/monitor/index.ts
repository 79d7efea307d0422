/**
 * Judges that see more than rules do. `createModelMonitor` asks a model; `MonitorQueue` hands it the steps of running agents
 * without making them wait, and reports what it finds.
 *
 * @module
 */
export type { Budget } from './budget.ts';
export type { ModelMonitorOptions } from './endpoint.ts';
export { createModelMonitor } from './endpoint.ts';
export type {
  FailureKind,
  Finding,
  Monitor,
  MonitorRequest,
  RiskOpinion,
  SeenEntry,
  TranscriptEntry,
  TranscriptRole,
  Verdict,
} from './monitor.ts';
export { MonitorFailure } from './monitor.ts';
export type { MonitorQueueOptions } from './options.ts';
export type { MonitorStats, OfferedStep } from './queue.ts';
export { MonitorQueue } from './queue.ts';
export type { JudgedStep, ReportOptions } from './report.ts';
export { reportVerdict } from './report.ts';
export { RUBRIC, RUBRIC_ID } from './rubric.ts';
