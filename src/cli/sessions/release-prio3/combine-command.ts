import { combine, parseAggregate, prio3Statement } from '../../../sessions/release/prio3/index.ts';
import type { Command } from '../../command.ts';
import { sessionOptions } from '../options.ts';
import { writeJson } from '../release-ledger.ts';
import { readJson, spoken, taskIn } from './files.ts';

const HELP = `Usage: otel-alignment sessions prio3 combine --task FILE --in FILE --in FILE --out FILE

Adds the two halves up to the table of the week. The noise is in them already, so anybody may do this. What the table promises, and what
nobody could check, stands in it.

Options:
  --task FILE  what all parties agree on
  --in FILE    the halves of both aggregators
  --out FILE   the table with its statement, as JSON

Example:
  otel-alignment sessions prio3 combine --task task.json --in half-a.json --in half-b.json --out table.json

Exit codes: 0 the table is written, 2 unusable command line or file, or halves that do not belong together: nothing is written.
`;

export const combineCommand: Command = {
  help: HELP,
  async run(args) {
    const { values, lists } = sessionOptions('prio3 combine', args, {
      text: ['task', 'out'],
      many: ['in'],
      required: ['task', 'in', 'out'],
    });
    const task = await taskIn(values['task']!);
    const out = values['out']!;
    const table = await spoken(() =>
      combine(
        task,
        lists['in']!.map(path => parseAggregate(readJson(path), path)),
      ),
    );
    await writeJson(out, {
      version: 1,
      epoch: table.epoch,
      table: 'risk × autonomy',
      guarantee: prio3Statement(task),
      contributors: table.contributors,
      cells: table.cells,
    });
    const shown = table.cells.filter(cell => cell.count !== undefined).length;
    process.stderr.write(
      `${shown} of ${table.cells.length} cells shown, of ${table.contributors} contributors: ${out}\n`,
    );
    return 0;
  },
};
