import { join } from 'node:path';
import type { HookAgentName } from '../event.ts';
import { type Change, readFile } from './change.ts';
import type { Place } from './places.ts';
import type { InstallRecord } from './record.ts';
import { addHooks, asideOf, isOurs, quietly, removeHooks, SettingsError } from './settings.ts';

const ABOUT = '# Reports alignment signals over OTLP; answers nothing.';

/** The script that Cline runs for an event. It answers nothing, which leaves Cline's decision alone. */
export const script = (command: string, aside: boolean): string =>
  `#!/bin/sh\n${ABOUT}\n${aside ? asideOf(command) : quietly(command)}\n`;

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

/** A script that `install` wrote, in the present form or a former one: a comment of ours, and one line that runs us. */
const isOurScript = (text: string, command: string): boolean => {
  const lines = text.split('\n').filter(line => line.trim() !== '' && !line.startsWith('#'));
  return lines.length === 1 && text.includes(ABOUT) && isOurs(lines[0]?.trimEnd(), command);
};

/** What a file was without us. `undefined` where it was not. */
export function withoutHooks(
  place: Place,
  file: string,
  text: string | undefined,
  command: string,
): string | undefined {
  if (text === undefined) return undefined;
  if (place.kind === 'json') return removeHooks(file, text, command);
  return isOurScript(text, command) ? undefined : text;
}

/** What has to be written for the hook to be gone: the files as they were, or without our entries where they changed since. */
export function planUndo(place: Place, command: string, record: InstallRecord | undefined): Change[] {
  const files =
    place.kind === 'json' ? [place.file] : place.events.map(({ name }) => join(place.folder, name));
  return files.flatMap(file => {
    const now = readFile(file);
    if (now === undefined) return [];
    const known = record?.files.find(entry => entry.file === file);
    const after =
      // a record of a former version may hold hooks of ours in what was before
      withoutHooks(place, file, known?.after === now ? (known.before ?? undefined) : now, command);
    return after === now ? [] : [{ file, before: now, after, mode: 0o644 }];
  });
}

/** What of the hook's stands in which file once it is installed: for a person who writes it by hand. */
export function ownParts(place: Place, command: string): readonly { file: string; text: string }[] {
  if (place.kind === 'json') {
    const { file, events, entry } = place;
    return [{ file, text: addHooks(file, undefined, events, command, entry) }];
  }
  return place.events.map(({ name, aside }) => ({
    file: join(place.folder, name),
    text: script(command, aside),
  }));
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
