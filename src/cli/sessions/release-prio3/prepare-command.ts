import { existsSync } from 'node:fs';
import {
  parseState,
  preparationOf,
  prepareReports,
  type Received,
} from '../../../sessions/release/prio3/index.ts';
import type { Command } from '../../command.ts';
import { UsageError } from '../../usage.ts';
import { sessionOptions } from '../options.ts';
import { lock, writeJson } from '../release-ledger.ts';
import { isOf, jsonIn, readJson, roleIn, sayRefused, spoken, verifyKeyIn } from './files.ts';

const HELP = `Usage: otel-alignment sessions prio3 prepare --task FILE --aggregator NAME --epoch WEEK --key-file FILE
         --report CONTRIBUTOR=FILE … --state FILE --out FILE

An aggregator's first step, once all reports of a week are there: it looks at its halves and writes what the other aggregator needs to
check the proofs. This fixes the reports: what comes later is not in this week's table. Without --report the same file is written again.

Options:
  --task FILE         what all parties agree on
  --aggregator NAME   you, as the task names you
  --epoch WEEK        for example 2026-W47
  --key-file FILE     the verification key, which the two aggregators share
  --report NAME=FILE  a report, and who sent it: whom the sender proved to be (TLS, a signed mail), not what the file says. For each
                      contributor
  --state FILE        kept for the next step, with mode 0600. Secret: together with the other aggregator's it shows every contributor's
                      counts
  --out FILE          for the other aggregator

Example:
  otel-alignment sessions prio3 prepare --task task.json --aggregator a --epoch 2026-W47 --key-file verify.key \\
    --report p1=p1.a.json --report p2=p2.a.json --report p3=p3.a.json --state a.state --out from-a.json

Exit codes: 0 all reports are prepared, 1 some were refused and the others are prepared, 2 unusable command line or file, or no report is
usable: nothing is written.
`;

export const prepareCommand: Command = {
  help: HELP,
  async run(args) {
    const { values, lists } = sessionOptions('prio3 prepare', args, {
      text: ['task', 'aggregator', 'epoch', 'key-file', 'state', 'out'],
      many: ['report'],
      required: ['task', 'aggregator', 'epoch', 'key-file', 'state', 'out'],
    });
    const role = await roleIn(values);
    const key = await verifyKeyIn(values['key-file']!, role.task);
    const [statePath, out] = [values['state']!, values['out']!];
    const unlock = lock(statePath);
    try {
      if (existsSync(statePath)) {
        const state = await spoken(() => parseState(readJson(statePath, true), statePath));
        if (lists['report']!.length > 0 || !isOf(state, role))
          throw new UsageError(
            `${statePath}: ${state.epoch} is prepared for ${state.aggregator}, and its reports are fixed. Without --report its file is written again; for another week give another --state`,
          );
        await writeJson(out, await spoken(() => preparationOf(state)));
        process.stderr.write(`${out}: written again, the same\n`);
        return 0;
      }
      const reports = lists['report']!.map(received);
      if (reports.length === 0) throw new UsageError('sessions prio3 prepare needs --report');
      const { state, refused } = await spoken(() => prepareReports(role, key, reports));
      const code = sayRefused(refused);
      if (state.reports.length === 0) throw new UsageError('no report is usable; nothing is written');
      await writeJson(statePath, state);
      await writeJson(out, preparationOf(state));
      process.stderr.write(`${state.reports.length} of ${reports.length} reports are prepared: ${out}\n`);
      return code;
    } finally {
      unlock();
    }
  },
};

function received(given: string): Received {
  const at = given.indexOf('=');
  if (at < 1) throw new UsageError(`--report ${given}: a contributor and its file, such as p1=report.json`);
  const [contributor, name] = [given.slice(0, at), given.slice(at + 1)];
  return { contributor, name, json: jsonIn(name, true) };
}
