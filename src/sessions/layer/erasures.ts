import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { StateError, syncFolder } from '../service/folder.ts';
import { Erased, ErasureFileError, epochOfErasureFile, erasureFile, parseErasures } from './erased.ts';
import { DERIVED_MS, isPast } from './retention.ts';

/** Removes records of epochs of which nothing derived may be left. @returns their epochs */
export function retireErasures(folder: string, now: number): readonly string[] {
  const past = readdirSync(folder).flatMap(name => epochOfErasureFile(name) ?? []);
  const gone = past.filter(epoch => isPast(epoch, DERIVED_MS, now));
  for (const epoch of gone) rmSync(join(folder, erasureFile(epoch)), { force: true });
  return gone;
}

/** The layer's record of what is to be erased: one file an epoch, to which lines are added and never changed. */
export class Erasures {
  readonly #folder: string;
  readonly #quota: number;
  /** By epoch: what is in its file, and how many trace ids each contributor has in it. */
  readonly #epochs = new Map<string, { readonly erased: Erased; readonly counts: Map<string, number> }>();

  /**
   * @param quota trace ids a contributor and epoch
   * @throws StateError
   */
  constructor(folder: string, quota: number) {
    this.#folder = folder;
    this.#quota = quota;
    for (const name of readdirSync(folder)) {
      const epoch = epochOfErasureFile(name);
      if (epoch !== undefined) this.#read(epoch);
    }
  }

  /**
   * Records what a contributor asks for. What it asked for before is not written again.
   *
   * @param now Unix milliseconds
   * @returns false where it has no more to ask for: then nothing was recorded
   */
  add(epoch: string, contributor: string, traceIds: readonly string[], now: number): boolean {
    const { erased, counts } = this.#of(epoch);
    const fresh = [...new Set(traceIds)].filter(traceId => !erased.has({ epoch, contributor, traceId }));
    if (fresh.length === 0) return true;
    const before = counts.get(contributor) ?? 0;
    if (before + fresh.length > this.#quota) return false;
    const erasure = { time: new Date(now).toISOString(), epoch, contributor, trace_ids: fresh };
    this.#append(join(this.#folder, erasureFile(epoch)), `${JSON.stringify(erasure)}\n`);
    erased.add(erasure);
    counts.set(contributor, before + fresh.length);
    return true;
  }

  /** Removes what is past. @param now Unix milliseconds */
  keep(now: number): void {
    retireErasures(this.#folder, now);
    for (const epoch of this.#epochs.keys()) if (isPast(epoch, DERIVED_MS, now)) this.#epochs.delete(epoch);
  }

  #of(epoch: string): { readonly erased: Erased; readonly counts: Map<string, number> } {
    let known = this.#epochs.get(epoch);
    if (known === undefined) {
      known = { erased: new Erased(), counts: new Map() };
      this.#epochs.set(epoch, known);
    }
    return known;
  }

  #read(epoch: string): void {
    const path = join(this.#folder, erasureFile(epoch));
    const bytes = readFileSync(path);
    const whole = bytes.lastIndexOf(0x0a) + 1;
    // what was being written when the process was killed was never answered
    if (whole < bytes.length) truncateSync(path, whole);
    try {
      const { erased, counts } = this.#of(epoch);
      for (const erasure of parseErasures(bytes.toString('utf8', 0, whole), path)) {
        if (erasure.epoch !== epoch) throw new ErasureFileError(`${path}: a line is of ${erasure.epoch}`);
        const { contributor } = erasure;
        const before = erased.size;
        erased.add(erasure);
        counts.set(contributor, (counts.get(contributor) ?? 0) + erased.size - before);
      }
    } catch (error) {
      throw error instanceof ErasureFileError ? new StateError(error.message) : error;
    }
  }

  /** After this a loss of power loses nothing. */
  #append(path: string, line: string): void {
    const isNew = !existsSync(path);
    const size = isNew ? 0 : statSync(path).size;
    const file = openSync(path, 'a', 0o600);
    try {
      writeFileSync(file, line);
      fsyncSync(file);
    } catch (error) {
      // half a line would spoil the next
      ftruncateSync(file, size);
      throw error;
    } finally {
      closeSync(file);
    }
    if (isNew) syncFolder(this.#folder);
  }
}
