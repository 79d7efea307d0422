import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HOOK_AGENTS } from '../../src/taps/hook/agents.ts';
import { placeOf } from '../../src/taps/hook/install/places.ts';

const fixtures = fileURLToPath(new URL('../../test/fixtures/hooks/', import.meta.url));

/** The run whose events are taken first, so that the event after a call is that of the event before it. */
const FIRST = {
  'claude-code': 'tui-permission-yes',
  codex: 'exec-hooks-observe',
  'gemini-cli': 'headless-hooks',
  cline: 'hooks-observe',
};

/** Cline's scripts are named otherwise than the events that they get. */
const CLINE_NAMES = {
  TaskStart: 'agent_start',
  TaskResume: 'agent_resume',
  PreToolUse: 'tool_call',
  PostToolUse: 'tool_result',
  TaskComplete: 'agent_end',
  TaskError: 'agent_error',
  SessionShutdown: 'session_shutdown',
};

/** Events that no run recorded, by one that did and what is different. */
const UNRECORDED = {
  'claude-code': { StopFailure: ['Stop', { error: 'rate_limit' }] },
  codex: {
    PermissionRequest: ['PreToolUse', {}],
    SubagentStart: ['UserPromptSubmit', { agent_id: 'a1', agent_type: 'worker' }],
    SubagentStop: ['Stop', { agent_id: 'a1', agent_type: 'worker' }],
  },
  'gemini-cli': {},
  cline: { agent_resume: ['agent_start', {}], agent_error: ['agent_end', {}] },
};

/**
 * One event of each kind that `hook install` installs for an agent, as the real program gave it to its hook.
 *
 * @param {'claude-code' | 'codex' | 'gemini-cli' | 'cline'} agent
 * @returns {{ name: string, kind: string, aside: boolean, input: (session: string) => string }[]} in the order of a session; `aside`: the
 *   agent does not wait for it
 * @throws where an installed event has no sample
 */
export function installedEvents(agent) {
  const recorded = recordedEvents(agent);
  const { events } = placeOf(agent, 'user', { HOME: '/home/dev' }, '/workspace');
  return events.map(({ name, aside }) => {
    const own = agent === 'cline' ? CLINE_NAMES[name] : name;
    const [like, more] = UNRECORDED[agent][own] ?? [own, {}];
    const sample = recorded.find(event => nameOf(event) === like);
    if (sample === undefined) throw new Error(`bench/lib/hook-events.mjs: ${agent}: no sample of ${name}`);
    const named = agent === 'cline' ? { hookName: own } : { hook_event_name: own };
    const event = { ...sample, ...named, ...more };
    return {
      name,
      aside,
      kind: HOOK_AGENTS[agent].events[own],
      input: session => inSession(event, session),
    };
  });
}

/** The event before a call, of one that gives two signals each time. @param {string} agent */
export function graveEvent(agent) {
  const before = installedEvents(agent).find(({ kind }) => kind === 'tool_before');
  const command = 'rm -rf /srv/none/*';
  return session => {
    const event = JSON.parse(before.input(session));
    if (agent === 'cline') event.tool_call.input = { commands: [command] };
    else event.tool_input = { ...event.tool_input, command };
    return JSON.stringify(event);
  };
}

const nameOf = event => event.hook_event_name ?? event.hookName;

function recordedEvents(agent) {
  const files = readdirSync(`${fixtures}${agent}`).sort();
  const first = `${FIRST[agent]}.jsonl`;
  return [first, ...files.filter(file => file !== first)].flatMap(file =>
    readFileSync(`${fixtures}${agent}/${file}`, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line)),
  );
}

const inSession = (event, session) =>
  JSON.stringify({
    ...event,
    ...(event.sessionContext === undefined
      ? { session_id: session }
      : { taskId: session, sessionContext: { ...event.sessionContext, rootSessionId: session } }),
  });
