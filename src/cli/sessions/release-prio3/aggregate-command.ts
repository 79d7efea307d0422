import { fraction } from '../../../sessions/release/fraction.ts';
import {
  aggregateReports,
  belongs,
  otherOf,
  parsePreparation,
  parseState,
  type StateFile,
} from '../../../sessions/release/prio3/index.ts';
import type { Command } from '../../command.ts';
import { UsageError } from '../../usage.ts';
import { sessionOptions } from '../options.ts';
import { lock, withSpending, writeJson } from '../release-ledger.ts';
import { isOf, readJson, roleIn, sayRefused, spoken } from './files.ts';

const HELP = `Usage: otel-alignment sessions prio3 aggregate --task FILE --aggregator NAME --epoch WEEK --state FILE
         --preparation FILE --ledger FILE --out FILE [--budget B]

An aggregator's second step: with what the other aggregator found it checks the proof of every report, adds its halves of the good ones
up, and adds discrete Laplace noise of its own to each cell. The halves of the single reports are then removed from the state. Called
again, it writes the same file again and spends nothing.

Options:
  --task FILE         what all parties agree on
  --aggregator NAME   you, as the task names you
  --epoch WEEK        for example 2026-W47
  --state FILE        of your first step
  --preparation FILE  from the other aggregator
  --ledger FILE       your own, made if it is not there. Keep it: without it what was spent is forgotten
  --out FILE          your half of the table, noise included
  --budget B          of a new ledger: ε of a week; default 1

Example:
  otel-alignment sessions prio3 aggregate --task task.json --aggregator a --epoch 2026-W47 --state a.state \\
    --preparation from-b.json --ledger ledger.json --out half-a.json

Exit codes: 0 all reports are in, 1 some were refused and the others are in, 2 unusable command line or file, too few contributors, or the
budget is spent: nothing is written.
`;

export const aggregateCommand: Command = {
  help: HELP,
  async run(args) {
    const { values } = sessionOptions('prio3 aggregate', args, {
      text: ['task', 'aggregator', 'epoch', 'state', 'preparation', 'ledger', 'out', 'budget'],
      required: ['task', 'aggregator', 'epoch', 'state', 'preparation', 'ledger', 'out'],
    });
    const role = await roleIn(values);
    const [statePath, otherPath, ledgerPath, out] = ['state', 'preparation', 'ledger', 'out'].map(
      name => values[name]!,
    ) as [string, string, string, string];
    const unlock: (() => void)[] = [];
    try {
      for (const path of [statePath, ledgerPath]) unlock.push(lock(path));
      const before = await spoken(() => parseState(readJson(statePath, true), statePath));
      if (!isOf(before, role))
        throw new UsageError(
          `${statePath}: is of another task, week or aggregator (${before.epoch}, ${before.aggregator})`,
        );
      if (before.aggregate !== undefined) return await again(before.aggregate, out);
      const other = await spoken(() => parsePreparation(readJson(otherPath), otherPath));
      await spoken(() => belongs(other, otherOf(role), otherPath));
      const { state, aggregate, refused } = await spoken(() => aggregateReports(role, before, other));
      const [numerator, denominator] = fraction(role.task.epsilon)!;
      const ledger = withSpending(ledgerPath, Number(values['budget'] ?? '1'), {
        epoch: role.epoch,
        epsilon: Number(numerator) / Number(denominator),
        release: `risk × autonomy, prio3-2p, half of ${role.aggregator}`,
        time: new Date().toISOString(),
      });
      const code = sayRefused(refused);
      // first the spending, then the half: a crash in between loses a table, never the count of what was spent
      await writeJson(ledgerPath, ledger);
      await writeJson(statePath, state);
      await writeJson(out, aggregate);
      process.stderr.write(`${aggregate.reports.length} contributors are in the sum: ${out}\n`);
      return code;
    } finally {
      for (const one of unlock) one();
    }
  },
};

async function again(aggregate: NonNullable<StateFile['aggregate']>, out: string): Promise<number> {
  await writeJson(out, aggregate);
  process.stderr.write(`${out}: written again, the same; nothing more is spent\n`);
  return 0;
}
