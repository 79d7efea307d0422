import { TICKET } from '../tickets.ts';
import type { Entry, HookEntryEvent } from './places.ts';

/** A settings file that cannot be edited as it is: what is wrong with it, where, and what to do. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

type Json = Record<string, unknown>;

const PRINT = 'or add the entries by hand: --print shows them';

/**
 * A settings file's text with the hook added to each event, and everything else as it is.
 *
 * @param text the file, or `undefined` where there is none
 * @throws SettingsError where the text cannot be kept or read
 */
export function addHooks(
  file: string,
  text: string | undefined,
  events: readonly HookEntryEvent[],
  command: string,
  entry: Entry,
): string {
  const settings = text === undefined ? {} : readSettings(file, text);
  const hooks = settings['hooks'] ?? {};
  if (!isObject(hooks)) throw new SettingsError(`${file}: hooks: is no object; make it one, ${PRINT}`);
  // a former version may have stood at other events
  dropOurs(hooks, command, new Set(events.map(({ name }) => name)));
  for (const { name: event, aside } of events) {
    const others = hooks[event] ?? [];
    if (!Array.isArray(others))
      throw new SettingsError(`${file}: hooks.${event}: is no list; make it one, ${PRINT}`);
    const { name, timeout } = entry;
    const hook = {
      type: 'command',
      ...(name === undefined ? {} : { name }),
      command: aside ? asideOf(command) : quietly(command),
      timeout,
    };
    hooks[event] = [...others, { hooks: [hook] }];
  }
  return write({ ...settings, hooks }, text);
}

/**
 * The text without our entries. A group or an event that held nothing else goes too.
 *
 * @returns `undefined` where nothing else is left
 */
export function removeHooks(file: string, text: string, command: string): string | undefined {
  const settings = readSettings(file, text);
  const { hooks } = settings;
  if (!isObject(hooks)) return text;
  if (!dropOurs(hooks, command)) return text;
  if (Object.keys(hooks).length === 0) delete settings['hooks'];
  return Object.keys(settings).length === 0 ? undefined : write(settings, text);
}

/**
 * @param stay events that keep their place when nothing is left of them
 * @returns whether there were any
 */
function dropOurs(hooks: Json, command: string, stay: ReadonlySet<string> = new Set()): boolean {
  let dropped = false;
  for (const [event, groups] of Object.entries(hooks)) {
    if (!Array.isArray(groups)) continue;
    const others = groups.map(group => withoutOurs(group, command)).filter(group => group !== undefined);
    if (JSON.stringify(others) === JSON.stringify(groups)) continue;
    dropped = true;
    if (others.length === 0 && !stay.has(event)) delete hooks[event];
    else hooks[event] = others;
  }
  return dropped;
}

/**
 * The command as one that nobody waits for, with the ticket that keeps its place. `sh` gives a program in the background an empty
 * input, so the input is handed over under another number. Where there is no input nothing is said: agents read exit code 2 as a no.
 */
export const asideOf = (command: string): string =>
  `command exec 2>/dev/null 3<&0 || exit 0; t="${RUNNING}/$$"; true >"$t"; ${TICKET}=$t ${command} <&3 >/dev/null &`;

/** The command as one that is waited for, and that says nothing and succeeds where the program is gone. */
export const quietly = (command: string): string => `${command} 2>/dev/null || :`;

/** `hookFolder`, as the shell finds it. */
const STATE = '{XDG_STATE_HOME:-$HOME/.local/state}';
const RUNNING = `\${ALIGNMENT_HOOK_DIR:-$${STATE}/otel-alignment/hook}/running`;

/** What every command of ours for one agent ends with, wherever the program lies. */
const tailOf = (command: string): string => command.slice(command.lastIndexOf(' hook --agent '));
const agentOf = (tail: string): string => tail.split(' ').slice(0, 4).join(' ');

export const isOurs = (candidate: unknown, command: string): boolean =>
  typeof candidate === 'string' &&
  candidate.includes(' hook --agent ') &&
  agentOf(tailOf(candidate)) === agentOf(tailOf(command));

function withoutOurs(group: unknown, command: string): unknown {
  if (!isObject(group) || !Array.isArray(group['hooks'])) return group;
  const hooks = group['hooks'] as unknown[];
  const others = hooks.filter(hook => !(isObject(hook) && isOurs(hook['command'], command)));
  if (others.length === hooks.length) return group;
  return others.length === 0 ? undefined : { ...group, hooks: others };
}

function readSettings(file: string, text: string): Json {
  let settings: unknown;
  try {
    settings = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const why = String((error as Error).message).slice(0, 120);
    throw new SettingsError(`${file}: is no JSON (${why}); comments are not kept either: mend it, ${PRINT}`);
  }
  if (!isObject(settings)) throw new SettingsError(`${file}: is no JSON object; mend it, ${PRINT}`);
  if (!survives(text, settings)) {
    throw new SettingsError(
      `${file}: holds a repeated key, or a number that would change when it is written; mend it, ${PRINT}`,
    );
  }
  return settings;
}

/** Whether the text says the same after it was read and written: JSON.parse drops repeated keys and rounds numbers. */
function survives(text: string, settings: Json): boolean {
  let said = '';
  for (const [token] of text.replace(/^\uFEFF/, '').matchAll(/"(?:[^"\\]|\\.)*"|[^\s"]+/g)) {
    said += token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : token;
  }
  return said === JSON.stringify(settings);
}

/** With the indentation, the line ends and the last line break that the file had. */
function write(settings: Json, before: string | undefined): string {
  const indent = /\n([ \t]+)\S/.exec(before ?? '')?.[1] ?? '  ';
  const text = `${JSON.stringify(settings, null, indent)}${before === undefined || /\n\s*$/.test(before) ? '\n' : ''}`;
  return before?.includes('\r\n') === true ? text.replaceAll('\n', '\r\n') : text;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
