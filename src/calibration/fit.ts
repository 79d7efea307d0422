import type { Consensus } from './consensus.ts';
import { addDays, checkDay } from './day.ts';
import { residualsOf, writtenResiduals } from './drift.ts';
import { CalibrationError } from './error.ts';
import { intervalOf } from './interval.ts';
import type { NativeRating } from './native.ts';
import type { Knot } from './piecewise.ts';
import { PROFILE_SCHEMA, type Profile, REFERENCE_SCALES } from './profile.ts';
import { checkProfileId, USES } from './profile-parts.ts';
import { agreement, type Quality, qualityOf } from './quality.ts';
import { type Samples, samplesOf } from './samples.ts';
import { range, type Scale, type SignalName } from './scale.ts';
import { select } from './select.ts';
import { median } from './statistics/index.ts';

/** What a profile is made of. */
export interface FitInput {
  readonly ratings: readonly NativeRating[];
  readonly scale: Scale;
  readonly consensus: Consensus;
  /** Default `risk`. */
  readonly signal?: SignalName;
  /** First day of the profile, `YYYY-MM-DD`. Nothing reads the clock, so that the same input gives the same profile. */
  readonly created: string;
  /** Days that the profile holds. Default 180. */
  readonly days?: number;
  /** Default: the scale's id, the month and `#1`. */
  readonly id?: string;
  /** What was rated with: a name, and the digest of its instructions. */
  readonly rater?: { readonly model?: string; readonly promptSha256?: string };
  /** The ratings' file, for messages. Default `ratings`. */
  readonly source?: string;
}

/** A profile, and what it was made from. */
export interface Fitted {
  readonly profile: Profile;
  readonly samples: Samples;
}

const DAYS = 180;

/**
 * Makes a profile: the map, its interval, its quality.
 *
 * @throws CalibrationError for fewer than 20 usable scenarios, an unknown scenario, a score off the scale, ratings that are all the
 *   same or that run against the scale's direction
 */
export function fitProfile(input: FitInput): Fitted {
  const { ratings, scale, consensus, signal = 'risk', created, source = 'ratings' } = input;
  const samples = samplesOf(ratings, scale, consensus, signal, source);
  checkOrder(samples, scale, source);
  const { anchors, verification } = samples;
  const selected = select(anchors, scale);
  const interval = intervalOf(anchors, selected, scale);
  const quality = qualityOf(anchors, verification, selected, interval, scale);
  const used = [...anchors, ...verification];
  const { model, promptSha256 } = input.rater ?? {};
  const profile: Profile = {
    schema: PROFILE_SCHEMA,
    profile_id: checkProfileId(input.id ?? defaultId(scale, signal, created), 'id'),
    signal,
    native_scale: scale,
    reference: {
      scale: REFERENCE_SCALES[signal],
      set: `${consensus.set}/${consensus.version}`,
      sha256: consensus.sha256,
      n_anchors: anchors.length,
      n_verification: verification.length,
      status: used.every(({ id }) => consensus.scenarios[id]!.status === 'agreed') ? 'agreed' : 'proposed',
      panel: { raters: median(used.map(({ id }) => consensus.scenarios[id]![signal]!.n)) },
    },
    rater: {
      ...(model === undefined ? {} : { model }),
      ...(promptSha256 === undefined ? {} : { prompt_sha256: promptSha256 }),
      repeats: Math.min(...used.map(({ readings }) => readings.length)),
    },
    map: {
      method: selected.method,
      knots: written(selected.knots, scale),
      intents: ['expected'],
      extrapolation: 'clamp',
      interval90: written(interval, scale),
    },
    quality: writtenQuality(quality),
    residuals: writtenResiduals(residualsOf(used, written(selected.knots, scale))),
    valid_for: USES[quality.grade],
    created: checkDay(created, 'created'),
    expires: addDays(created, input.days ?? DAYS),
  };
  return { profile, samples };
}

function checkOrder({ anchors, verification }: Samples, scale: Scale, source: string): void {
  const used = [...anchors, ...verification];
  if (anchors.every(({ x }) => x === anchors[0]!.x))
    throw new CalibrationError(
      `${source}: every scenario has the same score, so there is no order to map; a rater that does not tell scenarios apart cannot be profiled`,
    );
  if (anchors.every(({ y }) => y === anchors[0]!.y))
    throw new CalibrationError(
      `${source}: every rated scenario has the same reference value; rate scenarios from all of the scale`,
    );
  const tau = agreement(used, scale) ?? 0;
  if (tau < 0)
    throw new CalibrationError(
      `${source}: the ratings run against the direction of ${scale.id} (Kendall's tau-b ${tau.toFixed(2)}); ${
        scale.type === 'ordinal'
          ? 'list its levels from the least to the most'
          : `if low scores mean more, say "direction": "${scale.direction === 'lower_is_riskier' ? 'higher_is_riskier' : 'lower_is_riskier'}" in the scale`
      }`,
    );
}

const defaultId = (scale: Scale, signal: SignalName, created: string): string =>
  `${scale.id}${signal === 'risk' ? '' : `/${signal}`}@${created.slice(0, 7)}#1`;

/** Nine significant digits: more than any rater has, and the same bytes on every machine. */
const digits = (value: number): number => Number(value.toPrecision(9)) + 0;

/** Positions keep more digits, because a scale may be narrow and far from 0, and stay on it. */
function written(knots: readonly Knot[], scale: Scale): Knot[] {
  const [low, high] = range(scale);
  const rounded: Knot[] = [];
  for (const [at, value] of knots) {
    const position = Math.min(high, Math.max(low, Number(at.toPrecision(15)) + 0));
    if (rounded.length === 0 || position > rounded.at(-1)![0]) rounded.push([position, digits(value)]);
  }
  return rounded;
}

const writtenQuality = (quality: Quality): Quality => ({
  ...quality,
  delta_mean: digits(quality.delta_mean),
  delta_p95: digits(quality.delta_p95),
  bias: digits(quality.bias),
  kendall_tau_b: digits(quality.kendall_tau_b),
  interval90_halfwidth: digits(quality.interval90_halfwidth),
});
