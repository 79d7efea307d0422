import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { type LineWriter, lineWriter } from '../output.ts';
import { unreadable } from '../usage.ts';

/** Writes a file that appears whole or not at all. @throws UsageError where it cannot be written */
export async function replaceFile(path: string, write: (output: LineWriter) => Promise<void>): Promise<void> {
  const unfinished = `${path}.${process.pid}.part`;
  // on the disk before it takes the place of what was there
  const stream = createWriteStream(unfinished, { mode: 0o600, flush: true });
  try {
    await new Promise<void>((resolve, reject) => {
      stream.once('open', () => resolve());
      stream.once('error', reject);
    });
  } catch (error) {
    throw unreadable(path, error);
  }
  try {
    await write(lineWriter(stream));
    stream.end();
    await finished(stream);
    renameSync(unfinished, path);
  } catch (error) {
    stream.destroy();
    rmSync(unfinished, { force: true });
    throw error;
  }
}
