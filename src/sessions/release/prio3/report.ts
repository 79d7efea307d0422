import { createHash, randomBytes } from 'node:crypto';
import { decode, encode } from '../../voprf/wire.ts';
import { Prio3Error } from './errors.ts';
import type { Task } from './task.ts';
import { CELLS, LARGEST_COUNT, loadVdaf, NONCE_BYTES } from './vdaf.ts';
import { head, type ReportFile } from './wire.ts';

/** Made anew for each report; given in tests alone. */
export interface ReportRandomness {
  /** 16 bytes. */
  readonly salt: Uint8Array;
  /** 80 bytes. */
  readonly shares: Uint8Array;
}

/**
 * The nonce of a report. It holds task, week and contributor, so that a report is valid nowhere else: whoever changes one of them breaks the proof.
 *
 * @param salt 16 bytes of base64url
 */
export function nonceOf({
  task,
  epoch,
  contributor,
  salt,
}: Pick<ReportFile, 'task' | 'epoch' | 'contributor' | 'salt'>): Uint8Array {
  return createHash('sha256')
    .update(`asr/1 prio3-2p nonce\0${epoch}\0${contributor}\0`)
    .update(decode(task, 32)!)
    .update(decode(salt, 16)!)
    .digest()
    .subarray(0, NONCE_BYTES);
}

/**
 * A contributor's table as two files, one for each aggregator. Either alone says nothing of the counts; both together say all.
 *
 * @param counts 30 counts, risk by risk and within it level by level, each from 0 to 2²⁰ - 1
 * @throws Prio3Error `invalid_counts`, `invalid_file` where the task does not know the contributor, `dependency_missing`
 */
export async function makeReport(
  task: Task,
  { epoch, contributor, counts }: { epoch: string; contributor: string; counts: readonly number[] },
  random: Partial<ReportRandomness> = {},
): Promise<readonly [ReportFile, ReportFile]> {
  if (!task.contributors.includes(contributor))
    throw new Prio3Error(
      'invalid_file',
      `there is no contributor ${contributor} in the task: ${task.contributors.join(', ')}`,
    );
  if (counts.length !== CELLS || !counts.every(one => Number.isInteger(one) && one >= 0))
    throw new Prio3Error('invalid_counts', `a report has ${CELLS} counts, whole numbers from 0 on`);
  if (counts.some(one => one > LARGEST_COUNT))
    throw new Prio3Error(
      'invalid_counts',
      `a count is above ${LARGEST_COUNT}, the largest that can be reported`,
    );
  const vdaf = await loadVdaf();
  const bound = { task: task.id, epoch, contributor, salt: encode(random.salt ?? randomBytes(16)) };
  const { publicShare, inputShares } = await vdaf.shard(counts, nonceOf(bound), random.shares);
  const file = (place: 0 | 1): ReportFile => ({
    ...head('report'),
    task: bound.task,
    epoch,
    contributor,
    aggregator: task.aggregators[place],
    salt: bound.salt,
    public_share: encode(publicShare),
    input_share: encode(inputShares[place]),
  });
  return [file(0), file(1)];
}
