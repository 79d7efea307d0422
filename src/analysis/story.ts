import { effectOf, isUpperRight } from './decisions.ts';
import type { Timeline, TimelineItem } from './source.ts';

/** What happened in a session of the upper right: its riskiest action, who stopped it, and what came before. */
export interface Story {
  /** Place of the session in the figures' `sessions`. */
  readonly session: number;
  /** The riskiest step of those in the upper right, the first among equals. */
  readonly peak: TimelineItem;
  /** The stop, takeover or refusal that ended it; absent where nobody stopped it. */
  readonly stop?: TimelineItem;
  /** Where the peak itself was refused, it did not happen. */
  readonly prevented: boolean;
  /** Steps between the peak and the stop. */
  readonly stepsBetween: number;
  readonly before: Before;
}

/** What a session had done before its peak, and what was decided on it. */
export interface Before {
  readonly steps: number;
  /** The timeline left out quiet steps, so there may be more of them. */
  readonly atLeast: boolean;
  // each step is counted once: these seven together are the steps
  readonly autoApproved: number;
  readonly humanApproved: number;
  /** Approved, and the records do not say by whom. */
  readonly otherApproved: number;
  /** Steps that were refused, by whomever: they are among the steps and did not happen. */
  readonly refused: number;
  /** Another decision: a stop, a correction. */
  readonly otherDecided: number;
  /** No decision, and no outside effect that would need one. */
  readonly unneeded: number;
  /** No decision is recorded. */
  readonly undecided: number;
  /**
   * Moments worth telling, in order of time: refusals, stops, limits crossed, escalations, indicators, questions, and the last approval by a person
   * before a limit was crossed or the peak was reached. The latest of them.
   */
  readonly moments: readonly TimelineItem[];
  readonly momentsLeftOut: number;
  /** The latest steps, in order of time. */
  readonly actions: readonly TimelineItem[];
}

const MAX_MOMENTS = 8;
const MAX_ACTIONS = 5;

/** @returns `undefined` where the timeline holds no step in the upper right */
export function storyOf(session: number, { items, leftOut }: Timeline): Story | undefined {
  const at = peakOf(items);
  const peak = items[at];
  if (peak === undefined) return undefined;
  const refused = peak.type !== undefined && effectOf(peak.type) === 'refuse';
  const stopAt = items.findIndex((item, i) => i > at && isStop(item));
  const ownRefusal =
    refused && peak.spanId !== undefined
      ? items.find(item => isRefusal(item) && item.spanId === peak.spanId)
      : undefined;
  const stop = ownRefusal ?? (refused ? peak : items[stopAt]);
  const earlier = items.slice(0, at);
  const steps = earlier.filter(item => item.kind === 'step');
  const lastApprovals = lastApprovalsByPerson(earlier);
  const moments = earlier.filter(item => isMoment(item) || lastApprovals.has(item));
  return {
    session,
    peak,
    ...(stop === undefined ? {} : { stop }),
    prevented: refused,
    stepsBetween:
      refused || stopAt < 0 ? 0 : items.slice(at + 1, stopAt).filter(item => item.kind === 'step').length,
    before: {
      steps: steps.length,
      atLeast: leftOut > 0,
      ...decisionsOn(steps),
      moments: moments.slice(-MAX_MOMENTS),
      momentsLeftOut: Math.max(0, moments.length - MAX_MOMENTS),
      actions: steps.slice(-MAX_ACTIONS),
    },
  };
}

function peakOf(items: readonly TimelineItem[]): number {
  let best = -1;
  for (const [i, { kind, risk, autonomy }] of items.entries()) {
    if (kind !== 'step' || risk === undefined || autonomy === undefined || !isUpperRight(risk, autonomy))
      continue;
    if (best < 0 || risk > (items[best]?.risk ?? 0)) best = i;
  }
  return best;
}

const isStop = ({ kind, type = '' }: TimelineItem): boolean =>
  kind === 'intervention' && effectOf(type) === 'stop';
const isRefusal = ({ kind, type = '' }: TimelineItem): boolean =>
  kind === 'intervention' && effectOf(type) === 'refuse';

type Decisions = Omit<Before, 'steps' | 'atLeast' | 'moments' | 'momentsLeftOut' | 'actions'>;

function decisionsOn(steps: readonly TimelineItem[]): Decisions {
  const counts: { -readonly [K in keyof Decisions]: number } = {
    autoApproved: 0,
    humanApproved: 0,
    otherApproved: 0,
    refused: 0,
    otherDecided: 0,
    unneeded: 0,
    undecided: 0,
  };
  for (const step of steps) counts[decisionOn(step)] += 1;
  return counts;
}

function decisionOn({ type, by = 'unknown', action }: TimelineItem): keyof Decisions {
  if (type === undefined) return action === 'none' ? 'unneeded' : 'undecided';
  switch (effectOf(type)) {
    case 'approve':
      if (by === 'unknown') return 'otherApproved';
      return by === 'human' ? 'humanApproved' : 'autoApproved';
    case 'refuse':
      return 'refused';
    default:
      return 'otherDecided';
  }
}

/** Who agreed last, before the agent went further. */
function lastApprovalsByPerson(items: readonly TimelineItem[]): ReadonlySet<TimelineItem> {
  const found = new Set<TimelineItem>();
  let last: TimelineItem | undefined;
  const keep = (): void => {
    if (last !== undefined) found.add(last);
  };
  for (const item of items) {
    const { kind, type = '', by } = item;
    if (kind === 'autonomy_boundary') keep();
    if (kind === 'intervention' && by === 'human' && effectOf(type) === 'approve') last = item;
  }
  keep();
  return found;
}

/** Everything but steps and approvals. */
const isMoment = ({ kind, type = '' }: TimelineItem): boolean =>
  kind !== 'step' && !(kind === 'intervention' && effectOf(type) === 'approve');
