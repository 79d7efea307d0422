import type { KeyObject } from 'node:crypto';
import {
  DirectoryKeyError,
  parseDirectory,
  parseDirectoryKey,
  VoprfError,
  type VoprfPseudonyms,
  voprfPseudonyms,
} from '../../sessions/index.ts';
import { UsageError } from '../usage.ts';
import { readText, tlsFiles } from './evaluator-files.ts';

/** The options with which a command reaches evaluators. */
export const CLIENT_OPTIONS = ['evaluators', 'token-file', 'client-cert', 'client-key', 'ca'] as const;
/** Of them those that may be repeated. */
export const CLIENT_LISTS = ['directory-key'] as const;

export const CLIENT_HELP = `  --evaluators FILE   instead of --key-file: the evaluators of the voprf tier with their keys (otel-alignment sessions directory)
  --directory-key KEY who may have made that file: 43 characters. One that is not signed with it is refused; may be repeated
  --token-file FILE   your token for them: one line, or one line for each, its id and the token
  --client-cert FILE, --client-key FILE
                      your certificate for them
  --ca FILE           the authority that their certificates are checked against; default: the system's`;

/** The pseudonyms of a directory of evaluators. @throws UsageError */
export async function evaluatorPseudonyms(
  values: Readonly<Record<string, string | undefined>>,
  lists: Readonly<Record<string, readonly string[]>>,
): Promise<VoprfPseudonyms> {
  const keys = directoryKeys(lists['directory-key']!);
  const path = values['evaluators']!;
  let json: unknown;
  try {
    json = JSON.parse(readText(path));
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${path}: no JSON`);
  }
  return spoken(() =>
    voprfPseudonyms({
      directory: parseDirectory(json, path, false, keys),
      token: values['token-file'] === undefined ? undefined : tokensIn(values['token-file']),
      tls: tlsFiles(values, ['client-cert', 'client-key', 'ca']),
    }),
  );
}

/** The keys that `--directory-key` names. @throws UsageError */
export function directoryKeys(texts: readonly string[]): readonly KeyObject[] {
  return keyed(() => texts.map(text => parseDirectoryKey(text, '--directory-key')));
}

/** Reads keys; what is wrong with one is said in one line. @throws UsageError */
export function keyed<T>(what: () => T): T {
  try {
    return what();
  } catch (error) {
    if (error instanceof DirectoryKeyError) throw new UsageError(error.message);
    throw error;
  }
}

/** Runs what asks evaluators; their failures are said in one line. */
export async function spoken<T>(what: () => Promise<T>): Promise<T> {
  try {
    return await what();
  } catch (error) {
    if (error instanceof VoprfError) throw new UsageError(error.message);
    throw error;
  }
}

function tokensIn(path: string): string | Record<string, string> {
  const lines = readText(path, true)
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => line.split(/\s+/));
  if (lines.length === 1 && lines[0]!.length === 1) return lines[0]![0]!;
  if (lines.length === 0 || lines.some(line => line.length !== 2))
    throw new UsageError(`${path}: must hold one token, or lines with an evaluator's id and its token`);
  return Object.fromEntries(lines as [string, string][]);
}
