import { closeSync, openSync, readFileSync, realpathSync, writeSync } from 'node:fs';
import { epochAt, epochOf, newKeyLine, parseKeyFile } from '../../sessions/index.ts';
import type { Command } from '../command.ts';
import { UsageError, unreadable } from '../usage.ts';
import { closedOf } from './keys.ts';
import { sessionOptions } from './options.ts';
import { replaceFile } from './replace-file.ts';

const HELP = `Usage: otel-alignment sessions keygen --out FILE [--epoch WEEK] [--weeks N] [--prune]

Adds keys to a key file, one line a week: the week and 64 hex digits. All contributors of one trust domain share the file; give
it to nobody else.
Deleting a line destroys that week's key: from then on nobody can compute its pseudonyms again. That must happen 48 hours after the week, in
every copy of the file: each contributor runs --prune on its own, every day.

Options:
  --out FILE     made with mode 0600 if it is not there; keys that are there stay
  --epoch WEEK   the first week, for example 2026-W47; default: this week
  --weeks N      how many; default 2
  --prune        adds none, and takes out those of weeks that are closed. The file is replaced whole or not at all

Examples:
  otel-alignment sessions keygen --out asr.keys
  otel-alignment sessions keygen --out asr.keys --prune

Exit codes: 0 the keys are there, 2 unusable command line or file.
`;

export const keygenCommand: Command = {
  help: HELP,
  async run(args) {
    const { values, flags } = sessionOptions('keygen', args, {
      text: ['out', 'epoch', 'weeks'],
      flags: ['prune'],
      required: ['out'],
    });
    const out = values['out']!;
    if (flags.has('prune')) {
      if (values['epoch'] !== undefined || values['weeks'] !== undefined)
        throw new UsageError('--prune stands without --epoch and --weeks');
      return prune(out);
    }
    const first = values['epoch'] === undefined ? epochAt(Date.now()) : epochOf(values['epoch']);
    if (first === undefined) throw new UsageError(`--epoch ${values['epoch']}: an ISO week such as 2026-W47`);
    const weeks = Number(values['weeks'] ?? '2');
    if (!Number.isInteger(weeks) || weeks < 1 || weeks > 53)
      throw new UsageError('--weeks is a number from 1 to 53');
    const { text: before, keys: there } = existing(out);
    const added: string[] = [];
    let text = '';
    for (let epoch = first, i = 0; i < weeks; i++, epoch = epochAt(epoch.end)) {
      if (there.has(epoch.id)) continue;
      text += newKeyLine(epoch.id);
      added.push(epoch.id);
    }
    // a last line that nothing ends would run into the first new one
    if (text !== '') append(out, before === '' || before.endsWith('\n') ? text : `\n${text}`);
    process.stderr.write(
      added.length > 0 ? `${out}: keys for ${added.join(', ')}\n` : `${out}: nothing to add\n`,
    );
    return 0;
  },
};

/** Deletes the lines of weeks that are closed; all else stays as it is. */
async function prune(path: string): Promise<number> {
  const { text, keys } = existing(path);
  const closed = new Set(closedOf(keys, Date.now()));
  if (closed.size > 0) {
    const kept = text.split('\n').filter(line => !closed.has(line.trim().split(/\s+/)[0]!));
    while (kept.at(-1) === '') kept.pop();
    // a link stays one, and what it leads to loses the key
    await replaceFile(realpathSync(path), async output => {
      for (const line of kept) await output.write(line);
    });
  }
  process.stderr.write(
    closed.size > 0
      ? `${path}: keys of ${[...closed].join(', ')} destroyed; do so in every copy\n`
      : `${path}: no key of a week that is closed\n`,
  );
  return 0;
}

function existing(path: string): { readonly text: string; readonly keys: ReadonlySet<string> } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { text: '', keys: new Set() };
    throw unreadable(path, error);
  }
  if (text.trim() === '') return { text, keys: new Set() };
  try {
    return { text, keys: new Set(parseKeyFile(text, path).keys()) };
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
