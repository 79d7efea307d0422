import { countSessions, makeReport, parseCounts } from '../../../sessions/release/prio3/index.ts';
import type { Command } from '../../command.ts';
import { UsageError } from '../../usage.ts';
import { sessionOptions } from '../options.ts';
import { readFacts } from '../release-facts.ts';
import { writeJson } from '../release-ledger.ts';
import { epochIn, readJson, spoken, taskIn } from './files.ts';

const HELP = `Usage: otel-alignment sessions prio3 share --task FILE --contributor NAME --epoch WEEK (--in FILE | --counts FILE) --out NAME

Counts the sessions that you ran in one week by risk and autonomy, and cuts the counts in two: NAME.AGGREGATOR.json for each aggregator of
the task. Send each file to its aggregator alone, over TLS: who has both reads your counts. A contributor reports once a week.

Options:
  --task FILE         what all parties agree on; its id is printed, for you to compare
  --contributor NAME  you, as the task names you
  --epoch WEEK        for example 2026-W47
  --in FILE           stitched sessions of your own fragments (otel-alignment sessions stitch); may be repeated. Sessions that others
                      began are theirs to count
  --counts FILE       instead: {"cells": [{"risk": "high", "autonomy": "observer", "count": 12}]}; a cell that is not in it counts 0
  --out NAME          where the two files go, made with mode 0600

Of one user let at most as many sessions a week through as the task says (sessions_per_user), chosen at random: nobody can check that but
you.

Example:
  otel-alignment sessions prio3 share --task task.json --contributor p1 --epoch 2026-W47 --in sessions.jsonl --out p1

Exit codes: 0 the files are written, 1 so they are, but lines were skipped, 2 unusable command line or file: nothing is written.
`;

export const shareCommand: Command = {
  help: HELP,
  async run(args) {
    const { values, lists } = sessionOptions('prio3 share', args, {
      text: ['task', 'contributor', 'epoch', 'counts', 'out'],
      many: ['in'],
      required: ['task', 'contributor', 'epoch', 'out'],
    });
    const epoch = epochIn(values['epoch']!);
    const contributor = values['contributor']!;
    const files = lists['in']!;
    const counted = values['counts'];
    if (files.length > 0 === (counted !== undefined))
      throw new UsageError('sessions prio3 share needs either --in or --counts');
    const task = await taskIn(values['task']!);
    const { counts, skipped } =
      counted === undefined
        ? await ofSessions(files, epoch, contributor)
        : { counts: await spoken(() => parseCounts(readJson(counted, true), counted)), skipped: 0 };
    const reports = await spoken(() => makeReport(task, { epoch, contributor, counts }));
    for (const report of reports) await writeJson(`${values['out']}.${report.aggregator}.json`, report);
    process.stderr.write(`for the task ${task.id}\n`);
    for (const { aggregator } of reports)
      process.stderr.write(`${values['out']}.${aggregator}.json is for ${aggregator} alone\n`);
    return skipped > 0 ? 1 : 0;
  },
};

async function ofSessions(files: readonly string[], epoch: string, contributor: string) {
  const { facts, left } = await readFacts(files, epoch);
  const { counts, ofOthers, ofOtherWeeks } = countSessions(facts, { epoch, contributor });
  // for the contributor itself: its figures are in no file in the clear
  process.stderr.write(
    `${counts.reduce((sum, one) => sum + one, 0)} sessions of ${epoch} are counted; ${ofOthers} were begun by others, ${ofOtherWeeks} are of other weeks, ${left.conflicts} are in conflict, ${left.others} state no risk or no autonomy, ${left.again} came twice\n`,
  );
  return { counts, skipped: left.lines };
}
