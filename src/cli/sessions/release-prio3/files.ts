import { statSync } from 'node:fs';
import { epochOf } from '../../../sessions/index.ts';
import {
  Prio3Error,
  parseTask,
  parseVerifyKey,
  placeOf,
  REFUSALS,
  type Refusal,
  type Role,
  type StateFile,
  type Task,
} from '../../../sessions/release/prio3/index.ts';
import { UsageError } from '../../usage.ts';
import { readText } from '../evaluator-files.ts';

/** Room for a thousand contributors, and an end for files that are none of ours. */
const MOST_BYTES = 8 * 1024 * 1024;

/** Runs a step of the protocol; what it refuses is said in one line. */
export async function spoken<T>(what: () => T | Promise<T>): Promise<T> {
  try {
    return await what();
  } catch (error) {
    if (error instanceof Prio3Error) throw new UsageError(error.message);
    throw error;
  }
}

/** A file's JSON; `undefined` where it has none. @throws UsageError where it cannot be read */
export function jsonIn(path: string, isSecret = false): unknown {
  try {
    if (statSync(path).size > MOST_BYTES) throw new UsageError(`${path}: has more than ${MOST_BYTES} bytes`);
  } catch (error) {
    // what cannot be looked at cannot be read either, and is said below
    if (error instanceof UsageError) throw error;
  }
  const text = readText(path, isSecret);
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @throws UsageError; nothing of the file is quoted */
export function readJson(path: string, isSecret = false): unknown {
  const json = jsonIn(path, isSecret);
  if (json === undefined) throw new UsageError(`${path}: no JSON`);
  return json;
}

export const taskIn = (path: string): Promise<Task> => spoken(() => parseTask(readJson(path), path));

/** Who calls, for which week. @throws UsageError where the task does not know the aggregator */
export async function roleIn(values: Readonly<Record<string, string | undefined>>): Promise<Role> {
  const epoch = epochIn(values['epoch']!);
  const task = await taskIn(values['task']!);
  const aggregator = values['aggregator']!;
  await spoken(() => placeOf(task, aggregator));
  return { task, epoch, aggregator };
}

export const isOf = (state: StateFile, { task, epoch, aggregator }: Role): boolean =>
  state.task === task.id && state.epoch === epoch && state.aggregator === aggregator;

export const verifyKeyIn = (path: string, task: Task): Promise<Uint8Array> =>
  spoken(() => parseVerifyKey(readText(path, true), path, task));

export function epochIn(text: string): string {
  if (epochOf(text) === undefined) throw new UsageError(`--epoch ${text}: an ISO week such as 2026-W47`);
  return text;
}

/** Says which reports are not in, and why. @returns the exit code */
export function sayRefused(refused: readonly Refusal[]): 0 | 1 {
  for (const { contributor, reason, detail } of refused)
    process.stderr.write(
      `otel-alignment: report of ${contributor} is refused (${reason}): ${REFUSALS[reason]}${detail === undefined ? '' : `. ${detail}`}\n`,
    );
  return refused.length > 0 ? 1 : 0;
}
