import { rescale } from './methods.ts';
import { interpolate } from './piecewise.ts';
import type { Profile } from './profile.ts';
import { position, type Scale } from './scale.ts';

/** A native value on the reference scale. */
export interface Mapped {
  /** Range [0.0, 1.0]; `null` where the native value is off its scale. */
  readonly score: number | null;
  /** Of nine in ten events with this native value the panel's value lies in here. `null` where it was not measured. */
  readonly interval: readonly [number, number] | null;
  /** `profiled`: mapped as measured. `declared`: the scale's range onto [0.0, 1.0]. `none`: no number. */
  readonly status: 'profiled' | 'declared' | 'none';
  /** Where the value lies beyond what was measured, so that the last measured value stands for it. */
  readonly clamped?: true;
}

const NONE: Mapped = { score: null, interval: null, status: 'none' };

/** The day after the last one on which the profile holds has begun. */
export const isExpired = (profile: Profile, today: string): boolean => today > profile.expires;

/** Whether a profile may map: it holds today, and it reached a grade. */
export const isUsable = (profile: Profile, today: string): boolean =>
  !isExpired(profile, today) && profile.quality.grade !== 'none';

/**
 * Maps a native value. A profile that has expired, or that reached no grade, is not used: what is left is the declared range.
 *
 * @param native a number, or its text; a label where the scale has levels
 * @param today the day in UTC, `YYYY-MM-DD`
 */
export function applyProfile(profile: Profile, native: unknown, today: string): Mapped {
  const { native_scale: scale, map } = profile;
  if (!isUsable(profile, today)) return declare(scale, native);
  const at = position(scale, native);
  if (at === undefined) return NONE;
  const score = interpolate(map.knots, at);
  const half = interpolate(map.interval90, at);
  const mapped: Mapped = {
    score,
    interval: [Math.max(0, score - half), Math.min(1, score + half)],
    status: 'profiled',
  };
  const beyond =
    map.method !== 'rescale' && map.method !== 'ols' && (at < map.knots[0]![0] || at > map.knots.at(-1)![0]);
  return beyond ? { ...mapped, clamped: true } : mapped;
}

/** Maps a native value by its scale's range alone. */
export function declare(scale: Scale, native: unknown): Mapped {
  const at = position(scale, native);
  return at === undefined
    ? NONE
    : { score: interpolate(rescale(scale), at), interval: null, status: 'declared' };
}
