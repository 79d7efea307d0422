import type { UnixTime } from '../../signals/signal.ts';
import { now, parseIsoTime } from '../../signals/time.ts';
import { HOOK_AGENTS } from './agents.ts';
import type { HookAgentName, HookEvent, HookKind } from './event.ts';

/** Why an input is no event: broken, from a version that this one does not know, or without a session. */
export type Unread = {
  readonly unread: 'not_an_object' | 'unknown_event' | 'no_session';
  readonly native?: string;
};

/** Ids and names are short; anything longer is no id and could be content. */
const MAX_WORD = 200;
const MAX_PATH = 4096;
/** Longer last words are passed over. */
const MAX_SAID = 1024 * 1024;

/**
 * Reads one event of an agent's hook system.
 *
 * @param mode the mode that whoever started the agent states, for agents whose events do not say it
 * @param env the environment that the agent gave its hook
 * @param at when it happened, where it does not say so itself
 */
export function readHookEvent(
  agent: HookAgentName,
  input: unknown,
  mode?: string,
  env: Readonly<Record<string, string | undefined>> = {},
  at: UnixTime = now(),
): HookEvent | Unread {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return { unread: 'not_an_object' };
  const table = HOOK_AGENTS[agent];
  const text = (paths: readonly string[] | undefined, limit = MAX_WORD): string | undefined => {
    const value = find(input, paths);
    return typeof value === 'string' && value !== '' && value.length <= limit ? value : undefined;
  };
  const native = text(table.event) ?? '';
  const known = Object.hasOwn(table.events, native) ? table.events[native] : undefined;
  if (known === undefined) return { unread: 'unknown_event', native };
  const session = text(table.session);
  if (session === undefined) return { unread: 'no_session', native };
  // agents that name a parent name the main agent too; of the others only a subagent has a name
  const parent = text(table.parentAgentId);
  const sub = table.parentAgentId === undefined ? text(table.agentId) !== undefined : parent !== undefined;
  const kind = sub ? (kindOfSubagent(table.parentAgentId !== undefined)[known] ?? known) : known;

  const event: { -readonly [K in keyof HookEvent]: HookEvent[K] } = {
    agent,
    kind,
    native,
    session,
    time: timeOf(text(table.time)) ?? at,
  };
  const label = text(table.mode) ?? mode;
  if (label !== undefined) {
    event.mode = { label, scale: table.modeScale };
    const involvement = Object.hasOwn(table.human, label) ? table.human[label] : undefined;
    if (involvement !== undefined) event.humanInvolvement = involvement;
  }
  const { unattended } = table;
  if (unattended !== undefined && Object.entries(unattended).every(([name, value]) => env[name] === value))
    event.humanInvolvement = 'none';
  put(event, 'agentId', text(table.agentId));
  put(event, 'parentAgentId', parent);
  put(event, 'toolName', text(table.toolName));
  put(event, 'toolCallId', text(table.toolCallId));
  put(event, 'workspace', text(table.workspace, MAX_PATH));
  put(event, 'transcript', text(table.transcript, MAX_PATH));
  const args = find(input, table.arguments);
  if (args !== undefined && args !== null) event.arguments = args;
  if (kind === 'turn_end') put(event, 'said', text(table.said, MAX_SAID));
  if (kind === 'tool_after') {
    const failure = find(input, table.failure);
    event.failed =
      failure !== undefined && failure !== null
        ? failure !== ''
        : table.failureEvents?.includes(native) === true || find(input, table.success) === false;
    if (typeof failure === 'string') event.failure = failure;
    const result = find(input, table.result);
    if (result !== undefined && result !== null) event.result = result;
  }
  return event;
}

/** A subagent's task is no message of a person, and its end is not the turn's. Some agents have an event for its start besides. */
const kindOfSubagent = (startsSo: boolean): Partial<Record<HookKind, HookKind>> => ({
  prompt: startsSo ? 'agent_start' : 'other',
  turn_end: 'agent_end',
});

function put<K extends keyof HookEvent>(
  event: { -readonly [P in keyof HookEvent]: HookEvent[P] },
  key: K,
  value: HookEvent[K] | undefined,
): void {
  if (value !== undefined) event[key] = value;
}

function find(input: object, paths: readonly string[] = []): unknown {
  for (const path of paths) {
    let value: unknown = input;
    for (const key of path.split('.')) {
      value =
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? (value as Record<string, unknown>)[key]
          : undefined;
    }
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

const timeOf = (text: string | undefined): UnixTime | undefined =>
  text === undefined ? undefined : parseIsoTime(text);
