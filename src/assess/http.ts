import type { Effects } from './effects.ts';
import { isPersonal } from './paths.ts';
import { GENERAL } from './rules/general.ts';
import { HTTP_RULES } from './rules/http.ts';
import type { Rule } from './rules/rule.ts';
import { hasDigit } from './words.ts';

const MAX_URL_LENGTH = 2048;
const METHODS: ReadonlySet<string> = new Set(HTTP_RULES.flatMap(rule => rule.methods));

/** True for the name of an HTTP method that a rule knows. */
export function isMethod(text: string): boolean {
  return METHODS.has(text.toUpperCase());
}

/** Adds what a request means. An unknown method counts as `POST`. */
export function addRequest(effects: Effects, url: string, method: string, floor?: Rule): void {
  const { host, path } = splitUrl(url);
  if (host === '') return;
  const loopback = isLoopback(host);
  const { http } = effects.tables;
  const rows = http.get(`${method.toUpperCase()} ${loopback}`) ?? http.get(`POST ${loopback}`);
  const rule = rows?.find(
    row =>
      (row.hosts === undefined || row.hosts.some(one => isHost(host, one))) &&
      (row.parts === undefined || row.parts.includes(lastName(path))),
  );
  if (rule === undefined) return;
  const file = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const personal = rule.fetches === true && rule.sends !== true && isPersonal(file);
  effects.add(personal ? GENERAL.personalFetched : rule, `url:${host}${path}`, floor);
}

/** Host and path of a URL, the scheme being optional. Credentials, port, query and fragment are left out. */
export function splitUrl(raw: string): { host: string; path: string } {
  const text = raw.slice(0, MAX_URL_LENGTH).trim();
  const scheme = text.indexOf('://');
  const rest = scheme >= 0 ? text.slice(scheme + 3) : text;
  let end = rest.length;
  let cut = rest.length;
  for (let i = 0; i < rest.length; i++) {
    const c = rest[i];
    if (c === '?' || c === '#') {
      cut = i;
      break;
    }
    if (end === rest.length && (c === '/' || c === '\\')) end = i;
  }
  const authority = rest.slice(0, Math.min(end, cut));
  const path = end < cut ? rest.slice(end, cut) : '';
  const server = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase();
  const bracket = server.startsWith('[') ? server.indexOf(']') : -1;
  const host = bracket > 0 ? server.slice(1, bracket) : (server.split(':', 1)[0] ?? '');
  return { host, path: path === '/' ? '' : path };
}

/** The last part of a path without a digit: what a request makes or changes. */
function lastName(path: string): string {
  const parts = path.toLowerCase().split('/', 16);
  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i] as string;
    if (part !== '' && !hasDigit(part)) return part;
  }
  return '';
}

function isHost(host: string, wanted: string): boolean {
  if (wanted.endsWith('.')) return host.startsWith(wanted);
  return wanted.startsWith('.') ? host.endsWith(wanted) : host === wanted;
}

/** True for a name or an address of this machine. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost') || host === '::1' || host === '0.0.0.0')
    return true;
  const parts = host.split('.');
  return (
    parts.length === 4 &&
    parts[0] === '127' &&
    parts.every(part => part !== '' && Number.isInteger(Number(part)))
  );
}
