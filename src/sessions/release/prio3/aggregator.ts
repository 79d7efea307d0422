import { decode, encode } from '../../voprf/wire.ts';
import { fraction } from '../fraction.ts';
import { type ByteSource, discreteLaplace, systemBytes } from '../laplace.ts';
import { Prio3Error } from './errors.ts';
import { decodeVector, encodeVector, sumOf } from './field.ts';
import { nonceOf } from './report.ts';
import { placeOf, type Task } from './task.ts';
import { CELLS, INPUT_SHARE_BYTES, loadVdaf, PREPARATION_SHARE_BYTES, SUM_BYTES, type Vdaf } from './vdaf.ts';
import {
  type AggregateFile,
  head,
  type PreparationFile,
  parseReport,
  type ReportFile,
  type StateFile,
} from './wire.ts';

/** Why a report is not in the sum. */
export const REFUSALS = {
  unreadable: 'the file is no report',
  wrong_sender: 'the report says that it is of somebody else than who sent it',
  unknown_contributor: 'the task does not name this contributor',
  wrong_task: 'the report was made for another task: compare the task files',
  wrong_epoch: 'the report is of another week',
  wrong_aggregator: 'the report is for the other aggregator: the contributor mixed its two files up',
  duplicate: 'the contributor has reported already; one report a week counts, the first',
  invalid_share:
    'the share is not that of the report: it was tampered with, or the report was made for another week, task or contributor',
  missing_at_other: 'the other aggregator has no usable report of this contributor',
  not_the_same: 'the other aggregator has another report of this contributor',
  invalid_proof: 'the proof does not hold: a count is out of range, or the report was tampered with',
} as const;

export interface Refusal {
  readonly contributor: string;
  readonly reason: keyof typeof REFUSALS;
  /** Where the file says more. */
  readonly detail?: string;
}

/** A report as it came: the contributor is who the sender proved to be, not what the file says. */
export interface Received {
  readonly contributor: string;
  readonly json: unknown;
  /** As errors call the file. */
  readonly name: string;
}

export interface Role {
  readonly task: Task;
  readonly epoch: string;
  /** The name of this aggregator. */
  readonly aggregator: string;
}

type StateReport = StateFile['reports'][number];

const common = ({ task, epoch, aggregator }: Role) => ({ task: task.id, epoch, aggregator });

function misplaced({ task, epoch, aggregator }: Role, sender: string, report: ReportFile) {
  if (report.contributor !== sender) return 'wrong_sender';
  if (!task.contributors.includes(sender)) return 'unknown_contributor';
  if (report.task !== task.id) return 'wrong_task';
  if (report.epoch !== epoch) return 'wrong_epoch';
  return report.aggregator === aggregator ? undefined : 'wrong_aggregator';
}

/**
 * An aggregator's first step, done once a week when all reports are there: it looks at its shares. The state is secret; the preparation is for the other aggregator
 * and says nothing of the counts.
 *
 * @throws Prio3Error `dependency_missing`
 */
export async function prepareReports(
  role: Role,
  verifyKey: Uint8Array,
  received: readonly Received[],
): Promise<{ readonly state: StateFile; readonly refused: readonly Refusal[] }> {
  const vdaf = await loadVdaf();
  const place = placeOf(role.task, role.aggregator);
  const reports = new Map<string, StateReport>();
  const refused: Refusal[] = [];

  async function refusal({
    contributor,
    json,
    name,
  }: Received): Promise<Omit<Refusal, 'contributor'> | undefined> {
    let report: ReportFile;
    try {
      report = parseReport(json, name);
    } catch (error) {
      return { reason: 'unreadable', detail: (error as Error).message };
    }
    const reason = misplaced(role, contributor, report);
    if (reason !== undefined) return { reason };
    if (reports.has(contributor)) return { reason: 'duplicate' };
    const nonce = nonceOf(report);
    const share = decode(report.input_share, INPUT_SHARE_BYTES[place]);
    const publicShare = decode(report.public_share, 32)!;
    const prepared = share && (await vdaf.prepare(verifyKey, place, nonce, publicShare, share));
    if (prepared === undefined) return { reason: 'invalid_share' };
    reports.set(contributor, {
      contributor,
      report: encode(nonce),
      preparation_share: encode(prepared.preparationShare),
      joint_rand_seed: encode(prepared.jointRandSeed),
      output_share: encode(encodeVector(prepared.outputShare)),
    });
    return undefined;
  }

  for (const one of received) {
    const reason = await refusal(one);
    if (reason !== undefined) refused.push({ contributor: one.contributor, ...reason });
  }
  return { state: { ...head('state'), ...common(role), reports: [...reports.values()] }, refused };
}

/** What goes to the other aggregator. @throws Prio3Error `already_summed` */
export function preparationOf(state: StateFile): PreparationFile {
  if (state.aggregate !== undefined)
    throw new Prio3Error('already_summed', `the sum of ${state.epoch} is made; its reports are forgotten`);
  return {
    ...head('preparation'),
    task: state.task,
    epoch: state.epoch,
    aggregator: state.aggregator,
    reports: state.reports.map(({ contributor, report, preparation_share }) => ({
      contributor,
      report,
      preparation_share,
    })),
  };
}

/** The other aggregator. */
export const otherOf = ({ task, epoch, aggregator }: Role): Role => ({
  task,
  epoch,
  aggregator: task.aggregators[placeOf(task, aggregator) === 0 ? 1 : 0],
});

async function acceptance(
  vdaf: Vdaf,
  place: 0 | 1,
  own: StateReport,
  other: PreparationFile['reports'][number] | undefined,
): Promise<Refusal['reason'] | undefined> {
  if (other === undefined) return 'missing_at_other';
  if (other.report !== own.report) return 'not_the_same';
  const shares = [own, other].map(one => decode(one.preparation_share, PREPARATION_SHARE_BYTES)!);
  const [first, second] = place === 0 ? shares : shares.toReversed();
  return (await vdaf.verify(decode(own.joint_rand_seed, 16)!, [first!, second!]))
    ? undefined
    : 'invalid_proof';
}

/**
 * An aggregator's second step: it checks each proof with what the other aggregator found, and adds its halves of the good reports and its own noise up. The halves are
 * not in the new state.
 *
 * @param other from the other aggregator
 * @param bytes given in tests alone
 * @throws Prio3Error `too_few_contributors`: then nothing may be published; `already_summed`, `no_match`, `dependency_missing`
 */
export async function aggregateReports(
  role: Role,
  state: StateFile,
  other: PreparationFile,
  bytes: ByteSource = systemBytes(),
): Promise<{
  readonly state: StateFile;
  readonly aggregate: AggregateFile;
  readonly refused: readonly Refusal[];
}> {
  const { task, epoch } = role;
  if (state.aggregate !== undefined)
    throw new Prio3Error('already_summed', `the sum of ${epoch} is made already`);
  const place = placeOf(task, role.aggregator);
  belongs(other, otherOf(role));
  const vdaf = await loadVdaf();
  const theirs = new Map(other.reports.map(one => [one.contributor, one]));
  const refused: Refusal[] = [];
  const good: StateReport[] = [];
  for (const own of state.reports) {
    const reason = await acceptance(vdaf, place, own, theirs.get(own.contributor));
    if (reason === undefined) good.push(own);
    else refused.push({ contributor: own.contributor, reason });
  }
  if (good.length < task.min_contributors)
    throw new Prio3Error(
      'too_few_contributors',
      `${epoch}: reports of ${good.length} contributors are good, the task asks for ${task.min_contributors} (min_contributors). Nothing is released`,
    );
  const [numerator, denominator] = fraction(task.epsilon)!;
  const scale = [BigInt(task.sessions_per_user) * denominator, numerator] as const;
  const noise = Array.from({ length: CELLS }, () => discreteLaplace(scale, bytes));
  const halves = good.map(one => decodeVector(decode(one.output_share, SUM_BYTES)!)!);
  const named = good
    .map(({ contributor, report }) => ({ contributor, report }))
    .sort((a, b) => (a.contributor < b.contributor ? -1 : 1));
  const aggregate: AggregateFile = {
    ...head('aggregate'),
    ...common(role),
    reports: named,
    share: encode(encodeVector(sumOf([...halves, noise], CELLS))),
  };
  return { state: { ...state, reports: [], aggregate }, aggregate, refused };
}

/**
 * @param name as errors call the file
 * @throws Prio3Error `no_match` where a file is of another task, week or party
 */
export function belongs(
  file: Pick<AggregateFile, 'task' | 'epoch' | 'aggregator'>,
  { task, epoch, aggregator }: Role,
  name = `the file of ${file.aggregator}`,
): void {
  const wrong =
    file.task !== task.id
      ? 'task: is of another task; compare the task files'
      : file.epoch !== epoch
        ? `epoch: is of ${file.epoch}, and ${epoch} is wanted`
        : file.aggregator !== aggregator
          ? `aggregator: is of ${file.aggregator}, and that of ${aggregator} is wanted`
          : undefined;
  if (wrong !== undefined) throw new Prio3Error('no_match', `${name}: ${wrong}`);
}
