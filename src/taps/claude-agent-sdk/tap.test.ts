import { describe, expect, it } from 'vitest';
import { observe } from '../testing/observed.ts';
import { type ClaudeAgentTapOptions, tapClaudeAgent } from './tap.ts';

type Message = Record<string, unknown>;
interface Params {
  readonly options?: { canUseTool?: unknown; permissionMode?: string };
}
const INIT = { type: 'system', session_id: 's-1' };
const input = { command: 'rm canary' };

/** A `query` that plays messages, asks `canUseTool` between them, and whose modes can be set. */
function fakeQuery(messages: readonly Message[], tool = 'Bash', before: readonly Message[] = []) {
  return ({ options }: Params) => {
    async function* play(): AsyncGenerator<Message, void> {
      yield INIT;
      yield* before;
      const ask = options?.canUseTool as ((...args: unknown[]) => Promise<unknown>) | undefined;
      await ask?.(tool, { ...input }, { toolUseID: 't-1' });
      yield* messages;
    }
    return Object.assign(play(), { setPermissionMode: async (_mode: string) => {} });
  };
}

const running = (
  { canUseTool, permissionMode }: { canUseTool?: unknown; permissionMode?: string },
  messages: readonly Message[] = [],
  options: ClaudeAgentTapOptions = {},
  tool = 'Bash',
) =>
  observe(async () => {
    const query = tapClaudeAgent(fakeQuery(messages, tool), options);
    for await (const _ of query({ options: { canUseTool, ...(permissionMode && { permissionMode }) } }));
  });

describe('answers of canUseTool', () => {
  it.each<[string, object, string[]]>([
    [
      'allowed',
      { behavior: 'allow', updatedInput: { ...input } },
      ['intervention approval human approved t-1'],
    ],
    ['allowed without input', { behavior: 'allow' }, ['intervention approval human approved t-1']],
    [
      'allowed with another input',
      { behavior: 'allow', updatedInput: { command: 'ls' } },
      ['intervention correction human modified t-1'],
    ],
    ['denied', { behavior: 'deny', message: 'canary' }, ['intervention denial human denied t-1']],
    ['an answer of an unknown kind', { behavior: 'later' }, []],
  ])('%s', async (_, answer, expected) => {
    const seen = await running({ canUseTool: async () => answer });
    expect(seen.told).toEqual(expected);
    expect(JSON.stringify(seen.signals)).not.toContain('canary');
    for (const { attributes } of seen.signals) expect(attributes['session.id']).toBe('s-1');
  });

  it('an input that the callback changed in place is a correction', async () => {
    const canUseTool = async (_tool: string, given: { command: string }) => {
      given.command = 'ls';
      return { behavior: 'allow', updatedInput: given };
    };
    expect((await running({ canUseTool })).told).toEqual(['intervention correction human modified t-1']);
  });

  it('a question is a clarification request, answered or not', async () => {
    const seen = await running({ canUseTool: async () => ({ behavior: 'deny' }) }, [], {}, 'AskUserQuestion');
    expect(seen.told).toEqual(['clarification_request t-1']);
  });

  it('code that answers is a policy', async () => {
    const seen = await running({ canUseTool: async () => ({ behavior: 'deny' }) }, [], {
      approver: 'policy',
    });
    expect(seen.told).toEqual(['intervention denial policy denied t-1']);
  });

  it('the callback’s own error comes through', async () => {
    const failing = async () => {
      throw new Error('own');
    };
    await expect(running({ canUseTool: failing })).rejects.toThrow('own');
  });
});

describe('the run', () => {
  it.each([
    ['aborted_streaming', ['intervention stop human stopped']],
    ['aborted_tools', ['intervention stop human stopped']],
    ['completed', []],
    [undefined, []],
  ])('ended as %s', async (terminal_reason, expected) => {
    expect((await running({}, [{ type: 'result', terminal_reason }])).told).toEqual(expected);
  });

  it('started in bypass', async () => {
    expect((await running({ permissionMode: 'bypassPermissions' })).told).toEqual([
      'autonomy_boundary bypass',
    ]);
  });

  it.each([
    ['bypassPermissions', {}, ['autonomy_boundary bypass']],
    ['plan', {}, ['autonomy_boundary mode_change']],
    ['default', {}, []],
    ['plan', { modeChanges: false }, []],
  ])('mode set to %s with %j', async (mode, options, expected) => {
    const seen = await observe(async () => {
      const run = tapClaudeAgent(fakeQuery([]), options)({});
      for await (const _ of run) await run.setPermissionMode(mode);
    });
    expect(seen.told).toEqual(expected);
  });
});

describe('the calls', () => {
  const asked = (id: string, command: string, name = 'Bash'): Message => ({
    type: 'assistant',
    message: { content: [{ type: 'tool_use', id, name, input: { command } }] },
  });
  const done = (id: string, content: string, is_error = false): Message => ({
    type: 'user',
    message: { content: [{ type: 'tool_result', tool_use_id: id, content, is_error }] },
  });
  const steps = ({ spans }: Awaited<ReturnType<typeof running>>) =>
    spans.filter(({ name }) => name.startsWith('execute_tool'));

  it('are steps that are assessed, without content', async () => {
    const seen = await running({}, [asked('t-2', 'rm -r canary'), done('t-2', 'a canary')]);
    expect(steps(seen).map(({ attributes }) => attributes)).toMatchObject([
      { 'gen_ai.tool.call.id': 't-2', 'session.id': 's-1', 'alignment.action.type': 'delete' },
    ]);
    expect(JSON.stringify(seen.spans.map(({ attributes, events }) => [attributes, events]))).not.toContain(
      'canary',
    );
  });

  it.each([
    ['the decision first', [], [asked('t-1', 'rm -r x'), done('t-1', 'no', true)]],
    ['the message first', [asked('t-1', 'rm -r x')], [done('t-1', 'no', true)]],
  ])('a decision stands on its call: %s', async (_, before, after) => {
    const answers = async () => ({ behavior: 'deny' });
    const seen = await observe(async () => {
      const query = tapClaudeAgent(fakeQuery(after, 'Bash', before));
      for await (const _ of query({ options: { canUseTool: answers } }));
    });
    const [span] = steps(seen);
    expect(seen.told).toEqual(['intervention denial human denied t-1']);
    expect(span?.attributes['error.type']).toBe('denied');
    expect(span?.events.map(({ name }) => name)).toEqual(['alignment.intervention']);
  });

  it('a call that the person changed is assessed as it ran', async () => {
    const canUseTool = async () => ({ behavior: 'allow', updatedInput: { command: 'ls' } });
    const seen = await running({ canUseTool }, [asked('t-1', 'rm -rf /'), done('t-1', 'ok')]);
    expect(steps(seen)[0]?.attributes['alignment.action.type']).toBe('read');
  });

  it('a denied call is remembered: the same by other means is recognised', async () => {
    const seen = await running({ canUseTool: async () => ({ behavior: 'deny' }) }, [
      asked('t-1', 'rm -r x'),
      done('t-1', 'no', true),
      asked('t-2', 'unlink x'),
      done('t-2', 'ok'),
    ]);
    expect(seen.told.join()).toContain('misalignment_indicator');
  });

  it.each([
    ['rule', 'user_rule'],
    ['hook', 'hook'],
    ['a future word', undefined],
  ])('what the agent denies by itself, for the reason %s', async (decision_reason_type, decider) => {
    const denied = { type: 'system', subtype: 'permission_denied', tool_use_id: 't-2', decision_reason_type };
    const seen = await running({}, [asked('t-2', 'ls'), denied, done('t-2', 'no', true)]);
    expect(seen.told).toEqual(['intervention denial policy denied t-2']);
    expect(seen.signals[0]?.attributes['alignment.intervention.decision.source']).toBe(decider);
  });

  it('another agent that it starts is a delegation', async () => {
    const seen = await running({}, [asked('t-2', 'look', 'Agent'), done('t-2', 'looked')]);
    expect(seen.told).toEqual(['autonomy_boundary delegation t-2']);
  });

  it('success that is claimed over a failed result', async () => {
    const result = { type: 'result', result: 'I completed the task successfully.' };
    const failed = await running({}, [asked('t-2', 'npm test'), done('t-2', 'exit code 1', true), result]);
    expect(failed.told).toEqual(['misalignment_indicator']);
    const fine = await running({}, [asked('t-2', 'npm test'), done('t-2', 'ok'), result]);
    expect(fine.told).toEqual([]);
  });

  it('a decision whose call never came is told when the run is over, and open calls end', async () => {
    const seen = await running({ canUseTool: async () => ({ behavior: 'deny' }) }, [asked('t-9', 'ls')]);
    expect(seen.told).toEqual(['intervention denial human denied t-1']);
    expect(steps(seen)).toHaveLength(1);
  });

  it('a run that is left ends them, too', async () => {
    const seen = await observe(async () => {
      for await (const { type } of tapClaudeAgent(fakeQuery([asked('t-2', 'ls'), INIT]))({}))
        if (type === 'assistant') break;
    });
    expect(steps(seen)).toHaveLength(1);
  });

  it('steps: false makes none, and decisions stand on the active span', async () => {
    const seen = await running(
      { canUseTool: async () => ({ behavior: 'deny' }) },
      [asked('t-1', 'rm -r x'), done('t-1', 'no', true)],
      { steps: false },
    );
    expect(seen.told).toEqual(['intervention denial human denied t-1']);
    expect(steps(seen)).toEqual([]);
  });
});

describe('hooks in the program', () => {
  const hooked = (answer: unknown) =>
    observe(async () => {
      const hook = async () => answer;
      const query = tapClaudeAgent(
        ({ options }: { options: { hooks: { PreToolUse: { hooks: Hook[] }[] } } }) => {
          async function* play(): AsyncGenerator<Message, void> {
            yield INIT;
            const own = await options.hooks.PreToolUse[0]?.hooks[0]?.({ tool_name: 'Bash' }, 't-1');
            expect(own).toBe(answer);
          }
          return play();
        },
      );
      for await (const _ of query({ options: { hooks: { PreToolUse: [{ hooks: [hook] }] } } }));
    });
  type Hook = (input: unknown, id?: string) => Promise<unknown>;

  it.each([
    [{ hookSpecificOutput: { permissionDecision: 'deny' } }, ['intervention denial policy denied t-1']],
    [{ hookSpecificOutput: { permissionDecision: 'allow' } }, []],
    [{}, []],
    [undefined, []],
  ])('one that answers %j', async (answer, expected) => {
    expect((await hooked(answer)).told).toEqual(expected);
  });
});
