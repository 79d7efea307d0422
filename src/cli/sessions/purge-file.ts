import { createReadStream, statSync } from 'node:fs';
import { type Erased, newPurgeCount, type PurgeCount, purgeRequest, purges } from '../../sessions/index.ts';
import { readLines } from '../lines.ts';
import type { LineWriter } from '../output.ts';
import { createProgress } from '../progress.ts';
import { UsageError, unreadable } from '../usage.ts';
import { MAX_LINE } from './json-lines.ts';
import { replaceFile } from './replace-file.ts';

type Rules = { readonly erased: Erased; readonly now: number };

/**
 * Takes out of a file what may no longer be in it. First it looks, so that a file of which all stays is not written.
 *
 * @param dry only looks
 * @throws UsageError where the file cannot be used, or something writes to it: it is as it was then
 */
export async function purgeFile(file: string, rules: Rules, dry: boolean): Promise<PurgeCount> {
  const progress = createProgress('lines');
  try {
    const looked = await pass(file, rules, progress);
    if (dry || !purges(looked)) return looked;
    let count = looked;
    await replaceFile(file, async output => {
      const before = stateOf(file);
      count = await pass(file, rules, progress, output);
      if (stateOf(file) !== before)
        throw new UsageError(
          `${file}: something writes to it; rename it, have the Collector open a new one (SIGHUP), and purge it under the new name. It is as it was`,
        );
    });
    return count;
  } finally {
    progress.end();
  }
}

async function pass(
  file: string,
  rules: Rules,
  progress: ReturnType<typeof createProgress>,
  output?: LineWriter,
): Promise<PurgeCount> {
  const count = newPurgeCount();
  try {
    for await (const line of readLines(createReadStream(file), MAX_LINE)) {
      progress.tick();
      if ('error' in line)
        throw new UsageError(`${file}:${line.line}: ${line.error}; split the line. The file is as it was`);
      const kept = keep(line.text, rules, count);
      if (kept === undefined) continue;
      await output?.write(kept === line.text ? line.bytes : kept);
    }
  } catch (error) {
    throw unreadable(file, error);
  }
  return count;
}

/** What stays of a line: the same text where nothing goes. */
function keep(text: string, rules: Rules, count: PurgeCount): string | undefined {
  if (text.trim() === '') return text;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    count.unknown += 1;
    return text;
  }
  const left = purgeRequest(json, rules, count);
  if (left === json) return text;
  return left === undefined ? undefined : JSON.stringify(left);
}

/** Changes when anything writes to the file, or puts another in its place. */
function stateOf(file: string): string {
  const { ino, size, mtimeNs } = statSync(file, { bigint: true });
  return `${ino}|${size}|${mtimeNs}`;
}
