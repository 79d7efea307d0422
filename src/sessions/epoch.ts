/** An epoch is an ISO week in UTC, `2026-W47`: pseudonyms of different epochs cannot be compared. */
export interface Epoch {
  readonly id: string;
  /** Unix milliseconds; `end` is the first that is not in it. */
  readonly start: number;
  readonly end: number;
}

const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** Monday of the week that Unix time began in. */
const FIRST_MONDAY = -3 * DAY;

const startOfWeek = (ms: number): number => FIRST_MONDAY + Math.floor((ms - FIRST_MONDAY) / WEEK) * WEEK;

/** The week of a moment, in Unix milliseconds. */
export function epochAt(ms: number): Epoch {
  const start = startOfWeek(ms);
  // the week belongs to the year of its Thursday
  const year = new Date(start + 3 * DAY).getUTCFullYear();
  const first = startOfWeek(Date.UTC(year, 0, 4));
  const week = Math.round((start - first) / WEEK) + 1;
  return { id: `${year}-W${String(week).padStart(2, '0')}`, start, end: start + WEEK };
}

/** The epoch with this id; `undefined` for what is no ISO week. */
export function epochOf(id: string): Epoch | undefined {
  const match = /^(\d{4})-W(\d{2})$/.exec(id);
  if (match === null) return undefined;
  const epoch = epochAt(startOfWeek(Date.UTC(Number(match[1]), 0, 4)) + (Number(match[2]) - 1) * WEEK);
  return epoch.id === id ? epoch : undefined;
}

/** The epoch next to a moment's own, where the moment is within `overlapMs` of the border. */
export function neighbourAt(ms: number, overlapMs: number): Epoch | undefined {
  const { start, end } = epochAt(ms);
  if (ms - start < overlapMs) return epochAt(start - 1);
  return end - ms <= overlapMs ? epochAt(end) : undefined;
}
