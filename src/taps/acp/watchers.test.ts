import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSignal } from '../../signals/index.ts';
import { toSignal } from '../hook/signal.ts';
import { line } from '../hook/testing/replay.ts';
import { watchAcp } from './acp-watcher.ts';
import { watchCodex } from './codex-watcher.ts';
import { lineReader } from './lines.ts';
import { parseMessage } from './rpc.ts';
import { OWN_FACTS, type Sighting, type Watcher } from './watcher.ts';

function seen(watcher: Watcher, run: string): Sighting[] {
  const file = new URL(`../../../test/fixtures/protocols/${run}.jsonl`, import.meta.url);
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .flatMap(text => {
      const message = parseMessage(text)!;
      return text.startsWith('{"dir":">"') ? watcher.fromClient(message) : watcher.fromAgent(message);
    });
}

const signalOf = ({ finding, session, method }: Sighting) =>
  toSignal(finding, { session, time: [1763719200, 0], source: `x.${method}` }, undefined)!;
const APPROVED = 'intervention approval human approved human';
const DENIED = 'intervention denial human denied human';
const STOPPED = 'intervention stop human stopped';

const RUNS: readonly [run: string, all: string[], own: string[]][] = [
  ['gemini-acp-allow', [APPROVED], [APPROVED]],
  ['gemini-acp-allow-always', [APPROVED], [APPROVED]],
  ['gemini-acp-reject', [DENIED], []],
  ['gemini-acp-cancel-at-permission', [STOPPED], [STOPPED]],
  // the agent's own telemetry has it as long as there was no answer
  ['gemini-acp-cancel-model', [STOPPED], []],
  ['codex-human-accept', [APPROVED], []],
  // the second call of the session is not asked about
  ['codex-human-accept-for-session', [APPROVED], []],
  ['codex-human-decline', [DENIED], []],
  ['codex-human-cancel', [DENIED, STOPPED], [DENIED, STOPPED]],
  ['codex-human-interrupt-tool', [STOPPED], []],
  ['codex-human-interrupt-model', [STOPPED], []],
  ['codex-human-steer', ['intervention steering human'], []],
  ['codex-guardian-deny', ['risk_escalation codex.guardian'], ['risk_escalation codex.guardian']],
];

describe('recorded conversations', () => {
  it.each(RUNS)('%s', (run, all, own) => {
    const gemini = run.startsWith('gemini');
    const sightings = seen(gemini ? watchAcp() : watchCodex(), run);
    expect(sightings.map(signalOf).map(line)).toEqual(all);
    const facts = OWN_FACTS[gemini ? 'gemini-cli' : 'codex']!;
    expect(
      sightings
        .filter(({ fact }) => facts.includes(fact))
        .map(signalOf)
        .map(line),
    ).toEqual(own);
    for (const sighting of sightings) expect(checkSignal(signalOf(sighting))).toEqual([]);
  });

  it("the reviewer's level stays as it was said", () => {
    const [sighting] = seen(watchCodex(), 'codex-guardian-deny');
    expect(signalOf(sighting!)).toMatchObject({
      severity: 0.95,
      attributes: {
        'alignment.risk.native.label': 'critical',
        'alignment.risk.native.scale': 'codex.guardian',
        'alignment.risk.calibration.status': 'none',
        'gen_ai.tool.call.id': expect.stringMatching(/^call_/),
      },
    });
    expect(JSON.stringify(signalOf(sighting!))).not.toContain('destructive');
  });
});

describe('changes of mode', () => {
  it('Codex: the policy of a later turn', () => {
    const watcher = watchCodex();
    watcher.fromClient({
      id: 1,
      method: 'thread/start',
      params: { approvalPolicy: 'untrusted', sandbox: 'read-only' },
    });
    watcher.fromAgent({ id: 1, result: { thread: { id: 't' } } });
    expect(watcher.fromClient({ id: 2, method: 'turn/start', params: { threadId: 't' } })).toEqual([]);
    const params = { threadId: 't', approvalPolicy: 'never', sandboxPolicy: { type: 'dangerFullAccess' } };
    const sightings = watcher.fromClient({ id: 3, method: 'turn/start', params });
    expect(sightings.map(signalOf).map(line)).toEqual([
      'autonomy_boundary bypass untrusted+read-only never+danger-full-access',
    ]);
    expect(watcher.fromClient({ id: 4, method: 'turn/start', params })).toEqual([]);
  });

  it('ACP: by the client, and by the agent itself', () => {
    const watcher = watchAcp();
    watcher.fromClient({ id: 1, method: 'session/new', params: {} });
    watcher.fromAgent({ id: 1, result: { sessionId: 's', modes: { currentModeId: 'default' } } });
    const set = watcher.fromClient({
      id: 2,
      method: 'session/set_mode',
      params: { sessionId: 's', modeId: 'yolo' },
    });
    const update = { sessionUpdate: 'current_mode_update', currentModeId: 'default' };
    const told = watcher.fromAgent({ method: 'session/update', params: { sessionId: 's', update } });
    expect([...set, ...told].map(signalOf).map(line)).toEqual([
      'autonomy_boundary bypass default yolo',
      'autonomy_boundary mode_change yolo default',
    ]);
  });
});

describe('a stop', () => {
  const update = (sessionUpdate: string, status?: string) => ({
    method: 'session/update',
    params: { sessionId: 's', update: { sessionUpdate, status } },
  });
  const prompt = { id: 1, method: 'session/prompt', params: { sessionId: 's' } };

  it.each([
    ['before the first words', [], 'stop'],
    ['after the first words', [update('agent_message_chunk')], 'stop_later'],
    ['while a tool runs', [update('tool_call', 'in_progress')], 'stop_later'],
    ['after a tool ran', [update('tool_call'), update('tool_call_update', 'completed')], 'stop'],
  ])('%s', (_when, updates, fact) => {
    const watcher = watchAcp();
    watcher.fromClient(prompt);
    for (const message of updates) watcher.fromAgent(message);
    const cancel = { method: 'session/cancel', params: { sessionId: 's' } };
    expect(watcher.fromClient(cancel).map(sighting => sighting.fact)).toEqual([fact]);
    watcher.fromClient(prompt);
    expect(watcher.fromClient(cancel).map(sighting => sighting.fact)).toEqual(['stop']);
  });
});

describe('Ctrl-C in `codex exec --json`', () => {
  const told = (...types: string[]) => {
    const watcher = watchCodex();
    for (const type of types) watcher.fromAgent(parseMessage(JSON.stringify({ type, thread_id: 't1' }))!);
    return watcher.interrupted!();
  };

  it('is a stop within a turn, once, and nothing outside of one', () => {
    const [sighting] = told('thread.started', 'turn.started', 'item.completed');
    expect(sighting).toMatchObject({ fact: 'stop_of_run', session: 't1' });
    expect(line(signalOf(sighting!))).toBe(STOPPED);
    expect(OWN_FACTS['codex']).toContain('stop_of_run');
    expect(told('thread.started')).toEqual([]);
    expect(told('thread.started', 'turn.started', 'turn.completed')).toEqual([]);
  });

  it('says nothing where the session was not named', () => {
    const watcher = watchCodex();
    watcher.fromAgent(parseMessage('{"type":"turn.started"}')!);
    expect(watcher.interrupted!()).toEqual([]);
    watcher.fromAgent(parseMessage(`{"type":"thread.started","thread_id":"${'x'.repeat(300)}"}`)!);
    expect(watcher.interrupted!()).toEqual([]);
  });
});

describe('whatever comes', () => {
  const messages = fc.record(
    {
      id: fc.oneof(fc.integer(), fc.string(), fc.constant(null)),
      method: fc.constantFrom(
        'session/request_permission',
        'session/update',
        'session/cancel',
        'turn/start',
        'x',
        7,
      ),
      params: fc.anything(),
      result: fc.anything(),
    },
    { requiredKeys: [] },
  );

  it('no watcher throws', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), messages)), items => {
        for (const watcher of [watchAcp(), watchCodex()]) {
          for (const [client, item] of items) {
            let text: string | undefined;
            try {
              text = JSON.stringify(item);
            } catch {
              continue;
            }
            const message = parseMessage(text ?? '');
            if (message !== undefined) client ? watcher.fromClient(message) : watcher.fromAgent(message);
          }
        }
      }),
    );
  });

  it('lines are the same however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 20 }), { maxLength: 20 }),
        fc.array(fc.nat(9)),
        (texts, cuts) => {
          const all = texts.map(text => text.replaceAll('\n', ' '));
          const bytes = Buffer.from(all.map(text => `${text}\n`).join(''));
          const read: string[] = [];
          const look = lineReader(text => read.push(text));
          let at = 0;
          for (const cut of cuts) {
            look(bytes.subarray(at, at + cut));
            at += Math.min(cut, bytes.length - at);
          }
          look(bytes.subarray(at));
          expect(read).toEqual(all.map(text => text.trim()).filter(text => text !== ''));
        },
      ),
    );
  });
});
