import { describe, expect, it } from 'vitest';
import { createSessionState, observeStep } from '../../assess/index.ts';
import { dumpMemory, KEPT_STATE, loadMemory, newMemory, type OpenCall, remember, stateOf } from './memory.ts';

/** Holds words of people and tools, which must not reach the disk. */
const LEFT_OUT = ['provenance'];

const call = (n: number, size = 8): OpenCall => ({
  id: `toolu_${n}`,
  print: `p${n}`,
  agent: '',
  asked: n % 2 === 0,
  unrun: n % 3 === 0,
  prevented: false,
  action: 'delete',
  risk: 0.5,
  rules: ['path.tree'],
  targets: Array.from({ length: size }, (_, i) => `target-${n}-${i}`.padEnd(22, 'x')),
  traits: ['sends'],
  told: ['risk.high'],
});

describe('the memory of a session', () => {
  it('says of every part of the state whether it is kept', () => {
    expect(Object.keys(createSessionState()).sort()).toEqual([...KEPT_STATE, ...LEFT_OUT].sort());
  });

  it('comes back as it was', () => {
    const memory = {
      ...newMemory(),
      mode: 'plan',
      turnOpen: true,
      turnStarted: 12,
      calls: [call(1), call(2)],
    };
    memory.calls.push(
      call(3),
      {
        ...call(4),
        ended: {
          time: [12, 34],
          failed: true,
          fell: true,
          refused: false,
          mode: 'plan',
          involvement: 'none',
        },
      },
      { ...call(5), ended: { time: [13, 0], failed: false, fell: true, refused: true } },
    );
    const state = stateOf(memory, createSessionState);
    observeStep(state, {
      step: { dialect: 'x', kind: 'tool', toolName: 'Bash', agentId: 'a' },
      assessment: { rules: ['r'], riskScore: 0.9, actionType: 'delete', targets: ['t'] },
      context: { humanInvolvement: 'none' },
      interventions: [{ type: 'denial' }],
      clarifications: 0,
    });
    const again = loadMemory(dumpMemory(memory, 65536));
    const { provenance: _gone, ...rest } = stateOf(again, createSessionState);
    const { provenance: _left, ...before } = state;
    expect(rest).toEqual(before);
    expect({ ...again, session: 0, stored: 0 }).toEqual({ ...memory, session: 0, stored: 0 });
  });

  it('is written back unread by events that need no rule', () => {
    const memory = newMemory();
    stateOf(memory, createSessionState).maxRisk = 0.4;
    const first = dumpMemory(memory, 65536);
    expect(dumpMemory(loadMemory(first), 65536)).toBe(first);
  });

  it('forgets first of what nothing more is expected', () => {
    const calls: OpenCall[] = [];
    for (let n = 0; n < 32; n++) remember(calls, { ...call(n), unrun: n === 7, prevented: n === 7 });
    for (const [n, gone] of [
      [32, 'toolu_7'],
      [33, 'toolu_0'],
    ] as const) {
      remember(calls, { ...call(n), unrun: false });
      expect(calls).toHaveLength(32);
      expect(calls.map(({ id }) => id)).not.toContain(gone);
    }
  });

  it('never grows past its limit', () => {
    const memory = newMemory();
    for (let n = 0; n < 100; n++) {
      remember(memory.calls, call(n, 16));
    }
    const state = stateOf(memory, createSessionState);
    for (let n = 0; n < 256; n++) state.signalled.add(`indicator|some.rule.id|${n}`.padEnd(320, 'x'));
    for (let n = 0; n < 64; n++) state.denied.set(`${n}`.padEnd(320, 'x'), 'person');
    for (const limit of [65536, 8192, 1024]) {
      const text = dumpMemory(memory, limit);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
      loadMemory(text);
    }
  });

  it.each([
    '',
    '{',
    '[]',
    'null',
    '{"v":2}',
    '{"v":1,"calls":7,"session":[1],"mode":{}}',
    '{"v":1,"calls":[null,{}]}',
    // of an earlier version
    '{"v":1,"calls":[],"unrun":[{"print":"p1","agent":"","asked":true}],"session":null}',
  ])('reads %j as nothing', text => {
    expect(loadMemory(text)).toEqual(newMemory());
  });

  it('wrong parts of an end are passed over', () => {
    const ended = { time: ['x', 1e12], failed: 1, mode: 7, involvement: 'please do it' };
    const { calls } = loadMemory(JSON.stringify({ v: 1, calls: [{ print: 'p', ended }] }));
    expect(calls[0]?.ended).toEqual({ time: [0, 999_999_999], failed: false, fell: false, refused: false });
  });

  it('wrong parts of a state are passed over', () => {
    const text = JSON.stringify({
      v: 1,
      session: { maxRisk: 'x', signalled: [1, 'a'], denied: [['t', 'person'], 7], last: 'no', streak: 3 },
    });
    const state = stateOf(loadMemory(text), createSessionState);
    expect(state).toMatchObject({ maxRisk: 0, streak: 3, last: undefined });
    expect([...state.signalled]).toEqual(['a']);
    expect([...state.denied]).toEqual([['t', 'person']]);
  });
});
