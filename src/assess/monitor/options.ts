import type { Budget } from './budget.ts';
import type { Verdict } from './monitor.ts';
import type { JudgedStep, ReportOptions } from './report.ts';

/** All optional. */
export interface MonitorQueueOptions extends ReportOptions {
  /** Share of steps that are judged. Range [0.0, 1.0], default 1. The same step of the same session is always chosen or never. */
  readonly sampleRate?: number;
  /** A step whose own risk score reaches this is judged whatever the sample. Range [0.0, 1.0], default 0.7. */
  readonly alwaysFromRisk?: number;
  /** Steps of a session judged in one call: 1 is streaming. The rest of a batch waits for `flush`. Default 1. */
  readonly batchSize?: number;
  /** Entries of context before the first judged one. Default 20. */
  readonly contextEntries?: number;
  /** Characters of one field of an entry; the rest is cut. Default 4000. */
  readonly maxFieldChars?: number;
  /** Characters of a request's transcript; the oldest context goes first. Default 40000. */
  readonly maxTranscriptChars?: number;
  readonly budget?: Budget;
  /** Milliseconds that a judgement may take. Default 30000. */
  readonly timeoutMs?: number;
  /** Judgements at a time. Default 2. */
  readonly concurrency?: number;
  /** Calls that wait; what comes beyond is dropped and counted. Default 100. */
  readonly queueLimit?: number;
  /** Verdicts kept for requests that come again. 0 keeps none. Default 256. */
  readonly cacheSize?: number;
  /** Sessions whose transcript is remembered; the one used longest ago goes first, and its budget with it. Default 500. */
  readonly maxSessions?: number;
  /** Called with each verdict on each judged step, whether it gave rise to a signal or not. */
  readonly onVerdict?: (verdict: Verdict, steps: readonly JudgedStep[]) => void;
  /** Milliseconds of a clock that never goes back. Default: `performance.now`. */
  readonly now?: () => number;
}

type Given = 'budget' | 'logger' | 'tracer' | 'onVerdict';
export type ResolvedQueueOptions = Required<Omit<MonitorQueueOptions, Given>> &
  Pick<MonitorQueueOptions, Given>;

/** Out of range becomes the nearest that is in range: a monitor that is configured badly still must not hurt the agent. */
export function resolveQueueOptions(given: MonitorQueueOptions): ResolvedQueueOptions {
  const count = (value: number | undefined, fallback: number, least = 1): number =>
    value === undefined || Number.isNaN(value) ? fallback : Math.max(least, Math.floor(value));
  const score = (value: number | undefined, fallback: number): number =>
    value === undefined || Number.isNaN(value) ? fallback : Math.min(1, Math.max(0, value));
  return {
    ...given,
    linkedSpan: given.linkedSpan === true,
    riskThreshold: score(given.riskThreshold, 0.7),
    minConfidence: score(given.minConfidence, 0.5),
    sampleRate: score(given.sampleRate, 1),
    alwaysFromRisk: score(given.alwaysFromRisk, 0.7),
    batchSize: Math.min(count(given.batchSize, 1), 50),
    contextEntries: count(given.contextEntries, 20, 0),
    maxFieldChars: count(given.maxFieldChars, 4000, 100),
    maxTranscriptChars: count(given.maxTranscriptChars, 40_000, 1000),
    timeoutMs: count(given.timeoutMs, 30_000),
    concurrency: count(given.concurrency, 2),
    queueLimit: count(given.queueLimit, 100),
    cacheSize: count(given.cacheSize, 256, 0),
    maxSessions: count(given.maxSessions, 500),
    now: given.now ?? (() => performance.now()),
  };
}
