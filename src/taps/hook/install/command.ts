import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { HOOK_AGENT_NAMES, isHookAgent } from '../agents.ts';
import { EXPORTER_FILE } from '../deliver.ts';
import type { HookAgentName } from '../event.ts';
import { type Folder, hookFolder, openFolder } from '../folder.ts';
import { apply, type Change, removeFolders } from './change.ts';
import { diff } from './diff.ts';
import { exporterChange, hideSecrets } from './exporter.ts';
import { type Place, placeOf, type Scope } from './places.ts';
import { hookCommand, ownParts, planInstall, planUndo, withoutHooks } from './plan.ts';
import { countRecords, type InstallRecord, readRecord, removeRecord, writeRecord } from './record.ts';
import { SettingsError } from './settings.ts';

type Fail = new (message: string) => Error;

interface Wanted {
  readonly agent: HookAgentName;
  readonly scope: Scope;
  readonly yes: boolean;
  readonly undo: boolean;
  readonly print: boolean;
  readonly mode: string | undefined;
}

/**
 * `otel-alignment hook install`: shows what it would change, asks, and writes it.
 *
 * @param UsageError thrown, with one line, for a wrong command line or a file that cannot be used
 * @returns exit code: 0 done or nothing to do, 1 nothing was written
 */
export async function install(args: readonly string[], UsageError: Fail): Promise<number> {
  try {
    return await run(parse(args, UsageError), UsageError);
  } catch (error) {
    if (error instanceof SettingsError) throw new UsageError(error.message);
    throw error;
  }
}

function parse(args: readonly string[], UsageError: Fail): Wanted {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        agent: { type: 'string' },
        scope: { type: 'string', default: 'user' },
        mode: { type: 'string' },
        yes: { type: 'boolean', default: false },
        undo: { type: 'boolean', default: false },
        print: { type: 'boolean', default: false },
      },
    });
    const { agent, scope, mode, ...flags } = values;
    if (!isHookAgent(agent)) throw new Error(`--agent must be one of ${HOOK_AGENT_NAMES.join(', ')}.`);
    if (scope !== 'user' && scope !== 'project') throw new Error('--scope must be user or project.');
    if (mode !== undefined && !/^[\w-]{1,64}$/.test(mode)) throw new Error('--mode must be one word.');
    return { agent, scope, mode, ...flags };
  } catch (error) {
    throw new UsageError(`${(error as Error).message} See otel-alignment hook --help.`);
  }
}

async function run({ agent, scope, yes, undo, print, mode }: Wanted, UsageError: Fail): Promise<number> {
  const place = placeOf(agent, scope, process.env, process.cwd());
  if (place === undefined)
    throw new UsageError(`${agent} has no hooks of a project; install them with --scope user`);
  const folder = openFolder(process.env);
  if (folder === undefined) {
    throw new UsageError(`${hookFolder(process.env)}: cannot be used (permissions); set ALIGNMENT_HOOK_DIR`);
  }
  const command = hookCommand(agent, scope === 'user' ? program() : undefined, mode);
  const where = place.kind === 'json' ? place.file : place.folder;
  const record = readRecord(folder, where);
  if (print && !undo) {
    for (const { file, text } of ownParts(place, command)) say(`${file}:\n${text}`);
    return 0;
  }
  const changes = undo ? planUndo(place, command, record) : installChanges(place, command, folder);
  if (changes.length === 0) {
    say(`${where}: ${undo ? 'no hook of ours' : 'installed already'}; nothing to do\n`);
    return 0;
  }
  for (const { file, before, after } of changes) {
    say(`${file}${before === undefined ? ' (new)' : after === undefined ? ' (removed)' : ''}:\n`);
    say(diff(hideSecrets(before), hideSecrets(after)));
  }
  if (print) return 0;
  if (!yes && !(await agreed())) {
    say('Nothing was written.\n');
    return 1;
  }
  if (undo) takeBack(folder, where, changes, record);
  else {
    put(folder, { place, command, where }, changes, record);
    mkdirSync(join(folder.path, 'running'), { recursive: true, mode: 0o700 });
  }
  say(undo ? 'Taken back.\n' : `Written. ${AFTER[agent]}\n`);
  return 0;
}

/** Where what is installed, and the command that is. */
interface Target {
  readonly place: Place;
  readonly command: string;
  readonly where: string;
}

/** What the user still has to do. */
const AFTER: Readonly<Record<HookAgentName, string>> = {
  'claude-code': 'It takes effect with the next session.',
  codex: 'Codex runs it once you have trusted it: start codex and follow its question about new hooks.',
  'gemini-cli': 'It takes effect with the next session.',
  cline: 'It takes effect with the next task. Cline asks nobody unless started with --auto-approve false.',
};

function installChanges(place: Place, command: string, folder: Folder): Change[] {
  const exporter = exporterChange(folder, process.env);
  return [...planInstall(place, command), ...(exporter === undefined ? [] : [exporter])].filter(
    ({ before, after }) => before !== after,
  );
}

function put(
  folder: Folder,
  { place, command, where }: Target,
  changes: readonly Change[],
  old: InstallRecord | undefined,
): void {
  const files = new Map((old?.files ?? []).map(entry => [entry.file, entry]));
  const folders = [...(old?.folders ?? [])];
  for (const change of changes) {
    const { file, before, after } = change;
    if (!file.endsWith(EXPORTER_FILE)) {
      // of two installations one after the other, what was there before the first counts
      const first = files.get(file);
      const original =
        first !== undefined && first.after === before
          ? first.before
          : (withoutHooks(place, file, before, command) ?? null);
      files.set(file, { file, before: original, after: after ?? '' });
      writeRecord(folder, where, { files: [...files.values()], folders });
    }
    folders.push(...apply(change));
  }
  writeRecord(folder, where, { files: [...files.values()], folders });
}

function takeBack(
  folder: Folder,
  where: string,
  changes: readonly Change[],
  record: InstallRecord | undefined,
): void {
  for (const change of changes) apply(change);
  removeFolders(record?.folders ?? []);
  removeRecord(folder, where);
  if (countRecords(folder) === 0) rmSync(join(folder.path, EXPORTER_FILE), { force: true });
}

/** This program, by its real place. */
function program(): { node: string; main: string } {
  const main = realpathSync(process.argv[1] ?? '');
  if (/[/\\]_npx[/\\]/.test(main)) {
    say(
      `Note: ${main} lies in npx' cache, which may be emptied. Better: npm i -g otel-alignment, then again.\n`,
    );
  }
  return { node: process.execPath, main };
}

async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    say('Add --yes to write it.\n');
    return false;
  }
  const ask = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await ask.question('Write this? [y/N] ')).trim());
  } finally {
    ask.close();
  }
}

const say = (text: string): void => void process.stdout.write(text);
