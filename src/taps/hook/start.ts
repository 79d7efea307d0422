import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { HOOK_AGENTS } from './agents.ts';
import type { HookEvent } from './event.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Whether the session of an agent whose first event states the mode that asks nobody began so, by its command line or its settings. Where
 * neither can be read it counts as begun so: to be told twice is better than not at all. What is read is compared and goes no further.
 */
export function startedInBypass(event: HookEvent, env: Env): boolean {
  const { start } = HOOK_AGENTS[event.agent];
  if (start === undefined) return true;
  const words = commandLine(env[start.pid]);
  if (words === undefined || start.bypass.some(word => words.some(said => saysSo(said, word)))) return true;
  return settingsOf(words, event.workspace, env).some(text => DEFAULT_MODE.test(text));
}

const saysSo = (said: string, word: string): boolean => said === word || said.endsWith(`=${word}`);

function commandLine(pid: string | undefined): string[] | undefined {
  if (pid === undefined || !/^\d{1,10}$/.test(pid)) return undefined;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    const { status, stdout } = spawnSync('ps', ['-o', 'args=', '-p', pid], {
      encoding: 'utf8',
      timeout: 500,
    });
    return status === 0 ? stdout.trim().split(/\s+/) : undefined;
  }
}

const DEFAULT_MODE = /"defaultMode"\s*:\s*"bypassPermissions"/;

/** The settings that a session of Claude Code may have begun with, as text. */
function settingsOf(words: readonly string[], workspace: string | undefined, env: Env): string[] {
  const user = env['CLAUDE_CONFIG_DIR'] || join(env['HOME'] || homedir(), '.claude');
  const project = env['CLAUDE_PROJECT_DIR'] ?? workspace;
  const named = words.flatMap((word, at) =>
    word === '--settings' ? (words[at + 1] ?? '') : word.startsWith('--settings=') ? word.slice(11) : [],
  );
  const files = [
    join(user, 'settings.json'),
    ...(project === undefined
      ? []
      : ['settings.json', 'settings.local.json'].map(name => join(project, '.claude', name))),
    '/etc/claude-code/managed-settings.json',
    '/Library/Application Support/ClaudeCode/managed-settings.json',
    ...named,
  ];
  return [...named, ...files.map(read)];
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
