import { readFileSync } from 'node:fs';
import {
  directoryKeyOf,
  epochAt,
  epochOf,
  fetchEpoch,
  mergeEpoch,
  parseDirectory,
  parseSignKey,
  signDirectory,
  VoprfError,
} from '../../sessions/index.ts';
import type { Command } from '../command.ts';
import { UsageError, unreadable } from '../usage.ts';
import { directoryKeys, keyed, spoken } from './evaluator-client.ts';
import { readText, tlsFiles } from './evaluator-files.ts';
import { sessionOptions } from './options.ts';
import { replaceFile } from './replace-file.ts';

const HELP = `Usage: otel-alignment sessions directory --evaluator URL --evaluator URL --out FILE [OPTIONS]

Asks evaluators for their keys and pins them in a directory, which all contributors of a layer share. A key that is pinned already is never
changed: an evaluator that shows another one is refused. Compare the file's keys with those that the operators announce.
With --sign-key each week is signed, and contributors who pin the key that is said then (--directory-key) take no other file.

Options:
  --evaluator URL     two or more
  --out FILE          the directory, made if it is not there
  --epoch WEEK        the first week, for example 2026-W47; default: this week and the next
  --sign-key FILE     the private Ed25519 key that signs the directory, in PEM form
  --directory-key KEY the key that signed before, where it was another one: 43 characters; may be repeated
  --client-cert FILE, --client-key FILE
                      your certificate for them
  --ca FILE           the authority that their certificates are checked against; default: the system's

Example:
  otel-alignment sessions directory --evaluator https://a.example.org --evaluator https://b.example.net --out directory.json
  openssl genpkey -algorithm ed25519 -out directory.key && otel-alignment sessions directory --sign-key directory.key \\
    --evaluator https://a.example.org --evaluator https://b.example.net --out directory.json

Exit codes: 0 all keys are pinned, 2 unusable command line or file, or an evaluator that does not answer or shows another key: then nothing
is written.
`;

export const directoryCommand: Command = {
  help: HELP,
  async run(args) {
    const { values, lists } = sessionOptions('directory', args, {
      text: ['out', 'epoch', 'sign-key', 'client-cert', 'client-key', 'ca'],
      many: ['evaluator', 'directory-key'],
      required: ['evaluator', 'out'],
    });
    const epochs = epochsOf(values['epoch']);
    const out = values['out']!;
    const signKey = values['sign-key'];
    const key = signKey && keyed(() => parseSignKey(readText(signKey, true), signKey));
    const trusted = directoryKeys(lists['directory-key']!);
    let directory = existing(out);
    const tls = tlsFiles(values, ['client-cert', 'client-key', 'ca']);
    for (const epoch of epochs) {
      const document = await spoken(() => fetchEpoch(lists['evaluator']!, epoch, tls));
      directory = await spoken(async () => mergeEpoch(directory, document, out, signKey !== undefined));
    }
    if (key) directory = await spoken(async () => signDirectory(directory, epochs, key, trusted, out));
    await replaceFile(out, async output => {
      await output.write(JSON.stringify(directory, null, 2));
    });
    process.stderr.write(`${out}: ${epochs.join(', ')} of ${lists['evaluator']!.length} evaluators\n`);
    if (key) process.stderr.write(`signed; contributors pin --directory-key ${directoryKeyOf(key)}\n`);
    return 0;
  },
};

/** The week that is asked for, or this one and the next. */
function epochsOf(asked: string | undefined): readonly string[] {
  const week = epochAt(Date.now());
  if (asked === undefined) return [week.id, epochAt(week.end).id];
  if (epochOf(asked) === undefined) throw new UsageError(`--epoch ${asked}: an ISO week such as 2026-W47`);
  return [asked];
}

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
