import type { Actor } from './source.ts';
import { THRESHOLDS } from './thresholds.ts';

export const ACTORS: readonly Actor[] = ['human', 'policy', 'monitor', 'agent', 'unknown'];

/** What an intervention did, in three words; anything else is none of them. */
export const EFFECTS = {
  approval: 'approve',
  denial: 'refuse',
  block: 'refuse',
  stop: 'stop',
  takeover: 'stop',
} as const;
export type Effect = (typeof EFFECTS)[keyof typeof EFFECTS];
export const effectOf = (type: string): Effect | undefined =>
  Object.hasOwn(EFFECTS, type) ? EFFECTS[type as keyof typeof EFFECTS] : undefined;
export const actorOf = (by: string): Actor =>
  by !== 'unknown' && (ACTORS as readonly string[]).includes(by) ? (by as Actor) : 'unknown';

export const isUpperRight = (risk: number, autonomy: number): boolean =>
  risk >= THRESHOLDS.risk && autonomy >= THRESHOLDS.autonomy;
