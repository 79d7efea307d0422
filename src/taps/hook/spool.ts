import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { LogsRequest } from '../../otlp/send-encode.ts';
import { ageOf, writeWhole } from './files.ts';
import type { Folder } from './folder.ts';

/** What the spool takes in all; the oldest is dropped first. */
export const MAX_SPOOL_BYTES: number = 4 * 1024 * 1024;
/** Older signals are dropped: seven days. */
export const MAX_SPOOL_AGE_MS: number = 7 * 24 * 3600 * 1000;
/** How much one call sends of it. */
const MAX_BATCH_BYTES = 512 * 1024;
/** A file that somebody took to send and did not finish goes back after this time. */
const STALE_MS = 60_000;
const TAKEN = '.taken';

/** Names begin with the time in microseconds, so that their order is the order of writing. */
const DIGITS = 18;
const micros = (): number => Math.round((performance.timeOrigin + performance.now()) * 1000);

const folderOf = (folder: Folder): string => join(folder.path, 'spool');

/**
 * Keeps a finished request for a following call. Finished signals only: ids, words of the registry and numbers, no content.
 *
 * @throws where it cannot be written
 * @returns how many older requests had to go
 */
export function keep(folder: Folder, body: string): number {
  const name = `${String(micros()).padStart(DIGITS, '0')}-${process.pid}-${randomBytes(4).toString('hex')}.json`;
  writeWhole(join(folderOf(folder), name), body);
  return trim(folder);
}

interface Kept {
  readonly path: string;
  readonly bytes: number;
}

/** What is kept, oldest first. What is too old is dropped on the way. */
export function kept(folder: Folder, now: number = Date.now()): Kept[] {
  const files: Kept[] = [];
  let names: string[];
  try {
    names = readdirSync(folderOf(folder));
  } catch {
    return files;
  }
  for (const name of names.sort()) {
    const path = join(folderOf(folder), name);
    try {
      const { size, mtimeMs } = statSync(path);
      const written = Number(name.slice(0, DIGITS)) / 1000;
      if (now - (Number.isFinite(written) ? written : mtimeMs) > MAX_SPOOL_AGE_MS)
        rmSync(path, { force: true });
      else if (name.endsWith('.json')) files.push({ path, bytes: size });
      else if (name.endsWith(TAKEN) && now - mtimeMs > STALE_MS)
        renameSync(path, path.slice(0, -TAKEN.length));
    } catch {
      // another process took it
    }
  }
  return files;
}

function trim(folder: Folder): number {
  const files = kept(folder);
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  let dropped = 0;
  for (const file of files) {
    if (bytes <= MAX_SPOOL_BYTES) break;
    rmSync(file.path, { force: true });
    bytes -= file.bytes;
    dropped += 1;
  }
  return dropped;
}

/** Some of what is kept, taken so that no other process sends it too. */
export interface Batch {
  readonly request: LogsRequest;
  /** Sent, or refused for good. */
  readonly done: () => void;
  /** For a following call. */
  readonly back: () => void;
}

export function take(folder: Folder): Batch | undefined {
  const taken: string[] = [];
  const resourceLogs: object[] = [];
  let bytes = 0;
  for (const { path, bytes: size } of kept(folder)) {
    if (taken.length > 0 && bytes + size > MAX_BATCH_BYTES) break;
    try {
      renameSync(path, path + TAKEN);
      const now = new Date();
      utimesSync(path + TAKEN, now, now);
    } catch {
      continue;
    }
    taken.push(path);
    bytes += size;
    resourceLogs.push(...readRequest(path + TAKEN));
  }
  if (taken.length === 0) return undefined;
  return {
    request: { resourceLogs },
    done() {
      for (const path of taken) rmSync(path + TAKEN, { force: true });
    },
    back() {
      for (const path of taken) {
        try {
          renameSync(path + TAKEN, path);
        } catch {
          // it was taken back as stale
        }
      }
    },
  };
}

function readRequest(path: string): object[] {
  try {
    const { resourceLogs } = JSON.parse(readFileSync(path, 'utf8')) as { resourceLogs?: unknown };
    return Array.isArray(resourceLogs)
      ? resourceLogs.filter(item => typeof item === 'object' && item !== null)
      : [];
  } catch {
    return [];
  }
}

/** After an endpoint that let us wait, nothing is sent for this long: an agent must not wait for it at every step. */
export const PAUSE_MS = 30_000;
const pauseFile = (folder: Folder): string => join(folder.path, 'pause');

export const pause = (folder: Folder): void => writeWhole(pauseFile(folder), '');
export const isPaused = (folder: Folder): boolean =>
  (ageOf(pauseFile(folder)) ?? Number.POSITIVE_INFINITY) < PAUSE_MS;
