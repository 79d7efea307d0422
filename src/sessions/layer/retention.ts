import { epochOf } from '../epoch.ts';

const DAY = 86_400_000;

/** So long after an epoch's end the layer may keep what was derived from a key: ids, tags, and what contributors asked to erase. Milliseconds. */
export const DERIVED_MS: number = 9 * DAY;
/** So long after an epoch's end it may keep stitched sessions. Milliseconds. */
export const SESSIONS_MS: number = 30 * DAY;

/** Whether the time of something from an epoch is over. Of what is no epoch it never is. */
export const isPast = (epoch: string, keptMs: number, now: number): boolean =>
  now >= (epochOf(epoch)?.end ?? Number.POSITIVE_INFINITY) + keptMs;
