import { addRequest, isLoopback, isMethod, splitUrl } from './http.ts';
import { normalisePath, zoneOf } from './paths.ts';
import { GENERAL } from './rules/general.ts';
import { namesSecret } from './secret-variables.ts';
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
  for (const header of [...(line.values.get('-H') ?? []), ...(line.values.get('--header') ?? [])])
    if (namesSecret(header) !== undefined) shell.add(GENERAL.secretUsed);
  const users = curl ? [...(line.values.get('-u') ?? []), ...(line.values.get('--user') ?? [])] : [];
  if (users.some(holdsPassword) && urls.some(url => !isLoopback(splitUrl(url).host)))
    shell.add(GENERAL.passwordGiven);
  for (const file of uploads) if (file !== '-') shell.path(file, 'read');
  for (const file of line.values.get('--post-file') ?? []) shell.path(file, 'read');
  for (const body of bodies) {
    const at = body.startsWith('@') ? 0 : body.indexOf('=@');
    if (at >= 0) shell.path(body.slice(at === 0 ? 1 : at + 2), 'read');
  }
  const output = curl ? value('-o', '--output') : value('-O', '--output-document');
  const saves = output !== undefined && output !== '-' && !output.startsWith('/dev/');
  const reads = method === 'GET' || method === 'get';
  const names = curl ? line.flags.has('-O') : output === undefined && !line.flags.has('--spider');
  if (reads && (saves || names)) shell.add(GENERAL.download);
  // where it is put is a part of fetching it
  if (reads && saves && zoneOf(normalisePath(output, shell.place), shell.place) === 'outside')
    shell.add(GENERAL.downloadOutside);
  if (saves) shell.path(output, 'write');
}

/** `ada:hunter2`, but neither `ada`, which asks for it, nor `ada:$PASSWORD`. */
function holdsPassword(user: string): boolean {
  const colon = user.indexOf(':');
  return colon > 0 && colon < user.length - 1 && user[colon + 1] !== '$';
}

/** HTTPie and its kin: `http [METHOD] URL [items]`. */
export function httpie(shell: ShellReader, call: Call): void {
  const [first, ...rest] = call.line.operands;
  const named = first !== undefined && isMethod(first);
  const url = named ? rest[0] : first;
  const items = named ? rest.slice(1) : rest;
  const sends = items.some(item => item.includes('=') && !item.includes('=='));
  addRequest(shell.effects, url ?? '$url', named ? first : sends ? 'POST' : 'GET', shell.floor);
}
