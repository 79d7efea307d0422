import {
  isExpired,
  parseNativeCsv,
  parseProfile,
  type Verification,
  verifyProfile,
} from '../../calibration/index.ts';
import type { Command } from '../command.ts';
import { readConsensus, textOptions, today } from './arguments.ts';
import { readText, withoutStack } from './files.ts';
import { ratedOn } from './rated-on.ts';

const HELP = `Usage: otel-alignment calibration verify --profile profile.json --ratings native.csv [OPTIONS]

Measures a profile anew, on ratings made after it: of verification scenarios, or of the twelve of the control strip after each
update of the rater. Five scenarios or more.

Options:
  --profile FILE     a profile, as calibration fit writes it
  --ratings FILE     scenario_id,score[,repeat], on the profile's scale
  --consensus FILE   reference values; default: those of the package

The answer is one JSON object: the differences to the panel and the grade that they alone would get, the share of readings whose 90 %
interval holds the panel's value, and "drifted": on the scenarios that were answered for the profile too, the mapped values have moved
(paired t test; a rater that is as it was is called drifted about once in twenty times; null with fewer than five such scenarios).

Example:
  otel-alignment calibration verify --profile profile.json --ratings control-strip.csv

Exit codes: 0 the profile still holds, 1 it has expired, drifted or reaches no grade, 2 the command line or a file is unusable,
or profile and reference values are not of one set.
`;

export const verifyCommand: Command = {
  help: HELP,
  run: args => withoutStack(() => run(args)),
};

function run(args: readonly string[]): number {
  const given = textOptions('verify', args, ['profile', 'ratings', 'consensus'], ['profile', 'ratings']);
  const profile = parseProfile(readText(given.profile), given.profile);
  const ratings = parseNativeCsv(readText(given.ratings), given.ratings);
  const consensus = readConsensus(given.consensus);
  ratedOn(given.ratings, { consensus, signal: profile.signal, scale: profile.native_scale });
  const found = verifyProfile(profile, ratings, consensus, given.ratings);
  const expired = isExpired(profile, today());
  process.stdout.write(`${JSON.stringify({ profile_id: profile.profile_id, expired, ...rounded(found) })}\n`);
  return expired || found.drifted === true || found.grade === 'none' ? 1 : 0;
}

const rounded = (found: Verification): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(found).map(([key, value]) => [
      key,
      typeof value === 'number' ? Number(value.toPrecision(6)) : value,
    ]),
  );
