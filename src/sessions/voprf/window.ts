import { type Epoch, epochOf } from '../epoch.ts';

/** How long before an epoch its key answers: near the border, tags of both epochs are made. Milliseconds. */
export const EARLY_MS = 15 * 60_000;
/** How long after an epoch its key answers; then it is destroyed. Milliseconds. */
export const LATE_MS = 48 * 3_600_000;

export interface Window extends Epoch {
  /** Unix milliseconds: the first in which the key answers, and the first in which it is gone. */
  readonly opens: number;
  readonly closes: number;
}

/** When the key of an epoch answers; `undefined` for what is no ISO week. */
export function windowOf(id: string): Window | undefined {
  const epoch = epochOf(id);
  return epoch && { ...epoch, opens: epoch.start - EARLY_MS, closes: epoch.end + LATE_MS };
}
