import { describe, expect, it } from 'vitest';
import { observe } from '../testing/observed.ts';
import { Answers } from './answers.ts';
import { tapOpenAIAgents } from './tap.ts';
import { rejectedCall, type SdkSpan } from './tracing.ts';

let spans = 0;
const spanOf = (spanData: object, more: Partial<SdkSpan> = {}): SdkSpan => ({
  spanId: `span-${++spans}`,
  parentId: null,
  traceId: 'trace-1',
  spanData: spanData as SdkSpan['spanData'],
  error: null,
  ...more,
});
type Tap = ReturnType<typeof tapOpenAIAgents>;
const play = async ({ tracingProcessor }: Tap, ...played: SdkSpan[]) => {
  for (const span of played) await tracingProcessor.onSpanStart(span);
  for (const span of played.reverse()) await tracingProcessor.onSpanEnd(span);
};
const rejected = { data: { error: 'Tool execution for c1 was manually rejected by user.' } };
const functionSpan = (more: Partial<SdkSpan> = {}) =>
  spanOf({ type: 'function', name: 'run', input: '{"a":1}' }, more);
const rawItem = { callId: 'c1', name: 'run', arguments: '{"a":1}' };

const stateOf = () => ({ approve: (_item: object, _how?: object) => {}, reject: (_item: object) => {} });
/** A run that waits, is answered and goes on with a span of the call. */
const answered = (answer: (state: ReturnType<typeof stateOf>, item: object) => void, ...after: SdkSpan[]) =>
  observe(async () => {
    const tap = tapOpenAIAgents();
    const result = { interruptions: [{ rawItem }], state: stateOf() };
    await tap.run(async () => result)();
    answer(result.state, { rawItem });
    for (const span of after) await play(tap, span);
  });

describe('the SDK’s spans', () => {
  it('agents, models and functions become steps under each other, the rest passes its parent on', async () => {
    const agent = spanOf({ type: 'agent', name: 'worker' });
    const turn = spanOf({ type: 'turn' }, { parentId: agent.spanId });
    const model = spanOf({ type: 'generation', model: 'm-1' }, { parentId: turn.spanId });
    const seen = await observe(async () => {
      const tap = tapOpenAIAgents();
      await tap.tracingProcessor.onTraceStart({ traceId: 'trace-1', groupId: 'group-1' });
      await play(tap, agent, turn, model);
    });
    const [chat, worker] = seen.spans;
    expect(chat?.name).toBe('chat');
    expect(chat?.attributes).toMatchObject({
      'gen_ai.request.model': 'm-1',
      'gen_ai.conversation.id': 'group-1',
    });
    expect(worker?.name).toBe('invoke_agent worker');
    expect(chat?.parentSpanContext?.spanId).toBe(worker?.spanContext().spanId);
  });

  it('a function that failed is no denial', async () => {
    const seen = await observe(() => play(tapOpenAIAgents(), functionSpan({ error: { message: 'x' } })));
    expect(seen.told).toEqual([]);
    expect(seen.spans[0]?.attributes['error.type']).toBe('_OTHER');
  });

  it.each([
    [rejected, 'c1'],
    [{ data: { error: 'Tool execution for x failed' } }, undefined],
    [{ message: 'x' }, undefined],
    [null, undefined],
  ])('the call that %j says was rejected', (error, expected) => {
    expect(rejectedCall(spanOf({ type: 'function' }, { error }))).toBe(expected);
  });
});

describe('answers', () => {
  const pause = 'intervention pause policy c1';

  it('yes, then the call', async () => {
    const seen = await answered((state, item) => state.approve(item), functionSpan());
    expect(seen.told).toEqual(['intervention approval human approved c1', pause]);
  });

  it('yes, where the SDK was told to leave arguments out of its spans', async () => {
    const span = spanOf({ type: 'function', name: 'run', input: '' });
    const seen = await answered((state, item) => state.approve(item), span);
    expect(seen.told).toEqual(['intervention approval human approved c1', pause]);
  });

  it('no, then the call that was rejected', async () => {
    const seen = await answered((state, item) => state.reject(item), functionSpan({ error: rejected }));
    expect(seen.told).toEqual(['intervention denial human denied c1', pause]);
  });

  it('no, given in another process: the span alone says it', async () => {
    const seen = await observe(() => play(tapOpenAIAgents(), functionSpan({ error: rejected })));
    expect(seen.told).toEqual(['intervention denial human denied c1']);
  });

  it('another call of the tool is not the one that was approved', async () => {
    const other = spanOf({ type: 'function', name: 'run', input: '{"a":2}' });
    const seen = await answered((state, item) => state.approve(item), other);
    expect(seen.told).toEqual([pause]);
  });

  it('an error of approve comes through and is no answer', async () => {
    const state = {
      approve: () => {
        throw new Error('own');
      },
    };
    await tapOpenAIAgents().run(async () => ({ state }))();
    expect(() => state.approve()).toThrow('own');
  });

  it('what waits is bounded', () => {
    const answers = new Answers();
    const answer = { toolName: 'run', arguments: '', approved: false, always: false };
    for (let i = 0; i < 1_000; i++) answers.add({ ...answer, callId: `c${i}` });
    expect(answers.takeDenial('c0')).toBeUndefined();
    expect(answers.takeDenial('c999')).toBeDefined();
  });
});

describe('a run', () => {
  const aborted = AbortSignal.abort();

  it('that fails is a stop only where its signal was aborted', async () => {
    const failing = async (_agent: unknown, _input: unknown, _options: { signal?: AbortSignal }) => {
      throw new Error('own');
    };
    const run = tapOpenAIAgents().run(failing);
    const seen = await observe(async () => {
      await expect(run(1, 2, {})).rejects.toThrow('own');
      await expect(run(1, 2, { signal: aborted })).rejects.toThrow('own');
    });
    expect(seen.told).toEqual(['intervention stop human stopped']);
  });

  it('whose time ran out was stopped by nobody, and one within another is the same stop', async () => {
    const timedOut = AbortSignal.abort(new DOMException('late', 'TimeoutError'));
    const { run } = tapOpenAIAgents();
    const inner = run(async (..._: unknown[]) => Promise.reject(new Error('inner')));
    const outer = run(async (agent: unknown, input: unknown, options: object) => {
      await inner(agent, input, options).catch(() => {});
      throw new Error('outer');
    });
    const seen = await observe(() => expect(outer(1, 2, { signal: timedOut })).rejects.toThrow('outer'));
    expect(seen.told).toEqual(['intervention stop policy stopped']);
  });

  it('that is stopped after a no: the denial is told though the run never came to the call', async () => {
    const state = stateOf();
    const other = stateOf();
    let runs = 0;
    const sdk = async (_agent: unknown, _input: unknown, _options: { signal?: AbortSignal }) => {
      if (++runs > 2) throw new Error('aborted');
      return { interruptions: [{ rawItem }], state: runs === 1 ? state : other };
    };
    const run = tapOpenAIAgents().run(sdk);
    const seen = await observe(async () => {
      await run(1, 'go', {});
      await run(1, 'another run', {});
      state.reject({ rawItem });
      await expect(run(1, other, { signal: aborted })).rejects.toThrow('aborted');
      await expect(run(1, state, { signal: aborted })).rejects.toThrow('aborted');
    });
    const stop = 'intervention stop human stopped';
    expect(seen.told.filter(line => !line.includes('pause')).sort()).toEqual([
      'intervention denial human denied c1',
      stop,
      stop,
    ]);
  });

  it('that streams is looked at when its stream is over', async () => {
    const seen = await observe(async () => {
      const completed = Promise.resolve();
      const result = { completed, interruptions: [{ rawItem }], state: stateOf() };
      expect(await tapOpenAIAgents().run(async () => result)()).toBe(result);
      await completed;
    });
    expect(seen.told).toEqual(['intervention pause policy c1']);
  });

  it.each([undefined, null, 7, {}, { state: null }, { interruptions: 7 }])(
    'whose result has an unknown shape (%j) is passed through',
    async result => {
      expect(await tapOpenAIAgents().run(async () => result)()).toBe(result);
    },
  );
});

describe('what spans say by themselves', () => {
  it.each([
    [
      'a guardrail that tripped',
      { type: 'guardrail', triggered: true },
      ['intervention block policy denied'],
    ],
    ['a guardrail that did not', { type: 'guardrail', triggered: false }, []],
  ])('%s', async (_, spanData, expected) => {
    const agent = spanOf({ type: 'agent', name: 'worker' });
    const inner = spanOf(spanData, { parentId: agent.spanId });
    const seen = await observe(() => play(tapOpenAIAgents(), agent, inner));
    expect(seen.told).toEqual(expected);
  });

  it('a handoff is a delegation, from agent to agent', async () => {
    const agent = spanOf({ type: 'agent', name: 'a' });
    const handoff = spanOf({ type: 'handoff', from_agent: 'a', to_agent: 'b' }, { parentId: agent.spanId });
    const { signals } = await observe(() => play(tapOpenAIAgents(), agent, handoff));
    expect(signals.map(({ attributes }) => attributes)).toMatchObject([
      {
        'alignment.boundary.type': 'delegation',
        'alignment.boundary.from': 'a',
        'alignment.boundary.to': 'b',
      },
    ]);
  });
});
