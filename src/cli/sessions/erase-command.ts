import {
  derive,
  epochOf,
  eraseAt,
  evaluatorUrl,
  type JoinKey,
  LayerError,
  type PseudonymProvider,
  usableValue,
} from '../../sessions/index.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../usage.ts';
import {
  CLIENT_HELP,
  CLIENT_LISTS,
  CLIENT_OPTIONS,
  evaluatorPseudonyms,
  spoken,
} from './evaluator-client.ts';
import { readText, tlsFiles } from './evaluator-files.ts';
import { pseudonymsOf } from './keys.ts';
import { sessionOptions } from './options.ts';

const HELP = `Usage: otel-alignment sessions erase --layer URL --epoch WEEK (--trace ID | --traces FILE | --session ID) … [OPTIONS]

Has the layer erase your own fragments of traces: what other contributors reported of them stays theirs. Give the ids as your own
telemetry has them; the layer is told derived ones only, so the week's key must still be there. That ends 48 hours after the week. The
layer takes the fragments out when it next stitches or purges. Asking twice does no harm.

Options:
  --layer URL         the layer's service
  --epoch WEEK        the week in which the traces began, for example 2026-W47
  --trace ID          a trace id, 32 hex digits; may be repeated
  --traces FILE       trace ids, one a line
  --session ID        a session id of records that name no trace; may be repeated
  --layer-token FILE  your token for the layer
  --key-file FILE     keys by week (otel-alignment sessions keygen)
${CLIENT_HELP}

Example:
  otel-alignment sessions erase --layer https://layer.example.org --epoch 2026-W47 --trace 0af7651916cd43dd8448eb211c80319c \\
    --key-file asr.keys --layer-token token

Exit codes: 0 the layer has written down all of it, 2 unusable command line or file, or the layer or an evaluator refuses or is not there.
`;

export const eraseCommand: Command = {
  help: HELP,
  async run(args) {
    const { values, lists } = sessionOptions('erase', args, {
      text: ['layer', 'epoch', 'traces', 'layer-token', 'key-file', ...CLIENT_OPTIONS],
      many: ['trace', 'session', ...CLIENT_LISTS],
      required: ['layer', 'epoch'],
    });
    const layer = evaluatorUrl(values['layer']);
    if (layer === undefined) throw new UsageError('--layer must be https, or http to this machine');
    const epoch = values['epoch']!;
    if (epochOf(epoch) === undefined) throw new UsageError(`--epoch ${epoch}: an ISO week such as 2026-W47`);
    if ((values['key-file'] === undefined) === (values['evaluators'] === undefined))
      throw new UsageError('sessions erase needs --key-file or --evaluators, and not both');
    const keys = keysOf(lists['trace']!, values['traces'], lists['session']!);
    const token = values['layer-token'] === undefined ? undefined : tokenIn(values['layer-token']);
    const tls = tlsFiles(values, ['client-cert', 'client-key', 'ca']);
    const pseudonyms =
      values['key-file'] === undefined
        ? await evaluatorPseudonyms(values, lists)
        : pseudonymsOf(values['key-file']);
    const traceIds = await derivedIds(pseudonyms, epoch, keys);
    try {
      const { accepted, contributor } = await eraseAt({ layer, epoch, traceIds, token, tls });
      process.stderr.write(
        `${layer.origin}: ${accepted} traces of ${epoch} will be erased for ${contributor}\n`,
      );
    } catch (error) {
      if (error instanceof LayerError) throw new UsageError(error.message);
      throw error;
    }
    return 0;
  },
};

/** What the derived ids are made of. No id is quoted: who reads the error may not be who may see it. */
function keysOf(
  traces: readonly string[],
  file: string | undefined,
  sessions: readonly string[],
): readonly JoinKey[] {
  const keys: JoinKey[] = [];
  const trace = (id: string, at: string): void => {
    if (!/^(?!0{32})[0-9a-f]{32}$/i.test(id))
      throw new UsageError(`${at}: a trace id has 32 hex digits, not zeros alone`);
    keys.push({ type: 'w3c.trace_id', value: id.toLowerCase() });
  };
  for (const id of traces) trace(id, '--trace');
  if (file !== undefined)
    readText(file)
      .split(/\r?\n/)
      .forEach((line, i) => {
        if (line.trim() !== '') trace(line.trim(), `${file}:${i + 1}`);
      });
  for (const id of sessions) {
    const value = usableValue(id);
    if (value === undefined)
      throw new UsageError(
        '--session: no fragment is made under such an id; it is too short or could be guessed',
      );
    keys.push({ type: 'vendor.session', value });
  }
  if (keys.length === 0) throw new UsageError('sessions erase needs --trace, --traces or --session');
  return keys;
}

async function derivedIds(
  pseudonyms: PseudonymProvider & { readonly close?: () => void },
  epoch: string,
  keys: readonly JoinKey[],
): Promise<readonly string[]> {
  try {
    if (!pseudonyms.has(epoch))
      throw new UsageError(
        `there is no key for ${epoch}: it is destroyed 48 hours after the week, and nothing can be erased by id from then on`,
      );
    const ys = await spoken(() => pseudonyms.derive(epoch, keys));
    return ys.map(y => derive(y).traceId());
  } finally {
    pseudonyms.close?.();
  }
}

function tokenIn(path: string): string {
  const token = readText(path, true).trim();
  if (/\s/.test(token) || token === '')
    throw new UsageError(`${path}: must hold one token, and nothing else`);
  return token;
}
