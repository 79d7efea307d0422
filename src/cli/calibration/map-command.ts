import { applyProfile, isExpired, isUsable, type Profile, parseProfile } from '../../calibration/index.ts';
import type { Command } from '../command.ts';
import { readLines } from '../lines.ts';
import { lineWriter } from '../output.ts';
import { UsageError } from '../usage.ts';
import { textOptions, today } from './arguments.ts';
import { readText, withoutStack } from './files.ts';

const HELP = `Usage: otel-alignment calibration map --profile profile.json < values

Maps native values, one a line on standard input, to the reference scale. Each gives one line:
  {"native":7,"score":0.61,"interval":[0.42,0.8],"status":"profiled"}
Of nine in ten events with this native value, the reference value lies in the interval. "clamped":true is added where the value lies
beyond what was measured.

status is profiled; declared where the profile has expired or no grade (the scale's own range is then used, no interval is known);
none where the value is not on the scale (score and interval are then null).

Options:
  --profile FILE   a profile, as calibration fit writes it

Example:
  printf '3\\n7\\n10\\n' | otel-alignment calibration map --profile profile.json

Exit codes: 0 every value was mapped, 1 one was not or the profile has expired, 2 the command line or a file is unusable.
`;

const MAX_BYTES = 10_000;

export const mapCommand: Command = {
  help: HELP,
  run: args => withoutStack(() => run(args)),
};

async function run(args: readonly string[]): Promise<number> {
  const { profile: file } = textOptions('map', args, ['profile'], ['profile']);
  const profile = parseProfile(readText(file), file);
  if (process.stdin.isTTY === true)
    throw new UsageError(
      'map reads values from standard input: printf "7\\n" | otel-alignment calibration map …',
    );
  const day = today();
  let bad = warn(profile, day) ? 1 : 0;
  const output = lineWriter(process.stdout);
  for await (const read of readLines(process.stdin, MAX_BYTES)) {
    if ('text' in read && read.text.trim() === '') continue;
    const native = 'text' in read ? nativeOf(read.text) : null;
    const mapped = applyProfile(profile, native, day);
    if (mapped.status === 'none') {
      bad = 1;
      const problem = 'error' in read ? read.error : 'not on the scale';
      process.stderr.write(
        `otel-alignment: standard input:${read.line}: ${problem} ${profile.native_scale.id}\n`,
      );
    }
    if (!(await output.write(JSON.stringify({ native, ...mapped })))) break;
  }
  return bad;
}

function warn(profile: Profile, day: string): boolean {
  const say = (what: string): void => {
    process.stderr.write(`otel-alignment: ${profile.profile_id} ${what}\n`);
  };
  const instead = "the scale's range is used instead, status declared; fit it anew";
  if (profile.quality.grade === 'none') say(`has no grade: ${instead}`);
  if (isExpired(profile, day)) say(`expired on ${profile.expires}: ${instead}`);
  return !isUsable(profile, day);
}

/** A number where it reads as one, as JSON writes it; else the text. A text may be quoted as JSON quotes it. */
function nativeOf(line: string): string | number {
  const text = line.trim();
  try {
    const value: unknown = JSON.parse(text);
    // what no number can hold is shown as it was written
    if (Number.isFinite(value) || typeof value === 'string') return value as number | string;
  } catch {}
  return text;
}
