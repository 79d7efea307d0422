import { join } from 'node:path';
import type { HookAgentName } from '../event.ts';
import { type Change, readFile } from './change.ts';
import type { Place } from './places.ts';
import type { InstallRecord } from './record.ts';
import { addHooks, asideOf, isOurs, removeHooks, SettingsError } from './settings.ts';

/** The script that Cline runs for an event. It answers nothing, which leaves Cline's decision alone. */
export const script = (command: string, aside: boolean): string =>
  `#!/bin/sh\n# Reports alignment signals over OTLP; answers nothing.\n${aside ? asideOf(command) : `exec ${command}`}\n`;

/** What has to be written for the hook to be installed. */
export function planInstall(place: Place, command: string): Change[] {
  if (place.kind === 'json') {
    const { file, events, entry } = place;
    const before = readFile(file);
    return [{ file, before, after: addHooks(file, before, events, command, entry), mode: 0o644 }];
  }
  return place.events.map(({ name, aside }) => {
    const file = join(place.folder, name);
    const before = readFile(file);
    if (before !== undefined && !isOurScript(before, command)) {
      throw new SettingsError(
        `${file}: holds a hook already, and two scripts cannot be merged; call this from it with the same input: ${command}`,
      );
    }
    return { file, before, after: script(command, aside), mode: 0o755 };
  });
}

const isOurScript = (text: string, command: string): boolean =>
  text.split('\n').some(line => /^(exec |t=)/.test(line) && isOurs(line.trimEnd(), command));

/** What has to be written for the hook to be gone: the files as they were, or without our entries where they changed since. */
export function planUndo(place: Place, command: string, record: InstallRecord | undefined): Change[] {
  const files =
    place.kind === 'json' ? [place.file] : place.events.map(({ name }) => join(place.folder, name));
  return files.flatMap(file => {
    const now = readFile(file);
    if (now === undefined) return [];
    const known = record?.files.find(entry => entry.file === file);
    const after =
      known?.after === now
        ? (known.before ?? undefined)
        : place.kind === 'json'
          ? removeHooks(file, now, command)
          : isOurScript(now, command)
            ? undefined
            : now;
    return after === now ? [] : [{ file, before: now, after, mode: 0o644 }];
  });
}

const plain = /^[\w@%+=:,./-]+$/;
/** A word for `sh`. */
export const quote = (word: string): string =>
  plain.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/**
 * The command that the agent runs. A user's settings name the program by its path, which needs no PATH; a project's are
 * shared, so they name it by its name.
 */
export function hookCommand(
  agent: HookAgentName,
  program: { readonly node: string; readonly main: string } | undefined,
  mode: string | undefined,
): string {
  const words = program === undefined ? ['otel-alignment'] : [program.node, program.main];
  const more = mode === undefined ? [] : ['--mode', mode];
  return [...words, 'hook', '--agent', agent, ...more].map(quote).join(' ');
}
