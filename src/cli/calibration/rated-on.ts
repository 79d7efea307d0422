import type { Consensus, Scale, SignalName } from '../../calibration/index.ts';
import { UsageError } from '../usage.ts';
import { readSet } from './material.ts';
import { type RunAbout, runAbout } from './run-file.ts';

/**
 * Holds what calibration run wrote beside its answers against what they are to be used for.
 *
 * @returns `undefined` where the answers were not written by calibration run
 * @throws UsageError naming both sides, where they are answers about something else
 */
export function ratedOn(
  ratings: string,
  {
    consensus,
    signal,
    scale,
  }: { readonly consensus: Consensus; readonly signal: SignalName; readonly scale: Scale },
): RunAbout | undefined {
  const about = runAbout(ratings);
  if (about === undefined) return undefined;
  if (about.set !== consensus.set || texts(about.version) !== texts(consensus.version))
    throw new UsageError(
      `${ratings} are answers to ${about.set}/${about.version}, the reference values are of ${consensus.set}/${consensus.version}; run the rater on this set`,
    );
  const known = textsDigest(consensus);
  if (known !== undefined && about.sha256 !== known)
    throw new UsageError(
      `${ratings} are answers to scenarios of ${about.set} with the digest ${short(about.sha256)}, the reference values are of those with ${short(known)}; one of them was changed: run the rater on this set`,
    );
  if (about.signal !== signal)
    throw new UsageError(`${ratings} are answers about ${about.signal}, not ${signal}; see --signal`);
  if (about.scale !== scale.id)
    throw new UsageError(
      `${ratings} are answers on the scale ${about.scale}, not on ${scale.id}; give the scale that the rater was asked with`,
    );
  return about;
}

/** The last number of a version rises with ratings; the scenarios that were answered are the same. */
const texts = (version: string): string => version.split('.').slice(0, 2).join('.');

const short = (digest: unknown): string => `${String(digest).slice(0, 12)}…`;

/** Of the scenarios alone; reference values name a digest over the ratings too. Known where they are those of the package. */
function textsDigest({ set, version }: Consensus): string | undefined {
  const shipped = readSet(undefined);
  return shipped.set === set && texts(shipped.version) === texts(version) ? shipped.sha256 : undefined;
}
