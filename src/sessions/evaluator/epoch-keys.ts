import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { epochAt } from '../epoch.ts';
import { StateError } from '../service/folder.ts';
import type { KeyPair, Voprf } from '../voprf/voprf.ts';
import { windowOf } from '../voprf/window.ts';
import { EVALUATOR_ID, encode, PROTOCOL } from '../voprf/wire.ts';
import { KeyLog } from './key-log.ts';

export interface EpochKeysOptions {
  readonly voprf: Voprf;
  /** The state folder: `lockFolder`. */
  readonly folder: string;
  /** The evaluator's id, which goes into every key. */
  readonly id: string;
}

const SEED_BYTES = 32;
/** Keys are made so long before their epoch, so that contributors have a day at least to pin them. */
const AHEAD_MS = 8 * 86_400_000;

/** The keys of the epochs: made ahead, and destroyed when their time is over. */
export class EpochKeys {
  readonly log: KeyLog;
  readonly #options: EpochKeysOptions;
  readonly #keys = new Map<string, KeyPair>();

  /** @throws StateError where the log was changed */
  constructor(options: EpochKeysOptions) {
    const { folder, id } = options;
    if (!EVALUATOR_ID.test(id))
      throw new StateError('the id is lower-case letters, digits, dots and hyphens');
    this.#options = options;
    this.log = new KeyLog(join(folder, 'keys.log'));
  }

  /**
   * Makes what is due and destroys what is over.
   *
   * @param now Unix milliseconds
   */
  keep(now: number): void {
    const epochs = new Set(this.log.events.map(({ epoch }) => epoch));
    // first what was: its time may be over, or near
    for (const epoch of epochs) {
      if (this.log.last(epoch)?.event !== 'created') continue;
      if (now >= windowOf(epoch)!.closes) this.#destroy(epoch, now, 'its time is over');
      else if (!this.#keys.has(epoch)) this.#load(epoch, now);
    }
    for (let epoch = epochAt(now); epoch.start - AHEAD_MS <= now; epoch = epochAt(epoch.end))
      if (this.log.last(epoch.id) === undefined) this.#create(epoch.id, now);
  }

  /** The key that answers now. */
  open(epoch: string, now: number): KeyPair | undefined {
    const window = windowOf(epoch);
    return window !== undefined && window.opens <= now && now < window.closes
      ? this.#keys.get(epoch)
      : undefined;
  }

  /** The public key of an epoch that has one, also before it opens. */
  publicKey(epoch: string): Uint8Array | undefined {
    return this.#keys.get(epoch)?.publicKey;
  }

  get epochs(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /** Overwrites the keys in memory; their seeds stay. */
  close(): void {
    for (const { secretKey } of this.#keys.values()) secretKey.fill(0);
    this.#keys.clear();
  }

  #seedPath(epoch: string): string {
    return join(this.#options.folder, `${epoch}.seed`);
  }

  #pair(epoch: string, seed: Uint8Array): KeyPair {
    const info = Buffer.from(`${PROTOCOL}|epoch=${epoch}|${this.#options.id}`);
    try {
      return this.#options.voprf.deriveKeyPair(seed, info);
    } finally {
      seed.fill(0);
    }
  }

  #create(epoch: string, now: number): void {
    const seed = randomBytes(SEED_BYTES);
    const path = this.#seedPath(epoch);
    const file = openSync(path, 'w', 0o600);
    try {
      writeSync(file, seed);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    chmodSync(path, 0o600);
    const pair = this.#pair(epoch, seed);
    this.log.add({ ...this.#event(epoch, now, encode(pair.publicKey)), event: 'created' });
    this.#keys.set(epoch, pair);
  }

  #load(epoch: string, now: number): void {
    const path = this.#seedPath(epoch);
    const said = this.log.last(epoch)!;
    let seed: Buffer;
    try {
      seed = readFileSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      this.log.add({
        ...this.#event(epoch, now, said.public_key),
        event: 'destroyed',
        reason: 'its seed was removed',
      });
      return;
    }
    if (seed.length !== SEED_BYTES) throw new StateError(`${path}: a seed has ${SEED_BYTES} bytes`);
    const pair = this.#pair(epoch, seed);
    if (encode(pair.publicKey) !== said.public_key)
      throw new StateError(
        `${path}: its key is not the one in keys.log, made by ${said.evaluator}; is the id the same?`,
      );
    this.#keys.set(epoch, pair);
  }

  #destroy(epoch: string, now: number, reason: string): void {
    const path = this.#seedPath(epoch);
    // where the file system writes in place, nothing is left; where it does not, deleting is all that can be done
    try {
      const file = openSync(path, 'r+');
      writeSync(file, randomBytes(SEED_BYTES), 0, SEED_BYTES, 0);
      fsyncSync(file);
      closeSync(file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    rmSync(path, { force: true });
    this.#keys.get(epoch)?.secretKey.fill(0);
    this.#keys.delete(epoch);
    const { public_key } = this.log.last(epoch)!;
    this.log.add({ ...this.#event(epoch, now, public_key), event: 'destroyed', reason });
  }

  #event(
    epoch: string,
    now: number,
    publicKey: string,
  ): { time: string; epoch: string; evaluator: string; public_key: string } {
    return {
      time: new Date(now).toISOString(),
      epoch,
      evaluator: this.#options.id,
      public_key: publicKey,
    };
  }
}
