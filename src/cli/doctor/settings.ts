import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { HookAgentName } from '../../taps/hook/event.ts';
import { readToml } from './toml.ts';

type Env = Readonly<Record<string, string | undefined>>;
type Values = Readonly<Record<string, string>>;

/** The settings of an agent as plain values, and the files that cannot be read. */
export interface AgentSettings {
  /** Where a person writes them. */
  readonly file: string;
  readonly values: Values;
  readonly unreadable: readonly string[];
  /** Settings that are written where the agent does not look for them. */
  readonly ignored: readonly string[];
}

/** Names of the programs, and of the folder under the home folder that each keeps. */
export const AGENT_PLACES: Readonly<Record<HookAgentName, { program: string; folder: string }>> = {
  'claude-code': { program: 'claude', folder: '.claude' },
  codex: { program: 'codex', folder: '.codex' },
  'gemini-cli': { program: 'gemini', folder: '.gemini' },
  cline: { program: 'cline', folder: '.cline' },
};

export const homeOf = (env: Env): string => env['HOME'] || homedir();

/** Whether an agent is on this machine: its program on PATH, or its folder. */
export function isPresent(agent: HookAgentName, env: Env): boolean {
  const { program, folder } = AGENT_PLACES[agent];
  const onPath = (env['PATH'] ?? '').split(process.platform === 'win32' ? ';' : ':');
  return (
    existsSync(join(homeOf(env), folder)) ||
    onPath.some(path => path !== '' && existsSync(join(path, program)))
  );
}

const MANAGED: Readonly<Record<string, string>> = {
  darwin: '/Library/Application Support/ClaudeCode/managed-settings.json',
  linux: '/etc/claude-code/managed-settings.json',
};

/** Reads what an agent would read. Nothing of it is shown but the values of the switches. */
export function settingsOf(agent: HookAgentName, env: Env, cwd: string): AgentSettings {
  const home = homeOf(env);
  const unreadable: string[] = [];
  const json = (file: string): Record<string, unknown> => readJson(file, unreadable);
  const said = Object.fromEntries(Object.entries(env).filter(([, value]) => value)) as Values;
  const result = (file: string, values: Values, ignored: string[] = []): AgentSettings => ({
    file,
    values,
    unreadable,
    ignored,
  });
  if (agent === 'claude-code') {
    const file = join(resolve(cwd, env['CLAUDE_CONFIG_DIR'] || join(home, '.claude')), 'settings.json');
    const own = flat(json(file)['env']);
    const managed = flat(json(MANAGED[process.platform] ?? '')['env']);
    const project = join(cwd, '.claude', 'settings.json');
    // the home folder's own settings are the user's
    const ofProject = project === file ? {} : flat(json(project)['env']);
    const ignored = Object.keys(ofProject).filter(key => /^OTEL_|TELEMETRY/.test(key));
    return result(file, { ...said, ...own, ...managed }, ignored);
  }
  if (agent === 'codex') {
    const file = join(resolve(cwd, env['CODEX_HOME'] || join(home, '.codex')), 'config.toml');
    return result(file, readToml(readText(file, unreadable)));
  }
  const file = join(home, '.gemini', 'settings.json');
  if (agent === 'gemini-cli')
    return result(file, {
      ...flat(json(file)),
      ...flat(json(join(cwd, '.gemini', 'settings.json'))),
      ...said,
    });
  return result(join(home, '.cline', 'hooks'), said);
}

function readText(file: string, unreadable: string[]): string {
  try {
    return file === '' ? '' : readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') unreadable.push(`${file}: cannot be read (${code})`);
    return '';
  }
}

function readJson(file: string, unreadable: string[]): Record<string, unknown> {
  const text = readText(file, unreadable).replace(/^\uFEFF/, '');
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(withoutComments(text));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    unreadable.push(`${file}: is no JSON`);
    return {};
  }
}

/** Settings of agents may hold comments; strings stay as they are. */
function withoutComments(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, part =>
    part.startsWith('"') ? part : ' ',
  );
}

/** Plain values by dotted path, as text. */
function flat(value: unknown, at = ''): Record<string, string> {
  if (typeof value !== 'object' || value === null) return at === '' ? {} : { [at]: String(value) };
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, inner]) => flat(inner, at === '' ? key : `${at}.${key}`)),
  ) as Record<string, string>;
}
