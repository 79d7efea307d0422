import { describe, expect, it } from 'vitest';
import { observe } from './testing/observed.ts';
import { tapVercelAI } from './vercel-ai.ts';

const toolCall = { toolCallId: 'c1', toolName: 'run_command', input: { command: 'rm canary' } };
const request = { type: 'tool-approval-request', approvalId: 'a1', toolCallId: 'c1' };
const answer = (approved: boolean) => ({ type: 'tool-approval-response', approvalId: 'a1', approved });
const history = (...last: object[]) => [
  { role: 'user', content: 'go' },
  { role: 'assistant', content: [{ type: 'tool-call', ...toolCall }, request] },
  ...last,
];
const executed = (tap: ReturnType<typeof tapVercelAI>) =>
  tap.executeTool({ toolCallId: 'c1', execute: async () => 'ran' });

describe('what the SDK tells the tap', () => {
  it.each<[string, (tap: ReturnType<typeof tapVercelAI>) => unknown, string[]]>([
    ['a step without approvals', tap => tap.onStepEnd({ content: [{ type: 'text' }] }), []],
    [
      'a request for approval',
      tap => tap.onStepEnd({ content: [{ ...request, toolCall }] }),
      ['intervention pause policy c1'],
    ],
    [
      'a request that was answered by a rule: the answer alone',
      tap =>
        tap.onStepEnd({
          content: [
            { ...request, toolCall, isAutomatic: true },
            { ...answer(true), toolCall },
          ],
        }),
      ['intervention approval policy approved c1'],
    ],
    [
      'a denial by a rule',
      tap => tap.onStepEnd({ content: [{ ...answer(false), toolCall }] }),
      ['intervention denial policy denied c1'],
    ],
    [
      'a yes, told when the call runs, and once',
      async tap => {
        tap.onStart({ messages: history({ role: 'tool', content: [answer(true)] }) });
        await executed(tap);
        await executed(tap);
      },
      ['intervention approval human approved c1'],
    ],
    [
      'an agent that a tool starts',
      async tap => {
        const execute = async () => tap.onStart({ tools: {}, functionId: 'reviewer', messages: [] });
        await tap.executeTool({ toolCallId: 'c1', execute });
      },
      ['autonomy_boundary delegation'],
    ],
    [
      'a model without tools that a tool asks, and an agent that no tool starts',
      async tap => {
        await tap.executeTool({ toolCallId: 'c1', execute: async () => tap.onStart({ messages: [] }) });
        tap.onStart({ tools: {}, messages: [] });
      },
      [],
    ],
    [
      'a yes to a call that the person changed',
      async tap => {
        tap.onStepEnd({
          content: [{ ...request, toolCall: { ...toolCall, input: { command: 'rm -r x' } } }],
        });
        tap.onStart({ messages: history({ role: 'tool', content: [answer(true)] }) });
        await executed(tap);
      },
      ['intervention pause policy c1', 'intervention correction human modified c1'],
    ],
    [
      'a no in the last message',
      tap => tap.onStart({ messages: history({ role: 'tool', content: [answer(false)] }) }),
      ['intervention denial human denied c1'],
    ],
    [
      'a no further up: it was told before',
      tap =>
        tap.onStart({
          messages: history({ role: 'tool', content: [answer(false)] }, { role: 'user', content: 'next' }),
        }),
      [],
    ],
    [
      'steering',
      tap => tap.onStepEnd({ experimental_steeringMessages: [{}] }),
      ['intervention steering human'],
    ],
    [
      'a result that cannot be JSON: what the step holds besides is seen',
      tap => {
        const cycle: Record<string, unknown> = {};
        cycle['self'] = cycle;
        const results = [10n, cycle].map(output => ({ type: 'tool-result', output }));
        const unreadable = { ...request, toolCall: { toolCallId: 'c0', input: { n: 1n } } };
        tap.onStepEnd({ content: [...results, unreadable, { ...answer(true), toolCall }] });
      },
      ['intervention pause policy c0', 'intervention approval policy approved c1'],
    ],
    [
      'an abort because time ran out',
      tap => tap.onAbort({ reason: new DOMException('late', 'TimeoutError') }),
      ['intervention stop policy stopped'],
    ],
    ['an abort', tap => tap.onAbort({}), ['intervention stop stopped']],
    [
      'an error that is an abort',
      tap => tap.onError({ error: { name: 'AbortError' } }),
      ['intervention stop stopped'],
    ],
    ['any other error', tap => tap.onError({ error: new TypeError('x') }), []],
  ])('%s', async (_, tell, expected) => {
    expect((await observe(() => tell(tapVercelAI()))).told).toEqual(expected);
  });

  it('code that answers is a policy', async () => {
    const seen = await observe(() =>
      tapVercelAI({ approver: 'policy' }).onStart({
        messages: history({ role: 'tool', content: [answer(false)] }),
      }),
    );
    expect(seen.told).toEqual(['intervention denial policy denied c1']);
  });

  it.each([
    undefined,
    null,
    7,
    {},
    { messages: 7 },
    { content: [null] },
    { content: 'x' },
    { messages: [{ role: 'tool' }] },
  ])('an event of an unknown shape (%j) is passed over', async event => {
    const tap = tapVercelAI();
    const seen = await observe(() => {
      for (const tell of [tap.onStart, tap.onStepEnd, tap.onError]) expect(() => tell(event)).not.toThrow();
    });
    expect(seen.told).toEqual([]);
  });

  it('results and errors of a tool come through', async () => {
    const failed = new Error('own');
    const tap = tapVercelAI();
    await expect(executed(tap)).resolves.toBe('ran');
    await expect(tap.executeTool({ toolCallId: 'c', execute: () => Promise.reject(failed) })).rejects.toBe(
      failed,
    );
  });
});
