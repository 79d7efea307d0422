import { createReadStream } from 'node:fs';
import { readLines } from '../lines.ts';
import type { createProgress } from '../progress.ts';
import { unreadable } from '../usage.ts';

/** The longest line that is read. Bytes. */
export const MAX_LINE: number = 64 * 1024 * 1024;

/**
 * The JSON values of files, line by line. A line that is none is said on standard error, counted and passed over.
 *
 * @param isQuiet says nothing: the files are read a second time
 */
export async function* jsonLines(
  files: readonly string[],
  progress: ReturnType<typeof createProgress>,
  onBad: () => void,
  isQuiet = false,
): AsyncGenerator<unknown> {
  for (const file of files) {
    try {
      for await (const read of readLines(createReadStream(file), MAX_LINE)) {
        progress.tick();
        if ('text' in read && read.text.trim() === '') continue;
        let problem = 'error' in read ? read.error : 'no JSON';
        if ('text' in read) {
          try {
            yield JSON.parse(read.text);
            continue;
          } catch (error) {
            if (!(error instanceof SyntaxError)) throw error;
            problem = 'no JSON';
          }
        }
        onBad();
        if (isQuiet) continue;
        progress.end();
        process.stderr.write(`otel-alignment: ${file}:${read.line}: ${problem}; the line is skipped\n`);
      }
    } catch (error) {
      throw unreadable(file, error);
    }
  }
}
