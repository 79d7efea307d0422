import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sendTarget } from '../../otlp/send-target.ts';
import { exporterEnv } from './deliver.ts';
import { hookFolder, openFolder } from './folder.ts';
import { readNotes } from './notes.ts';
import { isPaused, kept } from './spool.ts';

/** What the hook has kept and could not do, for a person. */
export function describeStatus(env: Readonly<Record<string, string | undefined>>): string {
  const folder = openFolder(env);
  if (folder === undefined) {
    return `${hookFolder(env)}: cannot be used (permissions); the hook works without memory: it reports no stop and no mode, and signals that cannot be sent are lost\n`;
  }
  const files = kept(folder);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const lines = [
    `folder    ${folder.path}`,
    `endpoint  ${withoutUser(sendTarget(exporterEnv(env, folder))?.url) ?? 'none'}`,
    `sessions  ${sessionsIn(folder.path)} remembered`,
    `unsent    ${files.length} request${files.length === 1 ? '' : 's'}, ${bytes} bytes${isPaused(folder) ? '; the endpoint did not answer, next try in at most 30 s' : ''}`,
    ...[...readNotes(folder)].map(([what, count]) => `noted     ${what} ×${count}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** An address may hold a password, in front of the host or behind the question mark. */
function withoutUser(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  try {
    const { username, password, protocol, host, pathname, search } = new URL(url);
    const user = username === '' && password === '' ? '' : '…@';
    return `${protocol}//${user}${host}${pathname}${search === '' ? '' : '?…'}`;
  } catch {
    return 'no address';
  }
}

function sessionsIn(folder: string): number {
  try {
    return readdirSync(join(folder, 'sessions')).filter(name => name.endsWith('.json')).length;
  } catch {
    return 0;
  }
}
