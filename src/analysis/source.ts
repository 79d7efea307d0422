import type { SignalClass } from '../semconv/index.ts';

/** Who stopped, refused or approved. `unknown` where the record does not say. */
export type Actor = 'human' | 'policy' | 'monitor' | 'agent' | 'unknown';
export type ActorCounts = Partial<Record<Actor, number>>;

/** A session: the row of a table that any source can fill. Times are milliseconds since the Unix epoch, scores in [0.0, 1.0]. */
export interface SessionRow {
  /** The session key. */
  readonly session: string;
  /** False where no record names a session and its trace stands for it. */
  readonly named: boolean;
  readonly agent: string;
  readonly start: number;
  readonly end: number;
  readonly steps: number;
  /** Steps at high risk and high autonomy at once. */
  readonly upperRight: number;
  /** Where the session stands: its riskiest step, among those in the upper right where it has any. Absent where nothing says so. */
  readonly risk?: number;
  readonly autonomy?: number;
  /** Highest severity of its signals; absent where it has none. */
  readonly severity?: number;
  readonly signals: Partial<Record<SignalClass, number>>;
  /** Stops and takeovers. */
  readonly stops: ActorCounts;
  /** Denials and blocks. */
  readonly refusals: ActorCounts;
  readonly approvals: ActorCounts;
}

/** An item of a session's timeline. What the source does not say is absent. */
export interface TimelineItem {
  readonly kind: 'step' | SignalClass;
  readonly time: number;
  /** Of steps. */
  readonly end?: number;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly tool?: string;
  /** Main effect of the call, a value of `alignment.action.type`. */
  readonly action?: string;
  readonly reversibility?: string;
  readonly involvement?: string;
  readonly risk?: number;
  readonly autonomy?: number;
  /** The provider's own words, where a score is native. */
  readonly native?: string;
  readonly status?: string;
  /** Of signals. On a step: the highest of its signals. */
  readonly severity?: number;
  /** Type of the intervention, boundary or indicator. On a step: of the last decision on it. */
  readonly type?: string;
  /** Who intervened. On a step: who decided. */
  readonly by?: Actor;
  readonly outcome?: string;
  /** Who or what decided, a value of `alignment.intervention.decision.source`. */
  readonly decider?: string;
  readonly reason?: string;
  /** Who says so, a value of `alignment.source.type`, and its name. */
  readonly source?: string;
  readonly sourceName?: string;
  /** Of boundaries. */
  readonly from?: string;
  readonly to?: string;
}

export interface Timeline {
  readonly items: readonly TimelineItem[];
  /** Items that were left out: quiet steps first. */
  readonly leftOut: number;
}

/** A step as a point of the quadrant. */
export interface StepPoint {
  readonly session: string;
  readonly time: number;
  readonly risk: number;
  readonly autonomy: number;
  readonly severity?: number;
  readonly tool?: string;
  readonly traceId?: string;
  readonly spanId?: string;
}

/** How many steps stand where: `counts[risk * size + autonomy]`, each axis cut into `size` equal cells from 0 to 1. */
export interface Density {
  readonly size: number;
  readonly counts: readonly number[];
}

/** Decisions and signals in a stretch of time. */
export interface Stretch {
  /** Milliseconds since the Unix epoch. */
  readonly start: number;
  readonly steps: number;
  /** Approvals by a policy, a monitor or the agent. */
  readonly autoApprovals: number;
  readonly humanApprovals: number;
  /** Approvals by nobody known. */
  readonly otherApprovals: number;
  readonly humanRefusals: number;
  readonly otherRefusals: number;
  /** Stops and takeovers, whoever made them. */
  readonly stops: number;
  /** Corrections, steering, pauses, escalations, and types of later versions. */
  readonly otherInterventions: number;
  readonly clarifications: number;
  readonly indicators: number;
  readonly escalations: number;
  readonly boundaries: number;
}

/** Signals of an agent by class, and how its scores reached the reference scale. */
export interface AgentRow {
  readonly agent: string;
  readonly sessions: number;
  readonly steps: number;
  readonly signals: Partial<Record<SignalClass, { readonly count: number; readonly severity: number }>>;
  /** Steps and signals with a score, by status; `none`: the provider's own number alone. */
  readonly status: { readonly profiled: number; readonly declared: number; readonly none: number };
  /** Names of the scales of native numbers. */
  readonly scales: readonly string[];
}

export interface Totals {
  /** Spans read, be they an agent's or not. */
  readonly spans: number;
  readonly records: number;
  readonly sessions: number;
  readonly steps: number;
  readonly signals: number;
  readonly agents: number;
  /** Signals left out because their id was there already. */
  readonly duplicates: number;
  readonly upperRightSessions: number;
  readonly upperRightSteps: number;
  /** Steps that lack a risk or an autonomy score and so have no place in the quadrant; likewise sessions. */
  readonly unplacedSteps: number;
  readonly unplacedSessions: number;
  readonly unnamedSessions: number;
  /** Milliseconds since the Unix epoch; absent where nothing has a time. */
  readonly from?: number;
  readonly to?: number;
}

/** Highest scores of all steps and signals. */
export interface Highest {
  readonly risk?: number;
  readonly severity?: number;
  /** Severity by class. */
  readonly byClass: Partial<Record<SignalClass, number>>;
}

/**
 * Where figures come from: files read into memory, or a database. "Most severe" orders by: upper right first, then the higher of the highest
 * severity and the highest risk, then the earlier start.
 */
export interface FigureSource {
  totals(): Promise<Totals>;
  highest(): Promise<Highest>;
  /** The most severe sessions, at most `limit`. */
  sessions(limit: number): Promise<readonly SessionRow[]>;
  /** The most severe steps with a place in the quadrant, at most `limit`. */
  steps(limit: number): Promise<readonly StepPoint[]>;
  /** All steps with a place in the quadrant. */
  density(size: number): Promise<Density>;
  /** A timeline for each of the sessions, in their order, each in order of time and with at most `limit` items. */
  timelines(sessions: readonly string[], limit: number): Promise<readonly Timeline[]>;
  /** At most `limit` stretches of equal length, empty ones left out, and their length in milliseconds. */
  overTime(limit: number): Promise<{ readonly length: number; readonly stretches: readonly Stretch[] }>;
  /** The agents with the most signals, at most `limit`. */
  agents(limit: number): Promise<readonly AgentRow[]>;
}
