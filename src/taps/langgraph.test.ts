import { describe, expect, it } from 'vitest';
import { type Asked, answeredOf, askedOf, type LangGraphTapOptions, tapInterrupt } from './langgraph.ts';
import { observe } from './testing/observed.ts';

const call = { toolName: 'run', toolCallId: undefined, arguments: { a: 1 } };

describe('what a payload asks', () => {
  it.each<[string, unknown, Asked]>([
    ['text', 'which?', { kind: 'question' }],
    ['nothing', undefined, { kind: 'question' }],
    ['an object of the application’s', { question: 'which?' }, { kind: 'question' }],
    [
      'action_request',
      { action_request: { action: 'run', args: { a: 1 } } },
      { kind: 'approval', calls: [call] },
    ],
    [
      'a list of them',
      [{ action_request: { action: 'run', args: { a: 1 } } }],
      { kind: 'approval', calls: [call] },
    ],
    [
      'action_requests',
      {
        action_requests: [
          { name: 'run', args: { a: 1 } },
          { name: 'run', args: { a: 1 }, id: 'c' },
        ],
      },
      { kind: 'approval', calls: [call, { ...call, toolCallId: 'c' }] },
    ],
    [
      'actionRequests',
      { actionRequests: [{ name: 'run', args: { a: 1 } }] },
      { kind: 'approval', calls: [call] },
    ],
    ['tool and args', { tool: 'run', args: { a: 1 } }, { kind: 'approval', calls: [call] }],
  ])('%s', (_, payload, expected) => expect(askedOf(payload)).toEqual(expected));
});

describe('what a resume value says', () => {
  it.each([
    [true, 'approved'],
    [false, 'denied'],
    [{ approved: true }, 'approved'],
    [{ type: 'accept' }, 'approved'],
    [{ type: 'edit' }, 'modified'],
    [[{ type: 'reject' }], 'denied'],
    [{ decisions: [{ type: 'approve' }] }, 'approved'],
    [{ decisions: [] }, 'unknown'],
    [{ type: 'constructor' }, 'unknown'],
    [{ type: 7 }, 'unknown'],
    ['go on', 'unknown'],
    [undefined, 'unknown'],
  ])('%j', (value, expected) => expect(answeredOf(value, 0)).toBe(expected));
});

describe('the tap', () => {
  const payload = { tool: 'run', args: {}, id: 'c' };
  const throwing = (name: string) => () => {
    throw Object.assign(new Error('interrupted'), { name });
  };
  const suspending = throwing('GraphInterrupt');
  const calling = (interrupt: (payload: never) => unknown, options?: LangGraphTapOptions) =>
    observe(() => {
      try {
        tapInterrupt(interrupt as (payload: unknown) => unknown, options)(payload);
      } catch (error) {
        expect((error as Error).message).toBe('interrupted');
      }
    });

  it('a graph that waits is a pause, unless its spans say so already', async () => {
    expect((await calling(suspending)).told).toEqual(['intervention pause agent c']);
    expect((await calling(suspending, { pauses: false })).told).toEqual([]);
  });

  it('another error of interrupt is no pause', async () => {
    expect((await calling(throwing('Error'))).told).toEqual([]);
  });

  it('the application may read payloads and answers itself', async () => {
    const seen = await calling(() => 'nope', {
      asked: () => ({ kind: 'approval', calls: [{ toolName: 'own', toolCallId: 'o' }] }),
      answered: value => (value === 'nope' ? 'denied' : 'approved'),
      approver: 'policy',
    });
    expect(seen.told).toEqual(['intervention denial policy denied o']);
  });

  it('its own failure reaches neither graph nor result', async () => {
    const broken = () => {
      throw new Error('own');
    };
    const ask = tapInterrupt((_: unknown) => 'answer', { asked: broken });
    expect(ask('x')).toBe('answer');
    const cycle: Record<string, unknown> = { tool: 'run', args: {} };
    cycle['self'] = cycle;
    expect(tapInterrupt((_: unknown) => true)(cycle)).toBe(true);
  });
});
