import { type ParseArgsConfig, parseArgs } from 'node:util';
import { parseProfile } from '../../calibration/index.ts';
import { collectorProfiles, type NativePlace } from '../../calibration/ottl.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../usage.ts';
import { readText, withoutStack, writeText } from './files.ts';

const HELP = `Usage: otel-alignment calibration to-collector --profile profile.json [OPTIONS] [--profile other.json [OPTIONS]]

Writes profiles as a file for the stock Collector's configuration (its transform processor), for providers whose programs do not
load this package. Native value, mapped value, status and profile id are then on the spans, events and records.

Options after a profile, for that profile:
  --attribute KEY     the attribute that holds the native value, as security.risk_score;
                      alignment.risk.native.score (or .label) with the profile's scale is always read
  --evaluation NAME   read gen_ai.evaluation.result events of this gen_ai.evaluation.name
  --provider NAME     only where gen_ai.provider.name is this
and for all:
  --out FILE          default: standard output

Examples:
  otel-alignment calibration to-collector --profile profile.json --attribute security.risk_score --out profiles.yaml
  otelcol-contrib --config alignment.yaml --config profiles.yaml

Exit codes: 0 written, 2 the command line or a file is unusable.
`;

export const toCollectorCommand: Command = {
  help: HELP,
  run: args => withoutStack(() => run(args)),
};

const OPTIONS = {
  profile: { type: 'string', multiple: true },
  attribute: { type: 'string', multiple: true },
  evaluation: { type: 'string', multiple: true },
  provider: { type: 'string', multiple: true },
  out: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

interface Given {
  readonly file: string;
  readonly place: { -readonly [K in keyof NativePlace]: NativePlace[K] };
}

function run(args: readonly string[]): number {
  const { given, out } = parse(args);
  const text = collectorProfiles(
    given.map(({ file, place }) => [parseProfile(readText(file), file), place] as const),
  );
  if (out === undefined) process.stdout.write(text);
  else {
    writeText(out, text);
    process.stderr.write(`written: ${out}\n`);
  }
  return 0;
}

function parse(args: readonly string[]): { given: Given[]; out: string | undefined } {
  const { tokens, values } = parsed(args);
  const given: Given[] = [];
  for (const token of tokens) {
    if (token.kind !== 'option' || token.value === undefined) continue;
    const { name, value } = token;
    if (name === 'profile') given.push({ file: value, place: {} });
    else if (name === 'attribute' || name === 'evaluation' || name === 'provider') {
      const last = given.at(-1);
      if (last === undefined) throw new UsageError(`--${name} stands after the --profile that it is for`);
      if (last.place[name] !== undefined) throw new UsageError(`--${name} is given twice for ${last.file}`);
      last.place[name] = value;
    }
  }
  if (given.length === 0)
    throw new UsageError(
      'calibration to-collector needs --profile. See otel-alignment calibration to-collector --help.',
    );
  return { given, out: values.out };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, tokens: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message} See otel-alignment calibration to-collector --help.`);
  }
}
