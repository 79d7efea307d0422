import { readFileSync, statSync } from 'node:fs';
import { hmacPseudonyms, type PseudonymProvider, parseKeyFile } from '../../sessions/index.ts';
import { windowOf } from '../../sessions/voprf/window.ts';
import { UsageError, unreadable } from '../usage.ts';

/** The weeks, of these, whose key must be destroyed: 48 hours after the week. */
export const closedOf = (epochs: Iterable<string>, now: number): string[] =>
  [...epochs].filter(epoch => now >= (windowOf(epoch)?.closes ?? Number.POSITIVE_INFINITY)).sort();

/** The pseudonyms of a key file. @throws UsageError where there is none, or one that cannot be used */
export function pseudonymsOf(path: string): PseudonymProvider {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
      process.stderr.write(`otel-alignment: ${path} can be read by others; chmod 600 ${path}\n`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new UsageError(
        `${path}: there is no such key file. otel-alignment sessions keygen --out ${path} makes one`,
      );
    throw unreadable(path, error);
  }
  try {
    const keys = parseKeyFile(text, path);
    const closed = closedOf(keys.keys(), Date.now());
    if (closed.length > 0)
      process.stderr.write(
        `otel-alignment: ${path} has keys of weeks that are closed (${closed.join(', ')}); otel-alignment sessions keygen --out ${path} --prune destroys them\n`,
      );
    return hmacPseudonyms(keys);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
