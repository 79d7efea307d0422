import { effectOf } from '../../analysis/decisions.ts';
import type { Actor, SessionRow, Timeline, Totals } from '../../analysis/index.ts';
import { THRESHOLDS } from '../../analysis/thresholds.ts';
import { counted } from './words.ts';

/** What a report shows of what there is. */
export interface Shown {
  readonly totals: Totals;
  readonly sessions: readonly SessionRow[];
  readonly points: number;
  readonly timelines: number;
  readonly density: boolean;
}

/** What was left out, in sentences. */
export function leftOut({ totals, sessions: rows, points, timelines, density }: Shown): string[] {
  const notes: string[] = [];
  const sessions = rows.length;
  const placed = totals.steps - totals.unplacedSteps;
  if (sessions < totals.sessions)
    notes.push(
      `Of ${counted(totals.sessions, 'session')} the ${sessions.toLocaleString('en-US')} most severe are listed.`,
    );
  if (points < placed) {
    notes.push(
      density
        ? `Of ${counted(placed, 'step')} the ${points.toLocaleString('en-US')} most severe are points; all of them are in the shaded grid.`
        : `Of ${counted(placed, 'step')} the ${points.toLocaleString('en-US')} most severe are points.`,
    );
  }
  if (timelines < sessions)
    notes.push(
      `The ${timelines.toLocaleString('en-US')} most severe sessions have a timeline here; the others do not.`,
    );
  if (totals.unplacedSteps > 0) {
    notes.push(
      `${counted(totals.unplacedSteps, 'step states', 'steps state')} no risk or no autonomy: no place in the quadrant` +
        `${totals.unplacedSessions === 0 ? '' : `, nor for ${counted(totals.unplacedSessions, 'session')}`}.`,
    );
  }
  if (totals.unnamedSessions > 0)
    notes.push(
      `${counted(totals.unnamedSessions, 'session')} without a session id: the trace stands for the session.`,
    );
  const alone = rows.filter(
    ({ named, steps, stops, refusals }) =>
      !named && steps === 0 && Object.keys(stops).length + Object.keys(refusals).length > 0,
  );
  if (alone.length > 0) {
    notes.push(
      `${counted(alone.length, 'of these holds', 'of these hold')} a stop or refusal and no step: the records do not say which session was meant.`,
    );
  }
  if (totals.duplicates > 0)
    notes.push(`${counted(totals.duplicates, 'signal')} reported twice, by id: each is counted once.`);
  return notes;
}

const AUTOMATIC: readonly Actor[] = ['policy', 'monitor', 'agent'];

/** What the table of a timeline does not list, and how it is to be read, in sentences. */
export function timelineNotes({ approvals }: SessionRow, { items, leftOut }: Timeline): string[] {
  const notes: string[] = [];
  if (leftOut > 0) notes.push(`${counted(leftOut, 'quiet step')} not shown.`);
  const unlisted = (actors: readonly Actor[]): number => {
    const all = actors.reduce((sum, actor) => sum + (approvals[actor] ?? 0), 0);
    const listed = items.filter(
      ({ kind, type = '', by = 'unknown' }) =>
        kind === 'intervention' && effectOf(type) === 'approve' && actors.includes(by),
    );
    return all - listed.length;
  };
  const say = (count: number, nouns: readonly [string, string]): void => {
    if (count > 0)
      notes.push(
        `${counted(count, ...nouns)} ${count === 1 ? 'is' : 'are'} not listed: each is shown with its step.`,
      );
  };
  say(unlisted(AUTOMATIC), ['automatic approval', 'automatic approvals']);
  say(unlisted(['unknown']), ['approval by somebody not recorded', 'approvals by somebody not recorded']);
  if (items.some(isApprovedByRule))
    notes.push(
      '“Approval required” is the mode of the session; autonomy says who really decides. Once rules have given several approvals and no person any, a person at most ' +
        'approves: autonomy is high although approval is required.',
    );
  return notes;
}

const isApprovedByRule = ({ kind, involvement, autonomy = 0 }: Timeline['items'][number]): boolean =>
  kind === 'step' && involvement === 'approval_required' && autonomy >= THRESHOLDS.autonomy;
