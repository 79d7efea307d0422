import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  Erased,
  ErasureFileError,
  epochOfErasureFile,
  parseErasures,
  type ReceivedFragment,
} from '../../sessions/index.ts';
import { UsageError, unreadable } from '../usage.ts';

/**
 * What contributors had erased, of the layer's folder or files of it.
 *
 * @throws UsageError where a file cannot be used: with less of it, something that must go would stay
 */
export function erasedIn(paths: readonly string[]): Erased {
  const erased = new Erased();
  for (const path of paths.flatMap(filesOf)) {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      throw unreadable(path, error);
    }
    try {
      for (const erasure of parseErasures(text, path)) erased.add(erasure);
    } catch (error) {
      throw error instanceof ErasureFileError ? new UsageError(error.message) : error;
    }
  }
  return erased;
}

/** What `--erased` says where there is no layer's service, so that nobody can have asked. */
const NONE = 'none';

/**
 * Which fragments may not be stitched, and why. Without `--erased` none may: forgetting it would bring back what was erased.
 *
 * @param isTrial recorded telemetry: nobody asked, and no time is over
 * @throws UsageError
 */
export function erasureCheck(
  paths: readonly string[],
  isTrial = false,
): (fragment: ReceivedFragment) => 'erased' | 'past' | undefined {
  if (isTrial && paths.length === 0) return () => undefined;
  if (paths.length === 0)
    throw new UsageError(
      "sessions stitch needs --erased: the folder of sessions layer, or none where no layer's service runs. See otel-alignment sessions stitch --help.",
    );
  const isNone = paths.includes(NONE);
  if (isNone && paths.length > 1)
    throw new UsageError('--erased none stands alone; a folder of that name is ./none');
  const erased = erasedIn(isNone ? [] : paths);
  if (!isNone)
    process.stderr.write(`${paths.join(', ')}: ${erased.size} traces of contributors are to be left out\n`);
  // before all weeks nothing is past
  const now = isTrial ? Number.NEGATIVE_INFINITY : Date.now();
  return ({ contributor, traceId, attributes }) =>
    erased.refuses({ contributor, traceId, epoch: String(attributes['alignment.fragment.epoch']) }, now);
}

/** A folder stands for the records in it. */
function filesOf(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path)
      .filter(name => epochOfErasureFile(name) !== undefined)
      .sort()
      .map(name => join(path, name));
  } catch (error) {
    throw unreadable(path, error);
  }
}
