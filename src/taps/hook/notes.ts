import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ageOf } from './files.ts';
import type { Folder } from './folder.ts';

/**
 * What went by without a signal: an unknown event, a broken input, a signal that could not be kept. One short word a line, in
 * a file that stops growing at 64 KiB. Appended, so that two processes at once lose nothing.
 */
const MAX_BYTES = 64 * 1024;
const WORD = /^[\w.+:/-]{1,64}$/;

const fileOf = (folder: Folder): string => join(folder.path, 'notes.log');

export function note(folder: Folder | undefined, what: string, detail?: string): void {
  if (folder === undefined) return;
  try {
    const line = detail === undefined ? what : `${what} ${WORD.test(detail) ? detail : '_OTHER'}`;
    let size = 0;
    try {
      size = statSync(fileOf(folder)).size;
    } catch {
      // none yet
    }
    if (size < MAX_BYTES) appendFileSync(fileOf(folder), `${line}\n`, { mode: 0o600 });
  } catch {
    // nothing to be done about it, and nobody to tell
  }
}

/** How often each thing was noted. */
export function readNotes(folder: Folder): Map<string, number> {
  const counts = new Map<string, number>();
  if (ageOf(fileOf(folder)) === undefined) return counts;
  for (const line of readFileSync(fileOf(folder), 'utf8').split('\n')) {
    if (line !== '') counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return counts;
}
