import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a file whole: a reader sees the old one or the new one, never half. Mode 0600. */
export function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const made = `${file}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    writeFileSync(made, text, { mode: 0o600, flag: 'wx' });
    renameSync(made, file);
  } catch (error) {
    rmSync(made, { force: true });
    throw error;
  }
}

/** Milliseconds since the file was written; `undefined` where there is none. */
export function ageOf(file: string): number | undefined {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return undefined;
  }
}

/** A lock older than this belonged to a process that was killed. */
const STALE_MS = 5_000;
const WAIT_MS = 1_000;
const STEP_MS = 3;

/**
 * Runs `work` while no other process holds the lock. Where the lock cannot be had in time, or cannot be made, `work` runs
 * all the same and is told so.
 */
export function withLock<T>(file: string, work: (held: boolean) => T): T {
  const lock = `${file}.lock`;
  const held = acquire(lock);
  try {
    return work(held);
  } finally {
    if (held) rmSync(lock, { force: true });
  }
}

function acquire(lock: string): boolean {
  const end = Date.now() + WAIT_MS;
  try {
    mkdirSync(dirname(lock), { recursive: true, mode: 0o700 });
  } catch {
    // a file stands in the folder's place: nobody will take it away
    return false;
  }
  for (;;) {
    try {
      writeFileSync(lock, '', { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
    if ((ageOf(lock) ?? 0) > STALE_MS) rmSync(lock, { force: true });
    else if (Date.now() > end) return false;
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STEP_MS);
  }
}
