import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { StateError } from '../service/folder.ts';
import { isObject } from '../voprf/wire.ts';

/** What happened to a key. Lines are only ever added; each holds the hash of the one before, so that a changed or missing line shows. */
export interface KeyEvent {
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly event: 'created' | 'destroyed';
  readonly epoch: string;
  /** The evaluator's id. */
  readonly evaluator: string;
  readonly public_key: string;
  readonly reason?: string;
}

const START = '0'.repeat(64);
const hashOf = (line: string): string => createHash('sha256').update(line).digest('hex');

export class KeyLog {
  readonly #path: string;
  #last = START;
  readonly events: KeyEvent[] = [];

  /** @throws StateError where a line was changed or taken out */
  constructor(path: string) {
    this.#path = path;
    const text = readIfThere(path);
    if (text !== '' && !text.endsWith('\n'))
      throw new StateError(`${path}: the last line is cut off; take it out if the epoch's seed is there`);
    text
      .split('\n')
      .slice(0, -1)
      .forEach((line, i) => {
        const event = parse(line);
        if (event?.['previous'] !== this.#last)
          throw new StateError(`${path}:${i + 1}: the log was changed; restore it from a copy`);
        this.#last = hashOf(line);
        this.events.push(event as unknown as KeyEvent);
      });
  }

  add(event: KeyEvent): void {
    const line = JSON.stringify({ ...event, previous: this.#last });
    const file = openSync(this.#path, 'a', 0o600);
    try {
      writeSync(file, `${line}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    this.#last = hashOf(line);
    this.events.push(event);
  }

  /** The last that happened to the key of an epoch. */
  last(epoch: string): KeyEvent | undefined {
    return this.events.findLast(event => event.epoch === epoch);
  }
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(line);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
