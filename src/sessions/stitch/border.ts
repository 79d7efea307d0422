import { epochAt } from '../epoch.ts';

/** Near the border of two epochs contributors give tags of both: for so long on either side. */
const OVERLAP_MS = 15 * 60_000;
/** Buckets start at multiples of it; what is above is the ordinal. */
const GRID_MS = 15 * 60_000;

/** The widest bucket that contributors of a layer use, unless it says otherwise. */
export const BUCKET_MS = 60 * 60_000;

/**
 * Whether what started in a bucket may have started within 15 minutes of the border of two epochs.
 *
 * @param startMs Unix milliseconds: the bucket's start and an ordinal
 */
function touchesBorder(startMs: number, bucketMs: number): boolean {
  const from = Math.floor(startMs / GRID_MS) * GRID_MS;
  const { start, end } = epochAt(from);
  return from - start < OVERLAP_MS || from + bucketMs > end - OVERLAP_MS;
}

/** Whether a fragment may name one session by two tags, of one epoch and of its neighbour: both stand on it, and it started near the border. */
export const isOfTwoEpochs = (startMs: number, sessionTags: number, bucketMs: number): boolean =>
  sessionTags > 1 && touchesBorder(startMs, bucketMs);
