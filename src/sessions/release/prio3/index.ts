export {
  aggregateReports,
  belongs,
  otherOf,
  preparationOf,
  prepareReports,
  REFUSALS,
  type Received,
  type Refusal,
  type Role,
} from './aggregator.ts';
export { type CombinedTable, combine } from './combine.ts';
export { countSessions, parseCounts } from './counts.ts';
export { Prio3Error, type Prio3ErrorCode } from './errors.ts';
export { makeReport } from './report.ts';
export { prio3Statement } from './statement.ts';
export { newTask, parseTask, parseVerifyKey, placeOf, type Task, type TaskFile } from './task.ts';
export {
  type AggregateFile,
  type PreparationFile,
  parseAggregate,
  parsePreparation,
  parseReport,
  parseState,
  type ReportFile,
  type StateFile,
} from './wire.ts';
