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
  readonly autoApproved: number;
  readonly humanApproved: number;
  /** Steps that were refused, by whomever: they are among the steps and did not happen. */
  readonly refused: number;
  /** Moments worth telling, in order of time: refusals, stops, limits crossed, escalations, indicators, questions. The latest of them. */
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
  const moments = earlier.filter(isMoment);
  const approvedBy = (human: boolean): number =>
    steps.filter(({ type, by }) => type === 'approval' && by !== 'unknown' && (by === 'human') === human)
      .length;
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
      autoApproved: approvedBy(false),
      humanApproved: approvedBy(true),
      refused: steps.filter(({ type = '' }) => effectOf(type) === 'refuse').length,
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

/** Everything but steps and approvals. */
const isMoment = ({ kind, type = '' }: TimelineItem): boolean =>
  kind !== 'step' && !(kind === 'intervention' && effectOf(type) === 'approve');
