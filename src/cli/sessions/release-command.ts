import { RELEASE_DEFAULTS, releaseTable, statement } from '../../sessions/index.ts';
import { fraction } from '../../sessions/release/fraction.ts';
import { windowOf } from '../../sessions/voprf/window.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../usage.ts';
import { sessionOptions } from './options.ts';
import { readFacts } from './release-facts.ts';
import { lock, withSpending, writeJson } from './release-ledger.ts';

const HELP = `Usage: otel-alignment sessions release --in FILE --epoch WEEK --ledger FILE --out FILE [OPTIONS]

Counts the stitched sessions of one week by risk and autonomy, with differential privacy: 30 cells that are public beforehand, exact
discrete Laplace noise on each. What every table promises, on which conditions, and what not, stands in it. The ledger keeps what was spent
of the week's budget and refuses more. Counted are sessions whose spans state risk and autonomy, as the span processor writes them;
telemetry that was only assessed afterwards (assess --otlp) has signals, but no risk of each step. Sessions in conflict are not counted.

The week must be closed, 48 hours after its end, and stitched after that, in one run.

Options:
  --in FILE           stitched sessions (otel-alignment sessions stitch); may be repeated
  --epoch WEEK        for example 2026-W47
  --ledger FILE       made if it is not there. Keep it: without it what was spent is forgotten
  --out FILE          the table with its statement, as JSON
  --epsilon E         ε of this table; default 1
  --budget B          of a new ledger: ε of a week; default 1
  --k N               noisy counts below N are not shown; default 20
  --contributors N    cells with fewer contributors are not shown; default 3
  --trial             also a week that is not closed; the table says so. Never publish two tables of a week that differ

Where nobody shall see the sessions of all: otel-alignment sessions prio3 --help

Example:
  otel-alignment sessions release --in sessions.jsonl --epoch 2026-W47 --ledger ledger.json --out table.json

Exit codes: 0 the table is written, 1 so it is, but lines were skipped, 2 unusable command line or file, or the budget is spent: nothing is
written.
`;

export const releaseCommand: Command = {
  help: HELP,
  async run(args) {
    const { values, lists, flags } = sessionOptions('release', args, {
      text: ['epoch', 'ledger', 'out', 'epsilon', 'budget', 'k', 'contributors'],
      many: ['in'],
      flags: ['trial'],
      required: ['in', 'epoch', 'ledger', 'out'],
    });
    const epoch = values['epoch']!;
    const closes = windowOf(epoch)?.closes;
    if (closes === undefined) throw new UsageError(`--epoch ${epoch}: an ISO week such as 2026-W47`);
    const isTrial = flags.has('trial');
    if (!isTrial && Date.now() < closes)
      throw new UsageError(
        `--epoch ${epoch}: is not closed before ${new Date(closes).toISOString()}; until then fragments come and go, and nothing is released`,
      );
    const epsilon = fraction(values['epsilon'] ?? '1');
    if (epsilon === undefined) throw new UsageError('--epsilon is a positive decimal number such as 0.5');
    const whole = (name: string, fallback: number): number => {
      const value = Number(values[name] ?? fallback);
      if (!Number.isInteger(value) || value < 1)
        throw new UsageError(`--${name} is a whole number from 1 on`);
      return value;
    };
    const options = {
      ...RELEASE_DEFAULTS,
      epoch,
      epsilon,
      k: whole('k', RELEASE_DEFAULTS.k),
      minContributors: whole('contributors', RELEASE_DEFAULTS.minContributors),
    };
    const out = values['out']!;
    const unlock = lock(values['ledger']!);
    try {
      const ledger = withSpending(values['ledger']!, Number(values['budget'] ?? '1'), {
        epoch,
        epsilon: Number(epsilon[0]) / Number(epsilon[1]),
        release: 'risk × autonomy',
        time: new Date().toISOString(),
      });
      const { facts, left } = await readFacts(lists['in']!, epoch, isTrial ? undefined : closes);
      // for the layer's operator: none of these figures is in the table
      const here = facts.filter(one => one.epoch === epoch).length;
      process.stderr.write(
        `${here} sessions of ${epoch} are counted; ${facts.length - here} are of other weeks, ${left.conflicts} are in conflict, ${left.others} state no risk or no autonomy, ${left.again} came twice\n`,
      );
      // first the spending, then the table: a crash in between loses a table, never the count of what was spent
      await writeJson(values['ledger']!, ledger);
      const table = {
        version: 1,
        epoch,
        table: 'risk × autonomy',
        ...(isTrial && { trial: true }),
        guarantee: statement(options),
        cells: releaseTable(facts, options),
      };
      await writeJson(out, table);
      const shown = table.cells.filter(cell => cell.count !== undefined).length;
      process.stderr.write(`${shown} of ${table.cells.length} cells shown: ${out}\n`);
      return left.lines > 0 ? 1 : 0;
    } finally {
      unlock();
    }
  },
};
