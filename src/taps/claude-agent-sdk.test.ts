import { describe, expect, it } from 'vitest';
import { type ClaudeAgentTapOptions, tapClaudeAgent } from './claude-agent-sdk.ts';
import { observe } from './testing/observed.ts';

type Message = Record<string, unknown>;
interface Params {
  readonly options?: { canUseTool?: unknown; permissionMode?: string };
}
const INIT = { type: 'system', session_id: 's-1' };
const input = { command: 'rm canary' };

/** A `query` that plays messages, asks `canUseTool` between them, and whose modes can be set. */
function fakeQuery(messages: readonly Message[], tool = 'Bash') {
  return ({ options }: Params) => {
    async function* play(): AsyncGenerator<Message, void> {
      yield INIT;
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
