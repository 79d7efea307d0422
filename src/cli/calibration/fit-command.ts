import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type Fitted, fitProfile, parseNativeCsv } from '../../calibration/index.ts';
import { plotProfile } from '../../calibration/plot.ts';
import { checkProfileId } from '../../calibration/profile-parts.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../usage.ts';
import { readConsensus, readScale, signalOf, textOptions, today } from './arguments.ts';
import { readText, withoutStack, writeText } from './files.ts';
import { ratedOn } from './rated-on.ts';

const HELP = `Usage: otel-alignment calibration fit --ratings native.csv --scale scale.json --out profile.json [OPTIONS]

Makes a profile: how one rater's own scores map to the reference scale, how far off they are, and what the result may be
used for.

native.csv   scenario_id,score or scenario_id,score,repeat: the rater's answers to 20 scenarios of the reference set or more,
             best all 80, each three times; calibration run writes it. A label may stand for a score where the scale has levels.
scale.json   {"id":"acme.risk","type":"interval","min":1,"max":10}
             with "direction":"lower_is_riskier" where low scores mean more, or
             {"id":"acme.tier","type":"ordinal","levels":["low","medium","high"]}, from the least to the most;
             or the name of a definition that comes with the package (semconv/calibration/scales)

Options:
  --ratings FILE     the answers
  --scale FILE       the rater's scale
  --out FILE         the profile
  --plot FILE        a picture of it, as SVG
  --signal NAME      risk (default) or autonomy
  --consensus FILE   reference values; default: those of the package
  --id ID            the profile's id; default: the scale's id, the month and #1
  --model NAME       the model that was rated with; default: what calibration run noted
  --prompt FILE      its instructions, of which the digest is kept: other instructions need another profile
  --created DAY      first day of the profile, as 2026-11-21; default: today
  --days N           how long it holds; default 180

Examples:
  otel-alignment calibration fit --ratings native.csv --scale scale.json --out profile.json --plot profile.svg
  otel-alignment calibration fit --ratings native.csv --scale scale.json --signal autonomy --out autonomy.json

Grades, from the differences to the reference values on scenarios that were held out (mean, 95th percentile):
  A to 0.08 and 0.20, B to 0.11 and 0.27, C to 0.15 and 0.35, else none. One grade lower each for fewer than 40 anchors, fewer
  than 10 verification scenarios, a fifth of the reference scale without two anchors.
A and B license ranking and thresholds, C ranking, none nothing. No profile licenses comparing how often rare things happen.

Exit codes: 0 a profile of grade A to C, 1 the grade is none: a profile is written, and nothing maps with it, 2 the command line or a
file is unusable.
`;

const OPTIONS = [
  'ratings',
  'scale',
  'out',
  'plot',
  'signal',
  'consensus',
  'id',
  'model',
  'prompt',
  'created',
  'days',
] as const;

export const fitCommand: Command = {
  help: HELP,
  run: args => withoutStack(() => run(args)),
};

function run(args: readonly string[]): number {
  const given = textOptions('fit', args, OPTIONS, ['ratings', 'scale', 'out']);
  const signal = signalOf(given.signal);
  const { prompt } = given;
  const id = given.id === undefined ? undefined : checkProfileId(given.id, '--id');
  const consensus = readConsensus(given.consensus);
  const scale = readScale(given.scale);
  const about = ratedOn(given.ratings, { consensus, signal, scale });
  const model = given.model ?? about?.model;
  const promptSha256 = prompt === undefined ? about?.prompt_sha256 : digest(readText(prompt));
  const fitted = fitProfile({
    ratings: parseNativeCsv(answersIn(given.ratings), given.ratings),
    scale,
    consensus,
    signal,
    created: createdOn(given.created),
    days: daysOf(given.days),
    source: given.ratings,
    ...(id === undefined ? {} : { id }),
    rater: {
      ...(model === undefined ? {} : { model }),
      ...(promptSha256 === undefined ? {} : { promptSha256 }),
    },
  });
  writeText(given.out, `${JSON.stringify(fitted.profile, undefined, 2)}\n`);
  if (given.plot !== undefined) writeText(given.plot, plotProfile(fitted));
  process.stdout.write(summary(fitted, [given.out, ...(given.plot === undefined ? [] : [given.plot])]));
  return fitted.profile.quality.grade === 'none' ? 1 : 0;
}

function answersIn(ratings: string): string {
  if (!existsSync(ratings))
    throw new UsageError(
      `--ratings ${ratings}: there is no such file; run calibration run first, or write it by hand (see otel-alignment calibration fit --help)`,
    );
  return readText(ratings);
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

function createdOn(given: string | undefined): string {
  const day = today();
  if (given !== undefined && given > day && /^\d{4}-\d\d-\d\d$/.test(given))
    throw new UsageError(`--created ${given} has not come yet; today is ${day} (UTC)`);
  return given ?? day;
}

function daysOf(given: string | undefined): number {
  if (given === undefined) return 180;
  if (/^[1-9][0-9]{0,3}$/.test(given)) return Number(given);
  throw new UsageError(`--days is a whole number from 1 to 9999, not ${given}`);
}

const MISSING: Readonly<Record<string, string>> = {
  anchors: 'fewer than 40 anchors are rated',
  verification: 'fewer than 10 verification scenarios are rated',
  coverage: 'a fifth of the reference scale has fewer than two rated anchors',
};

function summary({ profile, samples }: Fitted, written: readonly string[]): string {
  const { quality, reference, rater, map } = profile;
  const uses = profile.valid_for.length === 0 ? 'nothing' : profile.valid_for.join(' and ');
  const basis =
    quality.basis === 'verification'
      ? `on ${reference.n_verification} verification scenarios`
      : 'on each anchor with the map fitted without it';
  const lines = [
    `${profile.profile_id}: grade ${quality.grade}, licenses ${uses}; until ${profile.expires}`,
    `map: ${map.method}, ${reference.n_anchors} anchors of ${reference.set}`,
    `difference to the reference values ${basis}: mean ${quality.delta_mean.toFixed(3)}, 95 % below ${quality.delta_p95.toFixed(3)}, bias ${quality.bias.toFixed(3)}`,
    `90 % interval: ± ${quality.interval90_halfwidth.toFixed(3)} on average; order: Kendall's tau-b ${quality.kendall_tau_b.toFixed(2)}`,
    ...quality.missing.map(name => `one grade lower: ${MISSING[name]}`),
  ];
  if (samples.leftAside.length > 0)
    lines.push(`left aside, contested or without value: ${samples.leftAside.join(', ')}`);
  if (rater.repeats < 3)
    lines.push(
      `note: ${rater.repeats} answer${rater.repeats === 1 ? '' : 's'} a scenario; three or more tell the rater's noise`,
    );
  if (reference.status === 'proposed')
    lines.push(
      'note: the reference values are proposed by their authors, nobody else has agreed on them yet',
    );
  return `${lines.join('\n')}\n${written.map(file => `written: ${file}\n`).join('')}`;
}
