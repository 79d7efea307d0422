import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** A state folder that cannot be used. The message names the file and the fix. */
export class StateError extends Error {
  override readonly name = 'StateError';
}

/**
 * Makes the state folder, private to its owner, and holds it: two processes would break its logs, and count twice.
 *
 * @param who the role that uses it, as errors call it
 * @returns what lets it go
 * @throws StateError where others can read it, or another process has it
 */
export function lockFolder(folder: string, who: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform !== 'win32' && (statSync(folder).mode & 0o077) !== 0)
    throw new StateError(`${folder}: others can read it; chmod 700 ${folder}`);
  const path = join(folder, 'lock');
  for (;;) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, String(process.pid));
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = Number(readFileSync(path, 'utf8'));
    if (isRunning(owner)) throw new StateError(`${folder}: the ${who} with process id ${owner} uses it`);
    rmSync(path, { force: true });
  }
}

/** Makes the names in a folder survive a loss of power, where the system can. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
