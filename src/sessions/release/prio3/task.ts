import { createHash } from 'node:crypto';
import { encode } from '../../voprf/wire.ts';
import { fraction } from '../fraction.ts';
import { RELEASE_DEFAULTS } from '../table.ts';
import { Prio3Error } from './errors.ts';
import { type Place, VERIFY_KEY_BYTES } from './vdaf.ts';
import { checked, type Head, head, MOST_CONTRIBUTORS, NAME, text } from './wire.ts';

/** Fewer than three would see through a sum: with two, each knows the other's part. */
export const LEAST_CONTRIBUTORS = 3;

/** Nobody can hide a cell for being of too few here, so that k alone keeps empty ones out: 1.2 % of them are shown at 40, 9.7 % at 20. */
const DEFAULT_K: number = 2 * RELEASE_DEFAULTS.k;

/** What all parties have agreed on. Public, and the same for all: everything else names it by its hash. */
export interface TaskFile extends Head {
  /** Two names; the first is aggregator 0. */
  readonly aggregators: readonly [string, string];
  /** Who may report. */
  readonly contributors: readonly string[];
  /** ε of a week's table: a decimal number. */
  readonly epsilon: string;
  readonly sessions_per_user: number;
  readonly k: number;
  readonly min_contributors: number;
  /** What the aggregators' verification key hashes to, so that nobody can choose it by the reports. */
  readonly key_commitment: string;
}

export interface Task extends TaskFile {
  /** SHA-256 of the task in canonical form, as base64url. */
  readonly id: string;
}

const names = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every(NAME[0]) && new Set(value).size === value.length;
const whole = (value: unknown, least: number): boolean =>
  Number.isSafeInteger(value) && Number(value) >= least;

const TASK = {
  aggregators: [
    (value: unknown) => names(value) && value.length === 2,
    'must be two different names of lower-case letters, digits, dots and hyphens',
  ],
  contributors: [
    (value: unknown) =>
      names(value) && value.length >= LEAST_CONTRIBUTORS && value.length <= MOST_CONTRIBUTORS,
    `must be ${LEAST_CONTRIBUTORS} to ${MOST_CONTRIBUTORS} different names of lower-case letters, digits, dots and hyphens`,
  ],
  epsilon: [
    (value: unknown) => typeof value === 'string' && fraction(value) !== undefined,
    'must be a positive decimal number in quotes, such as "0.5"',
  ],
  sessions_per_user: [(value: unknown) => whole(value, 1), 'must be a whole number from 1 on'],
  k: [(value: unknown) => whole(value, 1), 'must be a whole number from 1 on'],
  min_contributors: [
    (value: unknown) => whole(value, LEAST_CONTRIBUTORS),
    `must be a whole number from ${LEAST_CONTRIBUTORS} on: of a sum of two each party knows both parts`,
  ],
  key_commitment: text(32),
} as const;

/** RFC 8785 for what a task is made of: ASCII strings, whole numbers and lists of strings. */
const canonical = (task: TaskFile): string => JSON.stringify(task, Object.keys(task).sort());

/** @throws Prio3Error `invalid_file`, naming the file and the field */
export function parseTask(json: unknown, name: string): Task {
  const task = checked<TaskFile>(json, name, 'task', TASK);
  if (task.min_contributors > task.contributors.length)
    throw new Prio3Error('invalid_file', `${name}: min_contributors is more than there are contributors`);
  return { ...task, id: encode(createHash('sha256').update(canonical(task)).digest()) };
}

/** SHA-256 of "asr/1 prio3-2p key", a zero and the key. */
export const commitment = (key: Uint8Array): string =>
  encode(createHash('sha256').update('asr/1 prio3-2p key\0').update(key).digest());

/** A task with the defaults of the release where nothing else is given. @throws Prio3Error `invalid_file` */
export function newTask(
  parties: Pick<TaskFile, 'aggregators' | 'contributors'> & Partial<TaskFile>,
  key: Uint8Array,
): TaskFile {
  const task: TaskFile = {
    ...head('task'),
    epsilon: '1',
    sessions_per_user: RELEASE_DEFAULTS.sessionsPerUser,
    k: DEFAULT_K,
    min_contributors: RELEASE_DEFAULTS.minContributors,
    ...parties,
    key_commitment: commitment(key),
  };
  parseTask(task, 'the task');
  return task;
}

/** 32 hexadecimal digits. @throws Prio3Error `wrong_key`; the message does not quote them */
export function parseVerifyKey(text: string, name: string, task: Task): Uint8Array {
  const digits = text.trim();
  if (!/^[0-9a-f]{32}$/.test(digits))
    throw new Prio3Error('wrong_key', `${name}: must hold the verification key, 32 hexadecimal digits`);
  const key = Buffer.from(digits, 'hex');
  if (key.length !== VERIFY_KEY_BYTES || commitment(key) !== task.key_commitment)
    throw new Prio3Error(
      'wrong_key',
      `${name}: is not the key that the task commits to (key_commitment). Ask the other aggregator for the file, or make a new task`,
    );
  return key;
}

/** @throws Prio3Error `invalid_file` where the task does not know the aggregator */
export function placeOf(task: Task, aggregator: string): Place {
  const place = task.aggregators.indexOf(aggregator);
  if (place === 0 || place === 1) return place;
  throw new Prio3Error(
    'invalid_file',
    `there is no aggregator ${aggregator} in the task: ${task.aggregators.join(', ')}`,
  );
}
