import type { SignalClass } from '../../semconv/index.ts';
import { ACTORS, type Effect } from '../decisions.ts';
import type { Actor, ActorCounts, SessionRow } from '../source.ts';

/** A row of `alignment_sessions`, with times in milliseconds. */
export interface SessionOfSql {
  readonly Session: string;
  readonly Named: number;
  readonly Agent: string;
  readonly Begin: number;
  readonly Finish: number;
  readonly Steps: number;
  readonly UpperRight: number;
  readonly Peak: readonly [upperRight: number, risk: number | null, autonomy: number | null];
  readonly Placed: number;
  readonly Severity: number | null;
  readonly Escalations: number;
  readonly Boundaries: number;
  readonly Interventions: number;
  readonly Clarifications: number;
  readonly Indicators: number;
  /** By effect and actor. */
  readonly Approvals: readonly number[];
  readonly Refusals: readonly number[];
  readonly Ends: readonly number[];
}

const CLASSES = {
  risk_escalation: 'Escalations',
  autonomy_boundary: 'Boundaries',
  intervention: 'Interventions',
  clarification_request: 'Clarifications',
  misalignment_indicator: 'Indicators',
} as const satisfies Record<SignalClass, keyof SessionOfSql>;

/** The columns of `alignment_sessions` that count decisions, one number for each of `ACTORS`. */
export const DECISIONS = { approve: 'Approvals', refuse: 'Refusals', stop: 'Ends' } as const satisfies Record<
  Effect,
  keyof SessionOfSql
>;

export function sessionRow(row: SessionOfSql): SessionRow {
  const counts = (effect: Effect): ActorCounts =>
    Object.fromEntries(
      ACTORS.map((actor, i): [Actor, number] => [actor, row[DECISIONS[effect]][i] ?? 0]).filter(
        ([, n]) => n > 0,
      ),
    );
  const [, risk, autonomy] = row.Peak;
  return {
    session: row.Session,
    named: row.Named === 1,
    agent: row.Agent || 'unknown agent',
    start: row.Begin,
    end: row.Finish,
    steps: row.Steps,
    upperRight: row.UpperRight,
    ...(row.Placed === 0 || risk === null || autonomy === null ? {} : { risk, autonomy }),
    ...(row.Severity === null ? {} : { severity: row.Severity }),
    signals: Object.fromEntries(
      Object.entries(CLASSES)
        .map(([name, column]) => [name, row[column]] as const)
        .filter(([, n]) => n > 0),
    ),
    stops: counts('stop'),
    refusals: counts('refuse'),
    approvals: counts('approve'),
  };
}
