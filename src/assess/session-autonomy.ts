import type { AutonomyLevel } from '../semconv/index.ts';
import type { Assessment } from './assessment.ts';
import { LEVEL_SCORES } from './rules/supervision.ts';
import type { SessionState } from './session-state.ts';

/** Approvals from which on they show how the session is supervised. */
const ENOUGH = 3;
/** How far a streak of steps that nobody saw raises the score within its level's band. */
const STREAK_SHIFT = 0.04;

export interface Autonomy {
  readonly level: AutonomyLevel;
  /** Range [0.0, 1.0]. */
  readonly score: number;
}

/**
 * How the session is really supervised, by its approvals so far: a mode in which a person decides counts for nothing where a policy decided
 * every time. Where neither mode nor involvement is known, the approvals alone tell.
 */
export function sessionAutonomy(
  state: SessionState,
  assessment: Assessment | undefined,
  unattendedSteps = 10,
): Autonomy | undefined {
  const level = levelOf(state, assessment?.autonomyLevel);
  if (level === undefined) return undefined;
  const streak = Math.min(1, state.streak / Math.max(1, unattendedSteps));
  const score = LEVEL_SCORES[level] + (level === 'none' ? 0 : STREAK_SHIFT * streak);
  return { level, score: Math.round(score * 100) / 100 };
}

function levelOf(
  { approvedByPerson, approvedByOther }: SessionState,
  nominal: AutonomyLevel | undefined,
): AutonomyLevel | undefined {
  const approvals = approvedByPerson + approvedByOther;
  if (approvals < ENOUGH) return nominal;
  if (approvedByPerson === 0) {
    return nominal === undefined || nominal === 'operator' || nominal === 'collaborator'
      ? 'approver'
      : nominal;
  }
  if (nominal !== undefined) return nominal;
  const share = approvedByPerson / approvals;
  if (share > 0.8) return 'operator';
  return share > 0.3 ? 'consultant' : 'approver';
}
