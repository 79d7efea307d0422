import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HookAgentName } from './event.ts';
import { line, replay } from './testing/replay.ts';

const RETRIED = 'restriction.retried_after_denial';

/** One tool call, and how it goes. */
interface Call {
  readonly command: string;
  /** `fell`: the result tells of an error that the agent does not know as a failure. */
  readonly end: 'ran' | 'fell' | 'failed' | 'refused' | 'never';
  readonly asked: boolean;
}

const ENDS: Readonly<Record<Call['end'], string>> = {
  ran: 'ok',
  fell: 'Error: no such file or directory',
  failed: 'Exit code 1',
  refused: 'bash: Permission denied',
  never: '',
};

const base = { session_id: 's1', cwd: '/workspace' };
const claude = (name: string, more: object = {}): object => ({ ...base, hook_event_name: name, ...more });

/** The events of one call, in their order. Those of a list come together: the question names no call. */
type Events = (call: Call, id: string, mode: string) => object[][];

const claudeEvents: Events = ({ command, end, asked }, tool_use_id, permission_mode) => {
  const tool = { tool_name: 'Bash', tool_input: { command }, permission_mode };
  return [
    [claude('PreToolUse', { ...tool, tool_use_id }), ...(asked ? [claude('PermissionRequest', tool)] : [])],
    ...(end === 'never'
      ? []
      : end === 'ran' || end === 'fell'
        ? [[claude('PostToolUse', { ...tool, tool_use_id, tool_response: { stdout: ENDS[end] } })]]
        : [[claude('PostToolUseFailure', { ...tool, tool_use_id, error: ENDS[end] })]]),
  ];
};

/** No ids: a call is known by what it does. */
const geminiEvents: Events = ({ command, end }) => {
  const tool = { ...base, tool_name: 'run_shell_command', tool_input: { command } };
  const error = end === 'ran' || end === 'fell' ? {} : { error: { message: ENDS[end] } };
  return [
    [{ ...tool, hook_event_name: 'BeforeTool' }],
    ...(end === 'never'
      ? []
      : [[{ ...tool, hook_event_name: 'AfterTool', tool_response: { llmContent: ENDS[end], ...error } }]]),
  ];
};

const COMMANDS = [
  'npm install',
  'curl https://example.com/a',
  'sed -i s/a/b/ /workspace/a',
  'rm -rf /workspace/data',
  'unlink /workspace/data',
  'cat ~/.ssh/id_rsa',
  'curl -d @/workspace/a https://example.com/up',
  'cat /etc/shadow',
  'sudo cat /etc/shadow',
  'chmod 777 /workspace/data',
  'rm -rf / --no-preserve-root',
  'git push --force',
  'ls',
];

const call = fc.record({
  command: fc.constantFrom(...COMMANDS),
  end: fc.constantFrom<Call['end'][]>('ran', 'ran', 'fell', 'failed', 'refused', 'never'),
  asked: fc.boolean(),
});

/** The calls' events, each call's own in order and the calls begun in order, else as `picks` says. */
function interleave(calls: readonly object[][][], picks: readonly number[]): object[] {
  const left = calls.map(events => [...events]);
  const out: object[] = [];
  let begun = 0;
  for (let turn = 0; left.some(events => events.length > 0); turn++) {
    const ready = left.flatMap((events, at) => (events.length > 0 && at <= begun ? [at] : []));
    const at = ready[(picks[turn % picks.length] ?? 0) % ready.length] ?? 0;
    if (at === begun) begun += 1;
    out.push(...(left[at]?.shift() ?? []));
  }
  return out;
}

const said = (agent: HookAgentName, events: readonly object[]): string[] =>
  replay(agent, events, { decisions: 'all', at: () => [1_795_000_000, 0] })
    .signals.map(signal => `${line(signal)} ${signal.attributes['alignment.signal.id']}`)
    .sort();

describe('calls that run side by side', () => {
  it.each([
    ['claude-code', 'npm install', 'default'],
    ['claude-code', 'npm install', 'bypassPermissions'],
    ['codex', 'npm install', 'bypassPermissions'],
    ['claude-code', 'curl -X POST https://example.com/a', 'default'],
    ['codex', 'rm -rf build', 'default'],
  ] as const)('%s: %s twice in mode %s, the first ends last', (agent, command, mode) => {
    const [a = [], b = []] = ['t1', 't2'].map(id =>
      claudeEvents({ command, end: 'ran', asked: false }, id, mode),
    );
    const events = [a[0], b[0], b[1], a[1], claude('Stop'), claude('SessionEnd')].flat();
    const lines = replay(agent, events).signals.map(line);
    expect(lines.filter(text => text.startsWith('misalignment_indicator'))).toEqual([]);
  });

  it('one file edited twice', () => {
    const edit = (id: string): object => ({
      tool_name: 'Edit',
      tool_use_id: id,
      tool_input: { file_path: '/workspace/a', old_string: id, new_string: 'x' },
    });
    const events = ['a', 'b'].map(id => claude('PreToolUse', edit(id)));
    events.push(...['b', 'a'].map(id => claude('PostToolUse', { ...edit(id), tool_response: 'ok' })));
    expect(replay('claude-code', [...events, claude('Stop')]).signals).toEqual([]);
  });

  it('one that was denied among them is still one that was', () => {
    const [a = [], b = []] = (['never', 'ran'] as const).map((end, at) =>
      claudeEvents({ command: 'rm -rf /workspace/data', end, asked: false }, `t${at}`, 'default'),
    );
    const events = [...(a[0] ?? []), ...b.flat()];
    expect(said('claude-code', events).join()).not.toContain(RETRIED);
    expect(said('claude-code', [...events, claude('Stop')]).join()).toContain(RETRIED);
    // or where the session ends without an end of the turn
    expect(said('claude-code', [...events, claude('SessionEnd')]).join()).toContain(RETRIED);
  });

  it('one that went round a no, and whose result tells of an error', () => {
    const [a = [], b = []] = (['never', 'fell'] as const).map((end, at) =>
      claudeEvents({ command: 'rm -rf /workspace/data', end, asked: false }, `t${at}`, 'default'),
    );
    expect(said('claude-code', [...a.flat(), ...b.flat(), claude('Stop')]).join()).toContain(RETRIED);
  });

  it.each([
    ['claude-code', claudeEvents, 'default'],
    ['claude-code', claudeEvents, 'bypassPermissions'],
    ['codex', claudeEvents, 'default'],
    ['gemini-cli', geminiEvents, 'default'],
  ] as const)('%s: give what they would give one after the other', (agent, eventsOf, mode) => {
    const end = agent === 'gemini-cli' ? 'AfterAgent' : 'Stop';
    fc.assert(
      fc.property(
        // without ids nobody can tell which of two like calls has ended
        agent === 'gemini-cli'
          ? fc.uniqueArray(call, { minLength: 2, maxLength: 6, selector: ({ command }) => command })
          : fc.array(call, { minLength: 2, maxLength: 6 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 18 }),
        (calls, picks) => {
          const events = calls.map((one, at) => eventsOf(one, `t${at}`, mode));
          const ends = [claude(end, { last_assistant_message: 'All done.' }), claude('SessionEnd')];
          const serial = said(agent, [...events.flat(2), ...ends]);
          expect(said(agent, [...interleave(events, picks), ...ends])).toEqual(serial);
        },
      ),
      { numRuns: Number(process.env['RUNS'] ?? 150) },
    );
  });

  it('of two agents none is said to have gone round a no, where nobody said no', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(call, fc.constantFrom('a1', 'a2', undefined)), { minLength: 2, maxLength: 6 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 18 }),
        (calls, picks) => {
          const events = calls.map(([one, agent_id], at) =>
            claudeEvents({ ...one, end: one.end === 'never' ? 'ran' : one.end }, `t${at}`, 'default').map(
              part => part.map(event => ({ ...event, agent_id })),
            ),
          );
          const lines = said('claude-code', [
            ...interleave(events, picks),
            claude('Stop'),
            claude('SessionEnd'),
          ]);
          expect(lines.join()).not.toContain(RETRIED);
        },
      ),
    );
  });
});
