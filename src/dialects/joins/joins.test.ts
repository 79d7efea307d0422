import { describe, expect, it } from 'vitest';
import type { Draft } from './join.ts';
import { openinferenceMetadata } from './openinference-metadata.ts';
import { traceloopInput } from './traceloop-input.ts';

const draft = (more: Partial<Draft> = {}): Draft => ({ dialect: 'd', kind: 'tool', ...more });

describe('openinferenceMetadata', () => {
  const session = (metadata: unknown, more: Partial<Draft> = {}): Draft['session'] => {
    const step = draft(more);
    openinferenceMetadata(step, { metadata });
    return step.session;
  };

  it('reads the thread, else the session, of the JSON text', () => {
    expect(session('{"thread_id":"t","session_id":"s"}')).toEqual({
      key: 'gen_ai.conversation.id',
      value: 't',
    });
    expect(session('{"session_id":"s"}')).toEqual({ key: 'gen_ai.conversation.id', value: 's' });
  });

  it('leaves a session alone that the span itself names', () => {
    const named = { key: 'session.id', value: 'own' } as const;
    expect(session('{"thread_id":"t"}', { session: named })).toBe(named);
  });

  it.each([
    '{"thread_id":7}',
    '{',
    '[]',
    'null',
    7,
    { thread_id: 't' },
    `{"thread_id":"${'a'.repeat(20_000)}"}`,
  ])('reads nothing from %.20s', metadata => {
    expect(session(metadata)).toBeUndefined();
  });
});

describe('traceloopInput', () => {
  const unwrapped = (input: unknown): unknown => {
    const step = draft({ arguments: input });
    traceloopInput(step, {});
    return step.arguments;
  };

  it('takes the wrapper off', () => {
    expect(unwrapped('{"args":[],"kwargs":{"a":1}}')).toEqual({ a: 1 });
    expect(unwrapped('{"args":["ls"],"kwargs":{}}')).toBe('ls');
    expect(unwrapped('{"tool_name":"t","arguments":{"a":1}}')).toEqual({ a: 1 });
  });

  it.each([
    '{"args":["a","b"],"kwargs":{}}',
    '{"args":["a"],"kwargs":{"b":1}}',
    '{"arguments":{"a":1}}',
    '{"a":1}',
    'rm x',
    7,
    undefined,
  ])('leaves %s as it is', input => {
    expect(unwrapped(input)).toBe(input);
  });
});
