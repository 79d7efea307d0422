import { readFileSync } from 'node:fs';
import {
  epochAt,
  epochOf,
  fetchEpoch,
  mergeEpoch,
  parseDirectory,
  VoprfError,
} from '../../sessions/index.ts';
import type { Command } from '../command.ts';
import { UsageError, unreadable } from '../usage.ts';
import { spoken } from './evaluator-client.ts';
import { tlsFiles } from './evaluator-files.ts';
import { sessionOptions } from './options.ts';
import { replaceFile } from './replace-file.ts';

const HELP = `Usage: otel-alignment sessions directory --evaluator URL --evaluator URL --out FILE [OPTIONS]

Asks evaluators for their keys and pins them in a directory, which all contributors of a layer share. A key that is pinned already is never
changed: an evaluator that shows another one is refused. Compare the file's keys with those that the operators announce.

Options:
  --evaluator URL     two or more
  --out FILE          the directory, made if it is not there
  --epoch WEEK        the first week, for example 2026-W47; default: this week and the next
  --client-cert FILE, --client-key FILE
                      your certificate for them
  --ca FILE           the authority that their certificates are checked against; default: the system's

Example:
  otel-alignment sessions directory --evaluator https://a.example.org --evaluator https://b.example.net --out directory.json

Exit codes: 0 all keys are pinned, 2 unusable command line or file, or an evaluator that does not answer or shows another key: then nothing
is written.
`;

export const directoryCommand: Command = {
  help: HELP,
  async run(args) {
    const { values, lists } = sessionOptions('directory', args, {
      text: ['out', 'epoch', 'client-cert', 'client-key', 'ca'],
      many: ['evaluator'],
      required: ['evaluator', 'out'],
    });
    const week = epochAt(Date.now());
    const epochs =
      values['epoch'] === undefined ? [week.id, epochAt(week.end).id] : [epochOf(values['epoch'])?.id];
    const out = values['out']!;
    let directory = existing(out);
    const tls = tlsFiles(values, ['client-cert', 'client-key', 'ca']);
    for (const epoch of epochs) {
      if (epoch === undefined)
        throw new UsageError(`--epoch ${values['epoch']}: an ISO week such as 2026-W47`);
      const document = await spoken(() => fetchEpoch(lists['evaluator']!, epoch, tls));
      directory = await spoken(async () => mergeEpoch(directory, document, out));
    }
    await replaceFile(out, async output => {
      await output.write(JSON.stringify(directory, null, 2));
    });
    process.stderr.write(`${out}: ${epochs.join(', ')} of ${lists['evaluator']!.length} evaluators\n`);
    return 0;
  },
};

function existing(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(path, error);
  }
  try {
    const json: unknown = JSON.parse(text);
    parseDirectory(json, path);
    return json;
  } catch (error) {
    throw new UsageError(error instanceof VoprfError ? error.message : `${path}: no JSON`);
  }
}
