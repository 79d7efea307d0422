import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { epochAt, epochOf, newKeyLine, parseKeyFile } from '../../sessions/index.ts';
import type { Command } from '../command.ts';
import { UsageError, unreadable } from '../usage.ts';
import { sessionOptions } from './options.ts';

const HELP = `Usage: otel-alignment sessions keygen --out FILE [--epoch WEEK] [--weeks N]

Adds keys to a key file, one line a week: the week and 64 hex digits. All contributors of one trust domain share the file; give
it to nobody else.
Deleting a line destroys that week's key: from then on nobody can compute its pseudonyms again.

Options:
  --out FILE     made with mode 0600 if it is not there; keys that are there stay
  --epoch WEEK   the first week, for example 2026-W47; default: this week
  --weeks N      how many; default 2

Example:
  otel-alignment sessions keygen --out asr.keys

Exit codes: 0 the keys are there, 2 unusable command line or file.
`;

export const keygenCommand: Command = {
  help: HELP,
  async run(args) {
    const { values } = sessionOptions('keygen', args, { text: ['out', 'epoch', 'weeks'], required: ['out'] });
    const out = values['out']!;
    const first = values['epoch'] === undefined ? epochAt(Date.now()) : epochOf(values['epoch']);
    if (first === undefined) throw new UsageError(`--epoch ${values['epoch']}: an ISO week such as 2026-W47`);
    const weeks = Number(values['weeks'] ?? '2');
    if (!Number.isInteger(weeks) || weeks < 1 || weeks > 53)
      throw new UsageError('--weeks is a number from 1 to 53');
    const there = existing(out);
    const added: string[] = [];
    let text = '';
    for (let epoch = first, i = 0; i < weeks; i++, epoch = epochAt(epoch.end)) {
      if (there.has(epoch.id)) continue;
      text += newKeyLine(epoch.id);
      added.push(epoch.id);
    }
    if (text !== '') append(out, text);
    process.stderr.write(
      added.length > 0 ? `${out}: keys for ${added.join(', ')}\n` : `${out}: nothing to add\n`,
    );
    return 0;
  },
};

function existing(path: string): ReadonlySet<string> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Set();
    throw unreadable(path, error);
  }
  if (text.trim() === '') return new Set();
  try {
    return new Set(parseKeyFile(text, path).keys());
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function append(path: string, text: string): void {
  try {
    const file = openSync(path, 'a', 0o600);
    try {
      writeSync(file, text);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}
