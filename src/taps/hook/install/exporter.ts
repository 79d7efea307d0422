import { join } from 'node:path';
import { EXPORTER_FILE } from '../deliver.ts';
import type { Folder } from '../folder.ts';
import { type Change, readFile } from './change.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What decides where signals go. Agents may keep these from the programs that they start; Claude Code does. */
const VARIABLES = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_LOGS_HEADERS',
  'OTEL_EXPORTER_OTLP_TIMEOUT',
  'OTEL_EXPORTER_OTLP_LOGS_TIMEOUT',
  'OTEL_RESOURCE_ATTRIBUTES',
] as const;

/** Keeps what the environment says now, readable by the user only. Nothing where it says nothing. */
export function exporterChange(folder: Folder, env: Env): Change | undefined {
  const said = Object.fromEntries(VARIABLES.flatMap(name => (env[name] ? [[name, env[name]]] : [])));
  if (Object.keys(said).length === 0) return undefined;
  const file = join(folder.path, EXPORTER_FILE);
  const before = readFile(file);
  const after = `${JSON.stringify(said, null, 2)}\n`;
  return before === after ? undefined : { file, before, after, mode: 0o600 };
}

const PAIR = /"((?:[^"\\]|\\.)*)"(\s*:\s*)"((?:[^"\\]|\\.)*)"/g;
const SECRET = /key|token|secret|passw|auth|credential|header|cookie/i;
const USER = /\/\/[^/@\s"]*@/g;

/** Settings hold keys, and addresses passwords; nobody needs to see them on a screen. */
export const hideSecrets = (text: string | undefined): string =>
  (text ?? '')
    .replace(PAIR, (pair, name: string, colon: string) => (SECRET.test(name) ? `"${name}"${colon}"…"` : pair))
    .replace(USER, '//…@');
