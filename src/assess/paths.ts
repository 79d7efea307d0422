import type { Effects } from './effects.ts';
import type { Zone } from './rules/paths.ts';
import {
  ACCESS_FILES,
  ACCESS_FOLDERS,
  CONTROL_FILES,
  CONTROL_FOLDERS,
  CONTROL_PARENTS,
  DATA_ENDINGS,
  DISK_PREFIXES,
  DOCUMENTATION_ENDINGS,
  ENV_EXAMPLE_ENDINGS,
  ENV_EXAMPLE_WORDS,
  GUARD_PLACES,
  HARMLESS_DEVICES,
  HISTORY_ENDINGS,
  KEY_ENDINGS,
  KEY_FILES,
  KEY_FOLDERS,
  KEY_PLACES,
  LOG_FILES,
  LOG_FOLDERS,
  PASSING_ENDINGS,
  type PackPlace,
  PERSONAL_WORDS,
  PROSE_ENDINGS,
  PUBLIC_KEY_FILES,
  REBUILDABLE_FOLDERS,
  RECORD_ENDINGS,
  SECRET_ENDINGS,
  SECRET_FILES,
  SECRET_FOLDERS,
  SECRET_PLACES,
  SECRET_WORD_ENDINGS,
  SECRET_WORDS,
  SERVICE_FOLDERS,
  SOCKET_PREFIXES,
  SYSTEM_FOLDERS,
  TEMPORARY_FOLDERS,
  VCS_FOLDERS,
} from './rules/places.ts';
import type { Access, Rule } from './rules/rule.ts';

const MAX_PATH_LENGTH = 1024;
const MAX_FOLDER_LENGTH = 384;
const UNKNOWN_FOLDER = '$unknown';
const HOME_VARIABLES = [`$\{HOME}`, '$HOME'];

/** Where relative paths start, and the workspace that they are measured against. Both normalised. */
export interface Place {
  readonly workspace: string | undefined;
  /** Absent: the working folder is not known and taken for the workspace. */
  readonly folder: string | undefined;
  /** The home folder, as far as the workspace's path tells. */
  readonly home: string | undefined;
  /** What packs say of where paths lie. */
  readonly places: readonly PackPlace[];
}

export function placeOf(workspace: string | undefined, places: readonly PackPlace[] = []): Place {
  if (typeof workspace !== 'string' || workspace === '')
    return { workspace: undefined, folder: undefined, home: undefined, places };
  const root = collapse(slashes(workspace.slice(0, MAX_PATH_LENGTH)));
  const parts = root.split('/');
  const inHome = (parts[1] === 'home' || parts[1] === 'Users') && parts[2] !== undefined;
  const home = inHome ? `/${parts[1]}/${parts[2]}` : parts[1] === 'root' ? '/root' : undefined;
  return { workspace: root, folder: root, home, places };
}

/** The place after a change of folder. */
export function movedTo(place: Place, path: string): Place {
  // from a folder that is not known, a step leads to another such
  if (place.folder === UNKNOWN_FOLDER && !isAnchored(path)) return place;
  const folder = normalisePath(path, place);
  // a chain of changes would otherwise cost the square of its length
  return { ...place, folder: folder.length > MAX_FOLDER_LENGTH ? UNKNOWN_FOLDER : folder };
}

/**
 * An absolute path without `.` and `..` where that can be said; otherwise relative to the working folder. Environment
 * variables but `$HOME` stay as they are, and so do patterns but for a last part of `*`, which means the folder.
 */
export function normalisePath(raw: string, place: Place): string {
  let path = slashes(raw.slice(0, MAX_PATH_LENGTH));
  if (path.startsWith('file://')) path = path.slice(7);
  for (const variable of HOME_VARIABLES)
    if (path.startsWith(variable)) path = `~${path.slice(variable.length)}`;
  if (path === '*' || path === '.*' || path === '**') path = '.';
  else if (path.endsWith('/*') || path.endsWith('/.*')) path = path.slice(0, path.lastIndexOf('/')) || '/';
  if ((path === '~' || path.startsWith('~/')) && place.home !== undefined) path = place.home + path.slice(1);
  return isAnchored(path) ? collapse(path) : collapse(`${place.folder ?? '.'}/${path}`);
}

/** True for a file for people to read: what stands in it is not run. */
export function isProse(path: string): boolean {
  return PROSE_ENDINGS.some(ending => path.endsWith(ending));
}

/** Beginnings of the folders that the tables list: any other path needs no look at them. */
const FIRST_FOLDERS: ReadonlySet<string> = new Set(
  [TEMPORARY_FOLDERS, SERVICE_FOLDERS, SYSTEM_FOLDERS, ACCESS_FOLDERS, LOG_FOLDERS, CONTROL_FOLDERS]
    .flat()
    .map(folder => folder.split('/').find(part => part !== '') ?? ''),
);

/** Where a normalised path lies. */
export function zoneOf(path: string, place: Place): Zone {
  const lower = path.toLowerCase();
  const parts = lower.split('/');
  const name = parts[parts.length - 1] ?? '';
  for (const own of place.places) if (lies(own, lower, name)) return own.zone;
  if (lower.startsWith('/dev/')) {
    if (SOCKET_PREFIXES.some(prefix => lower.startsWith(prefix))) return 'socket';
    if (DISK_PREFIXES.some(prefix => lower.startsWith(prefix))) return 'device';
    if (HARMLESS_DEVICES.some(device => isWithin(lower, device))) return 'temporary';
  }
  const parent = parts[parts.length - 2] ?? '';
  const known = FIRST_FOLDERS.has((parts[0] === '' ? parts[1] : parts[0]) ?? '');
  if (ACCESS_FILES.has(name) || (known && ACCESS_FOLDERS.some(folder => isWithin(lower, folder))))
    return 'access';
  if (isSecret(name, parts)) return isKey(name, parts) ? 'key' : 'secret';
  if (GUARD_PLACES.has(`${parent}/${name}`)) return 'guard';
  if (LOG_FILES.has(name) || (known && LOG_FOLDERS.some(folder => isWithin(lower, folder)))) return 'log';
  if (known && CONTROL_FOLDERS.some(folder => isWithin(lower, folder))) return 'control';
  if (CONTROL_FILES.has(name) || CONTROL_PARENTS.has(parent)) return 'control';
  if (isRoot(lower, parts)) return lower === '~' || lower === '/root' || parts.length > 2 ? 'home' : 'root';
  return zoneByFolder(path, lower, parts, place, known);
}

function lies({ folders, files, endings }: PackPlace, lower: string, name: string): boolean {
  return (
    folders?.some(folder => isWithin(lower, folder)) === true ||
    files?.includes(name) === true ||
    endings?.some(ending => name.endsWith(ending)) === true
  );
}

function zoneByFolder(
  path: string,
  lower: string,
  parts: readonly string[],
  place: Place,
  listed: boolean,
): Zone {
  const { workspace } = place;
  const known = workspace !== undefined && workspace.length > 1;
  if (known ? isWithin(path, workspace) : !isAnchored(path)) {
    if (path === workspace || path === '.') return 'worktree';
    const inner = known ? parts.slice(workspace.split('/').length) : parts;
    if (inner[0] === '..') return 'unknown';
    if (inner.some(part => VCS_FOLDERS.has(part))) return 'vcs';
    return isPassing(inner) ? 'rebuildable' : isData(parts) ? 'data' : 'inside';
  }
  if (listed) {
    if (TEMPORARY_FOLDERS.some(folder => isWithin(lower, folder))) return 'temporary';
    if (SERVICE_FOLDERS.some(folder => isWithin(lower, folder)))
      return parts.includes('cache') || parts.includes('.cache') ? 'rebuildable' : 'service';
    if (SYSTEM_FOLDERS.some(folder => isWithin(lower, folder))) return 'system';
  }
  if (lower.startsWith('$')) return 'unknown';
  if (known && !parts.includes('.cache')) return 'outside';
  if (parts.some(part => VCS_FOLDERS.has(part))) return 'vcs';
  return isPassing(parts) ? 'rebuildable' : isData(parts) ? 'data' : 'unknown';
}

function isSecret(name: string, parts: readonly string[]): boolean {
  if (SECRET_FILES.has(name)) return true;
  if (name.endsWith('.env')) return !wordsIn(name).some(word => ENV_EXAMPLE_WORDS.has(word));
  if (name.startsWith('.env.')) return !ENV_EXAMPLE_ENDINGS.some(ending => name.endsWith(ending));
  const parent = parts[parts.length - 2] ?? '';
  if (SECRET_PLACES.has(`${parent}/${name}`)) return true;
  if (SECRET_FOLDERS.has(parent) || SECRET_FOLDERS.has(name))
    return !PUBLIC_KEY_FILES.has(name) && !name.endsWith('.pub');
  if (name === 'environ' && parts[1] === 'proc') return true;
  if (SECRET_ENDINGS.some(ending => name.endsWith(ending) && name.length > ending.length)) return true;
  const ending = endingOf(name);
  if (!SECRET_WORD_ENDINGS.has(ending)) return false;
  return SECRET_WORDS.has(wordsIn(name.slice(0, -ending.length)).at(-1) ?? '');
}

/** The words of a name, without what stands between them. */
function wordsIn(name: string): string[] {
  return name.split(/[^a-z]+/).filter(word => word !== '');
}

function isKey(name: string, parts: readonly string[]): boolean {
  if (KEY_FILES.has(name) || parts.some(part => KEY_FOLDERS.has(part))) return true;
  const parent = parts[parts.length - 2] ?? '';
  return KEY_PLACES.has(`${parent}/${name}`) || KEY_ENDINGS.some(ending => name.endsWith(ending));
}

/** Folders and files that are made again. */
function isPassing(parts: readonly string[]): boolean {
  const name = parts[parts.length - 1] ?? '';
  return (
    parts.some(part => REBUILDABLE_FOLDERS.has(part)) ||
    name.endsWith('~') ||
    PASSING_ENDINGS.has(endingOf(name))
  );
}

/** True for documents, media and databases, by the ending of the last part. */
export function isData(parts: readonly string[]): boolean {
  return DATA_ENDINGS.has(endingOf(parts[parts.length - 1] ?? ''));
}

/** `.gz` of `a.tar.gz`; empty where there is none. */
function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot);
}

function isRoot(lower: string, parts: readonly string[]): boolean {
  const name = parts[parts.length - 1] ?? '';
  // a pattern stands for what lies beside it
  if (parts.length > 1 && (name.includes('*') || name.includes('?')))
    return isRoot(lower.slice(0, lower.lastIndexOf('/')) || '/', parts.slice(0, -1));
  if (lower === '/' || lower === '~' || lower === '/root') return true;
  if (parts.length === 3 && parts[0] === '' && (parts[1] === 'home' || parts[1] === 'users')) return true;
  return lower === '/home' || lower === '/users' || (parts.length === 1 && isDrive(lower));
}

/** True where `path` is `folder` or lies below it. */
function isWithin(path: string, folder: string): boolean {
  return path.startsWith(folder) && (path.length === folder.length || path.charCodeAt(folder.length) === 47);
}

function isAnchored(path: string): boolean {
  return path.startsWith('/') || path.startsWith('~') || path.startsWith('$') || isDrive(path.slice(0, 2));
}

function isDrive(text: string): boolean {
  const code = text.charCodeAt(0) | 32;
  return text.length === 2 && text[1] === ':' && code >= 97 && code <= 122;
}

function slashes(path: string): string {
  return path.includes('\\') ? path.replaceAll('\\', '/') : path;
}

function collapse(path: string): string {
  const absolute = path.startsWith('/');
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    const last = out[out.length - 1];
    if (part !== '..' || ((last === undefined || last === '..') && !absolute)) out.push(part);
    else if (last !== undefined && last !== '~') out.pop();
  }
  const joined = out.join('/');
  return absolute ? `/${joined}` : joined === '' ? '.' : joined;
}

const READ_ZONES: ReadonlySet<Zone> = new Set([
  'inside',
  'data',
  'temporary',
  'outside',
  'service',
  'unknown',
  'rebuildable',
]);

/** What a file holds matters where it is read, more than where it lies. */
function readZone(zone: Zone, path: string): Zone {
  if (!READ_ZONES.has(zone)) return zone;
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (zone === 'outside' && DOCUMENTATION_ENDINGS.has(endingOf(name))) return 'inside';
  if (isPersonal(name)) return 'personal';
  // of what somebody copied, typed or visited
  return HISTORY_ENDINGS.has(endingOf(name)) && wordsIn(name).includes('history') ? 'log' : zone;
}

/** True for the name of a file of data about persons, in lower case. */
export function isPersonal(name: string): boolean {
  return RECORD_ENDINGS.has(endingOf(name)) && wordsIn(name).some(word => PERSONAL_WORDS.has(word));
}

/** Adds what touching a path means. With `secretsOnly` other paths add nothing. */
export function addPath(
  effects: Effects,
  raw: string,
  access: Access,
  place: Place,
  options: { readonly floor?: Rule | undefined; readonly secretsOnly?: boolean } = {},
): void {
  if (raw === '' || raw.includes('\0')) return;
  const path = normalisePath(raw, place);
  const found = zoneOf(path, place);
  // a folder deep in the system is a part of it, not the system
  const deep = found === 'system' && access === 'tree' && path.split('/').length > 3;
  const zone = deep ? 'service' : access === 'read' ? readZone(found, path) : found;
  if (zone === 'temporary' && path.startsWith('/dev/') && access === 'write') return;
  if (options.secretsOnly === true && zone !== 'secret' && zone !== 'key') return;
  const rule = effects.tables.paths
    .get(access)
    ?.find(row => row.zones === undefined || row.zones.includes(zone));
  if (rule === undefined) return;
  const isOne = !path.includes('$') && !path.includes('{}');
  effects.add(rule, isOne ? `path:${path}` : undefined, options.floor);
}
