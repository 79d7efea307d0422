import type { Consensus } from './consensus.ts';
import { CalibrationError, shown } from './error.ts';
import type { NativeRating } from './native.ts';
import { position, type Scale, type SignalName, spelled } from './scale.ts';
import type { Sample } from './select.ts';
import { median } from './statistics/index.ts';

/** Ratings beside the panel's values. */
export interface Samples {
  readonly anchors: readonly Sample[];
  readonly verification: readonly Sample[];
  /** Scenarios that the panel does not agree on, or has no value of this kind for. */
  readonly leftAside: readonly string[];
}

/** Below, no profile is made. */
export const LEAST_SCENARIOS = 20;

/**
 * Ratings for a profile: anchors to fit on, the rest to verify with. Where too few anchors are rated, all is fitted on.
 *
 * @param source the ratings' file, for messages
 * @throws CalibrationError for an unknown scenario, a score off the scale, fewer than 20 usable scenarios
 */
export function samplesOf(
  ratings: readonly NativeRating[],
  scale: Scale,
  consensus: Consensus,
  signal: SignalName,
  source: string,
): Samples {
  const { used, leftAside } = allSamples(ratings, scale, consensus, signal, source);
  if (used.length < LEAST_SCENARIOS)
    throw new CalibrationError(
      `${source}: ${used.length} usable scenario${used.length === 1 ? '' : 's'}${leftAside.length > 0 ? ` (${leftAside.length} more are contested or have no ${signal} value)` : ''}; a profile needs ${LEAST_SCENARIOS}, and 60 anchors with 20 verification scenarios for its full grade`,
    );
  const held = ({ id }: Sample): boolean => consensus.scenarios[id]!.split === 'verification';
  const anchors = used.filter(sample => !held(sample));
  return anchors.length >= LEAST_SCENARIOS
    ? { anchors, verification: used.filter(held), leftAside }
    : { anchors: used, verification: [], leftAside };
}

/** Puts a rater's answers beside the panel's values, in the order of the scenarios' ids. */
export function allSamples(
  ratings: readonly NativeRating[],
  scale: Scale,
  consensus: Consensus,
  signal: SignalName,
  source: string,
): { readonly used: readonly Sample[]; readonly leftAside: readonly string[] } {
  const rated = readingsOf(ratings, scale, consensus, source);
  const used: Sample[] = [];
  const leftAside: string[] = [];
  for (const [id, unsorted] of [...rated].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const readings = unsorted.sort((a, b) => a - b);
    const { [signal]: summary, status } = consensus.scenarios[id]!;
    if (summary === undefined || status === 'contested') leftAside.push(id);
    else used.push({ id, readings, x: middle(readings, scale), y: summary.mean });
  }
  return { used, leftAside };
}

function readingsOf(
  ratings: readonly NativeRating[],
  scale: Scale,
  { scenarios, set, version }: Consensus,
  source: string,
): Map<string, number[]> {
  const rated = new Map<string, number[]>();
  for (const { scenario, score, line } of ratings) {
    if (!Object.hasOwn(scenarios, scenario))
      throw new CalibrationError(
        `${source}:${line}: ${shown(scenario)} is no scenario of ${set}/${version}; leave the line out, or use the set that was rated`,
      );
    const at = position(scale, score);
    if (at === undefined)
      throw new CalibrationError(
        `${source}:${line}: ${shown(score)} is off the scale ${scale.id} (${spelled(scale)}); correct the score, or the scale`,
      );
    const readings = rated.get(scenario);
    if (readings === undefined) rated.set(scenario, [at]);
    else readings.push(at);
  }
  return rated;
}

/** Of sorted answers. Between two levels there is none: the riskier of the two middle answers counts. */
function middle(readings: readonly number[], scale: Scale): number {
  if (scale.type === 'interval') return median(readings);
  return readings[readings.length >> 1]!;
}
