import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { HOOK_AGENTS } from '../agents.ts';
import type { HookAgentName } from '../event.ts';

type Env = Readonly<Record<string, string | undefined>>;
export type Scope = 'user' | 'project';

/** Where an agent reads its hooks from. */
export type Place =
  /** One JSON file, its key `hooks` holding groups of commands by event. */
  | {
      readonly kind: 'json';
      readonly file: string;
      readonly events: readonly HookEntryEvent[];
      readonly entry: Entry;
    }
  /** A folder with one script an event. */
  | { readonly kind: 'scripts'; readonly folder: string; readonly events: readonly HookEntryEvent[] };

export interface HookEntryEvent {
  readonly name: string;
  /** The agent does not wait for the hook: only what comes last has to be in time. */
  readonly aside: boolean;
}

/** What stands beside the command of a hook. Timeouts are in the agent's own unit. */
export interface Entry {
  readonly timeout: number;
  readonly name?: string;
}

/** The agent gives up on the hook after this time; the hook itself is done much sooner. */
const TIMEOUT_S = 10;

const CLINE_EVENTS: readonly HookEntryEvent[] = [
  'TaskStart',
  'TaskResume',
  'PreToolUse',
  'PostToolUse',
  'TaskComplete',
  'TaskError',
  'SessionShutdown',
].map(name => ({ name, aside: name !== 'SessionShutdown' }));

/** Events that the hook learns from. A session's start says nothing that its first prompt does not say. */
const eventsOf = (agent: HookAgentName): readonly HookEntryEvent[] => {
  const kinds = Object.entries(HOOK_AGENTS[agent].events);
  const hasEnd = kinds.some(([, kind]) => kind === 'session_end');
  return kinds
    .filter(([, kind]) => kind !== 'other' && kind !== 'session_start')
    .map(([name, kind]) => ({
      name,
      aside: kind !== 'session_end' && (hasEnd || kind !== 'turn_end'),
    }));
};

/** `undefined` where the agent has no such place. */
export function placeOf(agent: HookAgentName, scope: Scope, env: Env, cwd: string): Place | undefined {
  const home = env['HOME'] || homedir();
  const user = scope === 'user';
  const folderOf = (variable: string, name: string): string =>
    user ? resolve(cwd, env[variable] || join(home, name)) : join(cwd, name);
  switch (agent) {
    case 'claude-code':
      return {
        kind: 'json',
        file: join(folderOf('CLAUDE_CONFIG_DIR', '.claude'), 'settings.json'),
        events: eventsOf(agent),
        entry: { timeout: TIMEOUT_S },
      };
    case 'codex':
      return {
        kind: 'json',
        file: join(folderOf('CODEX_HOME', '.codex'), 'hooks.json'),
        events: eventsOf(agent),
        entry: { timeout: TIMEOUT_S },
      };
    case 'gemini-cli':
      return {
        kind: 'json',
        file: join(user ? home : cwd, '.gemini', 'settings.json'),
        events: eventsOf(agent),
        entry: { timeout: TIMEOUT_S * 1000, name: 'otel-alignment' },
      };
    case 'cline':
      return user
        ? { kind: 'scripts', folder: join(home, '.cline', 'hooks'), events: CLINE_EVENTS }
        : undefined;
  }
}
