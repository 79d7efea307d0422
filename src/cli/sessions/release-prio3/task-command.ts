import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { newTask, parseTask } from '../../../sessions/release/prio3/index.ts';
import type { Command } from '../../command.ts';
import { UsageError } from '../../usage.ts';
import { readText } from '../evaluator-files.ts';
import { sessionOptions } from '../options.ts';
import { writeJson } from '../release-ledger.ts';
import { replaceFile } from '../replace-file.ts';
import { spoken } from './files.ts';

const HELP = `Usage: otel-alignment sessions prio3 task --aggregator NAME --aggregator NAME --contributor NAME … --key-file FILE --out FILE [OPTIONS]

Writes what all parties agree on, and makes the verification key of the two aggregators. Give the task to everybody, and the key to the
other aggregator alone: who knows it can pass counts that are out of range. The task commits to the key, and every other file to the task,
so that nothing can be changed later; compare the task's id, which is printed.

Options:
  --aggregator NAME      two
  --contributor NAME     who may report; three or more
  --key-file FILE        made with mode 0600 if it is not there
  --out FILE             the task. One that is there is left alone
  --epsilon E            ε of a week's table; default 1
  --k N                  noisy counts below N are not shown; default 40
  --contributors N       a week with fewer good reports is not released; default and least 3
  --sessions-per-user N  sessions of one user that a contributor counts in a week; default 8

Example:
  otel-alignment sessions prio3 task --aggregator a --aggregator b --contributor p1 --contributor p2 --contributor p3 \\
    --key-file verify.key --out task.json

Exit codes: 0 the task is written, 2 unusable command line or file: nothing is written.
`;

export const taskCommand: Command = {
  help: HELP,
  async run(args) {
    const { values, lists } = sessionOptions('prio3 task', args, {
      text: ['key-file', 'out', 'epsilon', 'k', 'contributors', 'sessions-per-user'],
      many: ['aggregator', 'contributor'],
      required: ['aggregator', 'contributor', 'key-file', 'out'],
    });
    const [out, keyFile] = [values['out']!, values['key-file']!];
    if (existsSync(out))
      throw new UsageError(
        `${out}: there is a task already; everything made for it would be worthless under another one`,
      );
    const isNew = !existsSync(keyFile);
    const digits = isNew ? randomBytes(16).toString('hex') : readText(keyFile, true).trim();
    if (!/^[0-9a-f]{32}$/.test(digits))
      throw new UsageError(`${keyFile}: must hold the verification key, 32 hexadecimal digits`);
    const number = (option: string, field: string) =>
      values[option] === undefined ? {} : { [field]: Number(values[option]) };
    const task = await spoken(() =>
      newTask(
        {
          aggregators: lists['aggregator'] as unknown as readonly [string, string],
          contributors: lists['contributor']!,
          ...(values['epsilon'] !== undefined && { epsilon: values['epsilon'] }),
          ...number('k', 'k'),
          ...number('contributors', 'min_contributors'),
          ...number('sessions-per-user', 'sessions_per_user'),
        },
        Buffer.from(digits, 'hex'),
      ),
    );
    if (isNew)
      await replaceFile(keyFile, async output => {
        await output.write(digits);
      });
    await writeJson(out, task);
    const { id } = parseTask(task, out);
    process.stderr.write(`task ${id}: ${out}\n${keyFile} is for ${task.aggregators.join(' and ')} alone\n`);
    return 0;
  },
};
