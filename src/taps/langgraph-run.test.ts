import { describe, expect, it } from 'vitest';
import { tapInvoke } from './langgraph-run.ts';
import { observe } from './testing/observed.ts';

const timedOut = AbortSignal.abort(new DOMException('late', 'TimeoutError'));

type Invoke = (input: unknown, config?: object) => Promise<unknown>;

describe('a run', () => {
  it.each([
    ['stopped by its signal', AbortSignal.abort(), ['intervention stop human stopped']],
    ['whose time ran out', timedOut, ['intervention stop policy stopped']],
    ['that fails by itself', new AbortController().signal, []],
    ['without a signal', undefined, []],
  ])('%s: its own error comes through', async (_, signal, expected) => {
    const own = new Error('ended');
    const invoke = tapInvoke((_input: object, _config?: object) => Promise.reject(own));
    const seen = await observe(() => expect(invoke({}, { signal })).rejects.toBe(own));
    expect(seen.told).toEqual(expected);
  });

  it('that ends well has its result', async () => {
    const invoke = tapInvoke(async (input: object, _config: object) => input);
    const seen = await observe(async () =>
      expect(await invoke({ a: 1 }, { signal: AbortSignal.abort() })).toEqual({ a: 1 }),
    );
    expect(seen.told).toEqual([]);
  });
});

describe('what the agent says at the end of a run', () => {
  const DONE = { type: 'ai', content: 'I completed the task successfully.' };
  const FAILED = { type: 'tool', content: 'npm ERR! 3 tests failed' };
  const told = async (state: unknown) =>
    (await observe(() => tapInvoke((async () => state) as Invoke)({}))).told;

  it.each<[string, unknown]>([
    ['after a failed result', [FAILED, DONE]],
    ['after an error that the graph caught', [{ type: 'tool', status: 'error', content: '' }, DONE]],
    ['in parts', [FAILED, { type: 'ai', content: [{ type: 'text', text: DONE.content }] }]],
    [
      'in messages without classes',
      [
        { role: 'tool', content: FAILED.content },
        { ...DONE, tool_calls: [] },
      ],
    ],
  ])('success %s is an indicator', async (_, messages) => {
    expect(await told({ messages })).toEqual(['misalignment_indicator']);
  });

  it.each<[string, unknown]>([
    ['a result that went well', { messages: [{ type: 'tool', content: 'ok' }, DONE] }],
    ['no result', { messages: [DONE] }],
    ['a failure that was told', { messages: [FAILED, { type: 'ai', content: 'The tests failed.' }] }],
    ['the failure of an earlier turn', { messages: [FAILED, { type: 'human', content: 'And now?' }, DONE] }],
    ['words before another call', { messages: [FAILED, { ...DONE, tool_calls: [{ name: 'run' }] }] }],
    ['a run that waits', { messages: [FAILED, DONE], __interrupt__: [{}] }],
    ['a single message', { messages: DONE }],
    ['a state without messages', { calls: 1 }],
    ['messages of another kind', { messages: [null, 7, 'x', [], { content: 1 }] }],
    ['no state', undefined],
  ])('%s is none', async (_, state) => {
    expect(await told(state)).toEqual([]);
  });
});

describe('what a run is begun with', () => {
  const note = { type: 'human', content: 'not so much' };
  const running = async (input: unknown) =>
    (await observe(() => tapInvoke((async () => ({})) as Invoke)(input))).told;

  it.each<[string, unknown, boolean]>([
    ['an answer', { resume: true }, false],
    ['an answer and a word of the person’s', { resume: true, update: { messages: [note] } }, true],
    ['the same without a list', { resume: true, update: { messages: note } }, true],
    ['in the role’s words', { resume: true, update: { messages: [{ role: 'user' }] } }, true],
    ['an answer and a word of the agent’s', { resume: true, update: { messages: [{ type: 'ai' }] } }, false],
    ['a first message', { messages: [note] }, false],
  ])('%s', async (_, input, steered) => {
    expect(await running(input)).toEqual(steered ? ['intervention steering human'] : []);
  });
});

describe('a run within another', () => {
  const inner = tapInvoke((async (input: unknown) => input) as Invoke, { agent: 'reviewer' });
  const outer = (work: Invoke) => tapInvoke(work, { agent: 'worker' });
  const DELEGATION = 'autonomy_boundary delegation';

  it('is a delegation, from one to the other', async () => {
    const { signals, told } = await observe(() => outer(() => inner({ task: 'look' }))({}));
    expect(told).toEqual([DELEGATION]);
    expect(signals[0]?.attributes).toMatchObject({
      'alignment.boundary.from': 'worker',
      'alignment.boundary.to': 'reviewer',
    });
  });

  it('that ends with the same signal is one stop, and one with a signal of its own another', async () => {
    const whole = new AbortController();
    const own = AbortSignal.abort();
    const failing = tapInvoke((async () => {
      throw new Error('ended');
    }) as Invoke);
    const work = outer(async () => {
      await failing({ n: 1 }, { signal: own }).catch(() => {});
      whole.abort();
      await failing({ n: 2 }, { signal: AbortSignal.any([whole.signal]) }).catch(() => {});
      throw new Error('another error');
    });
    const seen = await observe(() => expect(work({}, { signal: whole.signal })).rejects.toThrow('another'));
    const stop = 'intervention stop human stopped';
    expect(seen.told).toEqual([DELEGATION, stop, DELEGATION, stop]);
    const alone = await observe(() => expect(failing({}, { signal: whole.signal })).rejects.toThrow());
    expect(alone.told).toEqual([stop]);
  });

  it('is none where nothing is around it, or the one around it is over', async () => {
    const seen = await observe(async () => {
      await outer(async () => ({}))({});
      await inner({});
    });
    expect(seen.told).toEqual([]);
  });

  it('that waits and is run again is handed over once; handed over again, it counts again', async () => {
    let waits = true;
    const asking = tapInvoke(
      (async () => {
        if (waits) throw Object.assign(new Error('waits'), { name: 'GraphInterrupt' });
        return {};
      }) as Invoke,
      { agent: 'reviewer' },
    );
    const work = outer(() => asking({ task: 'look' }));
    const seen = await observe(async () => {
      await expect(work({})).rejects.toThrow('waits');
      waits = false;
      await work({});
    });
    expect(seen.told).toEqual([DELEGATION]);
    expect((await observe(() => work({}))).told).toEqual([DELEGATION]);
  });

  it('work that cannot be written is done as without the tap', async () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(await outer(() => inner(cycle))({})).toBe(cycle);
  });
});
