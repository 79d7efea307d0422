import { addRequest } from './http.ts';
import type { ShellReader } from './shell.ts';
import type { Call } from './shell-table.ts';

const BODY_FLAGS = [
  '-d',
  '--data',
  '--data-raw',
  '--data-binary',
  '--data-urlencode',
  '--json',
  '-F',
  '--form',
  '--post-data',
  '--post-file',
];

/** `curl` and `wget`: the request, and the files that go out and come in. */
export function request(shell: ShellReader, call: Call): void {
  const { line } = call;
  const curl = line.program === 'curl';
  const value = (...flags: string[]): string | undefined =>
    flags.map(flag => line.values.get(flag)?.at(-1)).find(v => v !== undefined);
  let method = curl ? value('-X', '--request') : value('--method');
  const uploads = curl ? [...(line.values.get('-T') ?? []), ...(line.values.get('--upload-file') ?? [])] : [];
  const bodies = BODY_FLAGS.flatMap(flag => (curl || flag.length > 2 ? (line.values.get(flag) ?? []) : []));
  if (method === undefined && curl && (line.flags.has('-G') || line.flags.has('--get'))) method = 'GET';
  method ??= uploads.length > 0 ? 'PUT' : bodies.length > 0 ? 'POST' : 'GET';
  const urls = [...line.operands, ...(line.values.get('--url') ?? [])];
  for (const url of urls) addRequest(shell.effects, url, method, shell.floor);
  if (urls.length === 0) addRequest(shell.effects, '$url', method, shell.floor);
  for (const file of uploads) if (file !== '-') shell.path(file, 'read');
  for (const file of line.values.get('--post-file') ?? []) shell.path(file, 'read');
  for (const body of bodies) {
    const at = body.startsWith('@') ? 0 : body.indexOf('=@');
    if (at >= 0) shell.path(body.slice(at === 0 ? 1 : at + 2), 'read');
  }
  const output = curl ? value('-o', '--output') : value('-O', '--output-document');
  if (output !== undefined && output !== '-') shell.path(output, 'write');
}
