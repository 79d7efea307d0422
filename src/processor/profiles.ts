import { readFileSync } from 'node:fs';
import { isExpired, isUsable } from '../calibration/apply.ts';
import type { BoundProfile } from '../calibration/bound.ts';
import { dayOf } from '../calibration/day.ts';
import { CalibrationError } from '../calibration/error.ts';
import type { Profile } from '../calibration/profile.ts';
import { checkProfile, parseProfile } from '../calibration/profile-read.ts';
import { warnSetup } from '../signals/shared.ts';

/** A profile of a provider: the parsed file, or its path. */
export interface ProviderProfile {
  readonly profile: Profile | string;
  /** Only spans with this `gen_ai.provider.name`; default: whatever names the profile's scale. */
  readonly provider?: string | undefined;
}

/** What `profiles` may hold: files, parsed profiles, or either with its provider. */
export type ProfileOption = string | Profile | ProviderProfile;

const VARIABLE = 'ALIGNMENT_PROFILES';

/**
 * Profiles as the option or `ALIGNMENT_PROFILES` names them: `file` or `provider=file`, separated by commas. What cannot be used is
 * said once and left out.
 *
 * @returns `undefined` where none is left, so that nothing is looked for
 */
export function resolveProfiles(
  given: readonly ProfileOption[] | undefined,
): readonly BoundProfile[] | undefined {
  const listed: readonly ProfileOption[] = given ?? listedProfiles(process.env[VARIABLE] ?? '');
  const profiles: BoundProfile[] = [];
  for (const one of Array.isArray(listed) ? listed : [listed]) {
    try {
      profiles.push(bindProfile(one));
    } catch (error) {
      const { code, path, message } = error as NodeJS.ErrnoException;
      const why = error instanceof CalibrationError ? message : `${path ?? 'it'}: ${code ?? 'no profile'}`;
      warnSetup(
        'ALIGNMENT_007',
        `A calibration profile (option profiles, or ${VARIABLE}) is left out: ${why}.`,
      );
    }
  }
  return profiles.length === 0 ? undefined : profiles;
}

/** `file` or `provider=file`, separated by commas. */
export const listedProfiles = (text: string): ProfileOption[] =>
  text
    .split(',')
    .map(entry => entry.trim())
    .filter(entry => entry !== '')
    .map(entry => {
      const at = entry.indexOf('=');
      return at < 0 ? entry : { provider: entry.slice(0, at).trim(), profile: entry.slice(at + 1).trim() };
    });

/** @throws CalibrationError, or the file system's error, where it cannot be used */
export function bindProfile(given: ProfileOption): BoundProfile {
  const { profile, provider } =
    typeof given === 'object' && given !== null && 'profile' in given
      ? given
      : { profile: given, provider: undefined };
  const checked =
    typeof profile === 'string'
      ? parseProfile(readFileSync(profile, 'utf8'), profile)
      : checkProfile(profile, 'profile');
  if (!isUsable(checked, today()))
    warnSetup(
      'ALIGNMENT_008',
      `The calibration profile ${checked.profile_id} ${isExpired(checked, today()) ? `expired on ${checked.expires}` : 'has no grade'}: scores are rescaled by their scale's range instead. Fit it anew.`,
    );
  return provider === undefined || provider === ''
    ? { profile: checked }
    : { profile: checked, provider: String(provider) };
}

const DAY_MS = 86_400_000;
let day = { number: -1, text: '' };

/** The day in UTC; worked out anew when it changes. */
export function today(): string {
  const now = Date.now();
  const number = Math.floor(now / DAY_MS);
  if (number !== day.number) day = { number, text: dayOf(new Date(now)) };
  return day.text;
}
