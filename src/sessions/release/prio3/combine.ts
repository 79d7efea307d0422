import { decode } from '../../voprf/wire.ts';
import { fraction } from '../fraction.ts';
import { type Cell, LEVELS, RISKS } from '../table.ts';
import { belongs } from './aggregator.ts';
import { Prio3Error } from './errors.ts';
import { decodeVector, signed, sumOf } from './field.ts';
import type { Task } from './task.ts';
import { CELLS, LARGEST_COUNT, SUM_BYTES } from './vdaf.ts';
import type { AggregateFile } from './wire.ts';

export interface CombinedTable {
  readonly epoch: string;
  readonly contributors: number;
  readonly cells: readonly Cell[];
}

// so many scales away noise is found once in 10²⁷ cells
const FARTHEST = 64n;

/**
 * The table of two halves. Anybody may make it: the noise is in the halves already.
 *
 * @throws Prio3Error `no_match` where the halves are not of one sum
 */
export function combine(task: Task, files: readonly AggregateFile[]): CombinedTable {
  const [first, second] = task.aggregators.map(aggregator => {
    const file = files.find(one => one.aggregator === aggregator);
    if (file === undefined || files.length !== 2)
      throw new Prio3Error(
        'no_match',
        `a table is made of two aggregates, one of ${task.aggregators.join(' and one of ')}`,
      );
    belongs(file, { task, epoch: files[0]!.epoch, aggregator });
    return file;
  }) as [AggregateFile, AggregateFile];
  const [ofFirst, ofSecond] = [first, second].map(({ reports }) =>
    JSON.stringify(reports.map(({ contributor, report }) => [contributor, report]).sort()),
  );
  if (ofFirst !== ofSecond)
    throw new Prio3Error(
      'no_match',
      `reports: ${first.aggregator} and ${second.aggregator} added different reports up; their halves do not make a sum`,
    );
  if (first.reports.length < task.min_contributors)
    throw new Prio3Error(
      'too_few_contributors',
      `reports: ${first.reports.length} contributors, the task asks for ${task.min_contributors} (min_contributors)`,
    );
  const sum = sumOf(
    [first, second].map(({ share }) => decodeVector(decode(share, SUM_BYTES)!)!),
    CELLS,
  ).map(signed);
  const [numerator, denominator] = fraction(task.epsilon)!;
  const slack = (2n * FARTHEST * BigInt(task.sessions_per_user) * denominator) / numerator + FARTHEST;
  const most = BigInt(first.reports.length) * BigInt(LARGEST_COUNT);
  if (sum.some(count => count < -slack || count > most + slack))
    throw new Prio3Error(
      'no_match',
      'share: the two do not add up to counts; one was changed, or an aggregator did not keep to the protocol',
    );
  return { epoch: first.epoch, contributors: first.reports.length, cells: cellsOf(sum.map(Number), task.k) };
}

const cellsOf = (counts: readonly number[], k: number): Cell[] =>
  RISKS.flatMap((risk, r) =>
    LEVELS.map((autonomy, l): Cell => {
      const count = counts[r * LEVELS.length + l]!;
      return count < k ? { risk, autonomy, suppressed: 'below_k' } : { risk, autonomy, count };
    }),
  );
