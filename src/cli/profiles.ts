import type { BoundProfile } from '../calibration/bound.ts';
import { CalibrationError } from '../calibration/error.ts';
import { bindProfile, listedProfiles } from '../processor/profiles.ts';
import { UsageError, unreadable } from './usage.ts';

/**
 * The profiles that a command is to use.
 *
 * @param given `file` or `provider=file`, separated by commas; default: `ALIGNMENT_PROFILES`
 * @throws UsageError where one cannot be used
 */
export function profilesFor(given: string | undefined): readonly BoundProfile[] {
  return listedProfiles(given ?? process.env['ALIGNMENT_PROFILES'] ?? '').map(one => {
    try {
      return bindProfile(one);
    } catch (error) {
      if (error instanceof CalibrationError) throw new UsageError(error.message);
      throw unreadable((error as NodeJS.ErrnoException).path ?? 'profile', error);
    }
  });
}
