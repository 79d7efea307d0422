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

/**
 * Which fragments may not be stitched, and why. Without `--erased` all may.
 *
 * @throws UsageError
 */
export function erasureCheck(
  paths: readonly string[],
): (fragment: ReceivedFragment) => 'erased' | 'past' | undefined {
  if (paths.length === 0) return () => undefined;
  const erased = erasedIn(paths);
  process.stderr.write(`${paths.join(', ')}: ${erased.size} traces of contributors are to be left out\n`);
  const now = Date.now();
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
