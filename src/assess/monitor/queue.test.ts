import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkSignal, type Signal } from '../../signals/index.ts';
import { shared } from '../../signals/shared.ts';
import type { AgentStep } from '../../step/step.ts';
import { type Monitor, MonitorFailure, type MonitorRequest, type Verdict } from './monitor.ts';
import { MonitorQueue, type OfferedStep } from './queue.ts';

const NOTHING: Verdict = { risks: [], indicators: [] };
const spanContext = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: 1,
};

/** A monitor that records what it was asked and answers as told. */
function monitorOf(answer: (request: MonitorRequest) => Verdict | undefined | Promise<Verdict | undefined>): {
  monitor: Monitor;
  asked: MonitorRequest[];
} {
  const asked: MonitorRequest[] = [];
  const judge = async (request: MonitorRequest): Promise<Verdict | undefined> => {
    asked.push(request);
    return answer(request);
  };
  return { monitor: { name: 'scripted', version: '1', judge }, asked };
}

let count = 0;
function stepOf(more: Partial<AgentStep> = {}): AgentStep {
  count += 1;
  return {
    dialect: 'test',
    kind: 'tool',
    toolName: 'bash',
    arguments: { command: `echo ${count}` },
    ...more,
  };
}
const offered = (more: Partial<OfferedStep> = {}): OfferedStep => ({
  step: stepOf(),
  sessionKey: 's',
  session: { key: 'gen_ai.conversation.id', value: 's' },
  spanContext,
  time: [1_763_719_200, 5],
  ...more,
});

const { settings } = shared;
const seenSignals: Signal[] = [];
const emitted: { eventName: string; context: unknown }[] = [];
const logger = { emit: (record: { eventName: string; context: unknown }) => emitted.push(record) };
beforeEach(() => {
  seenSignals.length = 0;
  emitted.length = 0;
  shared.settings = { ...settings, onSignal: signal => seenSignals.push(signal), logger: logger as never };
});
afterEach(() => {
  shared.settings = settings;
  vi.useRealTimers();
});

describe('what is reported', () => {
  const finding = {
    entry: 0,
    type: 'deception',
    severity: 0.8,
    confidence: 0.7,
    evidence: 'reasoning',
    rationale: 'a sentence',
  } as const;

  it('says who judged which step, when, and how sure', async () => {
    const { monitor } = monitorOf(() => ({
      risks: [{ entry: 0, score: 0.9, confidence: 0.6 }],
      indicators: [finding],
    }));
    const queue = new MonitorQueue(monitor);
    queue.offer(offered({ step: stepOf({ toolCallId: 'c1', agentId: 'a1' }) }));
    await queue.flush();
    expect(seenSignals.map(({ class: name, severity }) => [name, severity])).toEqual([
      ['risk_escalation', 0.9],
      ['misalignment_indicator', 0.8],
    ]);
    for (const signal of seenSignals) {
      expect(checkSignal(signal)).toEqual([]);
      expect(signal).toMatchObject({
        traceId: spanContext.traceId,
        spanId: spanContext.spanId,
        time: [1_763_719_200, 5],
      });
      expect(signal.attributes).toMatchObject({
        'alignment.source.type': 'monitor',
        'alignment.source.name': 'scripted',
        'alignment.source.version': '1',
        'gen_ai.conversation.id': 's',
        'gen_ai.agent.id': 'a1',
        'gen_ai.tool.name': 'bash',
        'gen_ai.tool.call.id': 'c1',
      });
      // no redaction was given, so no free text passes
      expect(JSON.stringify(signal)).not.toContain('a sentence');
    }
    expect(seenSignals[1]?.attributes).toMatchObject({
      'alignment.signal.confidence': 0.7,
      'alignment.signal.reason': 'monitor.deception',
      'alignment.indicator.type': 'deception',
      'alignment.indicator.evidence': 'reasoning',
    });
    expect(emitted.map(({ eventName }) => eventName)).toEqual([
      'alignment.risk_escalation',
      'alignment.misalignment_indicator',
    ]);
    expect(queue.stats).toMatchObject({ offered: 1, judged: 1, calls: 1, signals: 2 });
  });

  it.each([
    ['concealed_uncertainty', 'reasoning'],
    ['sandbagging', 'reasoning'],
    ['sabotage', 'reasoning'],
    ['unsanctioned_coordination', 'outputs'],
    ['_OTHER', 'actions'],
  ] as const)('reports %s from %s', async (type, evidence) => {
    const { monitor } = monitorOf(() => ({ risks: [], indicators: [{ ...finding, type, evidence }] }));
    const queue = new MonitorQueue(monitor);
    queue.offer(offered());
    await queue.flush();
    expect(seenSignals).toHaveLength(1);
    expect(seenSignals[0]?.attributes).toMatchObject({
      'alignment.indicator.type': type,
      'alignment.indicator.evidence': evidence,
    });
    expect(checkSignal(seenSignals[0] as Signal)).toEqual([]);
  });

  it('gives the same fact the same id, and of two findings of one type keeps the worse', async () => {
    const worse = { ...finding, severity: 0.9 };
    const { monitor } = monitorOf(({ judged: [entry = 0] }) => ({
      risks: [],
      indicators: [finding, worse].map(found => ({ ...found, entry })),
    }));
    const queue = new MonitorQueue(monitor, { cacheSize: 0 });
    const same = offered();
    queue.offer(same);
    await queue.flush();
    queue.offer(same);
    await queue.flush();
    expect(seenSignals.map(({ severity }) => severity)).toEqual([0.9, 0.9]);
    expect(new Set(seenSignals.map(({ attributes }) => attributes['alignment.signal.id'])).size).toBe(1);
  });

  it('leaves out what the monitor is unsure of, and risks below the threshold', async () => {
    const { monitor } = monitorOf(() => ({
      risks: [{ entry: 0, score: 0.69, confidence: 1 }],
      indicators: [{ ...finding, confidence: 0.49 }],
    }));
    const verdicts: Verdict[] = [];
    const queue = new MonitorQueue(monitor, { onVerdict: verdict => verdicts.push(verdict) });
    queue.offer(offered());
    await queue.flush();
    expect(seenSignals).toEqual([]);
    expect(verdicts).toHaveLength(1);
    expect(queue.stats).toMatchObject({ judged: 1, signals: 0 });
  });
});

describe('the transcript', () => {
  it('has what the application noted and the steps before, oldest first, and names the judged ones', async () => {
    const { monitor, asked } = monitorOf(() => NOTHING);
    const queue = new MonitorQueue(monitor, { contextEntries: 2 });
    queue.note('s', { role: 'user', content: 'first' });
    queue.note('s', { role: 'user', content: 'second' });
    queue.note('other', { role: 'user', content: 'of another session' });
    queue.offer(offered({ step: stepOf({ arguments: 'A', result: 'R' }), reasoning: 'because' }));
    queue.offer(offered({ step: stepOf({ arguments: 'B' }) }));
    await queue.flush();
    expect(
      asked.map(({ transcript }) => transcript.map(({ content, arguments: given }) => content ?? given)),
    ).toEqual([
      ['first', 'second', 'A'],
      ['second', 'A', 'B'],
    ]);
    expect(asked.map(({ judged }) => judged)).toEqual([[2], [2]]);
    expect(asked[0]?.transcript[2]).toEqual({
      role: 'agent',
      tool: 'bash',
      arguments: 'A',
      result: 'R',
      reasoning: 'because',
    });
  });

  it('is bounded in characters; the oldest context goes first, the judged entry never', async () => {
    const { monitor, asked } = monitorOf(() => NOTHING);
    const queue = new MonitorQueue(monitor, { maxTranscriptChars: 1000, maxFieldChars: 400 });
    for (let i = 0; i < 10; i++) queue.note('s', { role: 'tool', content: `${i}`.repeat(1000) });
    queue.offer(offered({ step: stepOf({ arguments: 'x'.repeat(10_000) }) }));
    await queue.flush();
    const [request] = asked;
    expect(request?.transcript.map(({ content }) => content?.[0])).toEqual(['9', undefined]);
    expect(JSON.stringify(request).length).toBeLessThan(1200);
  });

  it('judges a batch in one call, and the rest of it on flush', async () => {
    const { monitor, asked } = monitorOf(({ judged }) => ({
      risks: judged.map(entry => ({ entry, score: 0.8, confidence: 1 })),
      indicators: [],
    }));
    const queue = new MonitorQueue(monitor, { batchSize: 3, contextEntries: 1 });
    for (let i = 0; i < 5; i++) queue.offer(offered({ step: stepOf({ toolCallId: `c${i}` }) }));
    await queue.flush();
    expect(asked.map(({ judged }) => judged.length).sort()).toEqual([2, 3]);
    expect(queue.stats).toMatchObject({ offered: 5, judged: 5, calls: 2, signals: 5 });
    expect(new Set(seenSignals.map(({ attributes }) => attributes['gen_ai.tool.call.id'])).size).toBe(5);
  });

  it('loses no step that waits for its batch while the window moves on', async () => {
    const { monitor, asked } = monitorOf(() => NOTHING);
    const queue = new MonitorQueue(monitor, { batchSize: 2, contextEntries: 2 });
    queue.offer(offered({ step: stepOf({ arguments: 'early' }) }));
    for (let i = 0; i < 100; i++) queue.note('s', { role: 'user', content: `${i}` });
    await queue.flush();
    expect(asked.map(({ judged, transcript }) => judged.map(i => transcript[i]?.arguments))).toEqual([
      ['early'],
    ]);
    expect(queue.stats.judged).toBe(1);
  });
});

describe('the agent never waits and nothing grows', () => {
  it('does not call the monitor before the agent yields', async () => {
    const { monitor, asked } = monitorOf(() => NOTHING);
    const queue = new MonitorQueue(monitor);
    queue.offer(offered());
    expect(asked).toHaveLength(0);
    await queue.flush();
    expect(asked).toHaveLength(1);
  });

  it('drops what comes beyond the queue, and says so', async () => {
    const { monitor } = monitorOf(() => NOTHING);
    const queue = new MonitorQueue(monitor, { queueLimit: 2 });
    expect([1, 2, 3, 4].map(() => queue.offer(offered()))).toEqual([true, true, false, false]);
    await queue.flush();
    expect(queue.stats).toMatchObject({ offered: 4, judged: 2, dropped: { queue: 2 } });
  });

  it('asks at most so many at a time', async () => {
    let running = 0;
    let most = 0;
    const { monitor } = monitorOf(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(resolve => setImmediate(resolve));
      running -= 1;
      return NOTHING;
    });
    const queue = new MonitorQueue(monitor, { concurrency: 3 });
    for (let i = 0; i < 10; i++) queue.offer(offered());
    await queue.flush();
    expect(most).toBe(3);
    expect(queue.stats.judged).toBe(10);
  });

  it('gives up on a judge that never answers, even one that ignores its signal', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { monitor, asked } = monitorOf(() => new Promise(() => undefined));
    const queue = new MonitorQueue(monitor, { timeoutMs: 1000 });
    queue.offer(offered());
    const done = queue.flush();
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    await vi.advanceTimersByTimeAsync(1000);
    await done;
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(queue.stats).toMatchObject({ judged: 0, failed: { timeout: 1 } });
  });

  it('keeps to its budget a minute and a session', async () => {
    let clock = 0;
    const { monitor } = monitorOf(() => NOTHING);
    const queue = new MonitorQueue(monitor, {
      now: () => clock,
      budget: { callsPerMinute: 2, callsPerSession: 3 },
    });
    const offer = async (times: number, sessionKey: string): Promise<void> => {
      for (let i = 0; i < times; i++) queue.offer(offered({ sessionKey }));
      await queue.flush();
    };
    await offer(3, 'a');
    expect(queue.stats).toMatchObject({ judged: 2, dropped: { budget: 1 } });
    clock = 60_000;
    await offer(2, 'a');
    expect(queue.stats).toMatchObject({ judged: 3, dropped: { budget: 2 } });
    await offer(1, 'b');
    expect(queue.stats).toMatchObject({ judged: 4, dropped: { budget: 2 } });
  });

  it('counts tokens as estimated until the monitor says what it used', async () => {
    const { monitor } = monitorOf(() => ({ ...NOTHING, tokens: 10 }));
    const costly = { ...monitor, overheadTokens: 500 };
    const queue = new MonitorQueue(costly, { concurrency: 1, budget: { tokensPerMinute: 1000 } });
    for (let i = 0; i < 5; i++) queue.offer(offered());
    await queue.flush();
    expect(queue.stats).toMatchObject({ judged: 5, dropped: { budget: 0 } });
    const silent = new MonitorQueue(
      { ...costly, judge: async () => NOTHING },
      { budget: { tokensPerMinute: 1000 } },
    );
    for (let i = 0; i < 5; i++) silent.offer(offered());
    await silent.flush();
    expect(silent.stats).toMatchObject({ judged: 1, dropped: { budget: 4 } });
  });

  it('leaves an endpoint alone that asks for it, for as long as it asks', async () => {
    let clock = 0;
    let answer: () => Verdict = () => {
      throw new MonitorFailure('rate_limited', 'HTTP 429', 5000);
    };
    const { monitor, asked } = monitorOf(() => answer());
    const queue = new MonitorQueue(monitor, { now: () => clock, concurrency: 1 });
    queue.offer(offered());
    queue.offer(offered());
    await queue.flush();
    expect(queue.stats).toMatchObject({ failed: { rate_limited: 1 }, dropped: { backoff: 1 } });
    answer = () => NOTHING;
    clock = 5000;
    queue.offer(offered());
    await queue.flush();
    expect(asked).toHaveLength(2);
    expect(queue.stats.judged).toBe(1);
  });

  it('judges a sample, the same one in a replay, and every step of high risk', async () => {
    const run = async (): Promise<boolean[]> => {
      const queue = new MonitorQueue(monitorOf(() => NOTHING).monitor, { sampleRate: 0.3, queueLimit: 1000 });
      return Array.from({ length: 200 }, () => queue.offer(offered({ sessionKey: 'sampled' })));
    };
    const first = await run();
    expect(await run()).toEqual(first);
    const share = first.filter(Boolean).length / first.length;
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.45);
    const none = new MonitorQueue(monitorOf(() => NOTHING).monitor, { sampleRate: 0 });
    expect(none.offer(offered())).toBe(false);
    expect(none.offer(offered({ assessment: { riskScore: 0.7, rules: [] } }))).toBe(true);
    expect(none.stats).toMatchObject({ offered: 2, notSampled: 1 });
    await none.close();
  });

  it('asks once about what comes again, and not for another version', async () => {
    const { monitor, asked } = monitorOf(() => ({
      risks: [{ entry: 0, score: 0.8, confidence: 1 }],
      indicators: [],
    }));
    const queue = new MonitorQueue(monitor);
    const step = stepOf();
    for (const sessionKey of ['a', 'b', 'c']) queue.offer(offered({ step, sessionKey }));
    await queue.flush();
    const before = asked.length;
    queue.offer(offered({ step, sessionKey: 'd' }));
    await queue.flush();
    expect(asked).toHaveLength(before);
    expect(queue.stats.judged).toBe(4);
    expect(queue.stats.cached).toBe(4 - before);
    expect(seenSignals).toHaveLength(4);
  });

  it('survives a monitor that throws, answers nonsense, or has nothing to say', async () => {
    const answers: unknown[] = [
      new TypeError('secret content'),
      { risks: 'many' },
      { risks: [{ entry: 99, score: 1, confidence: 1 }], indicators: [] },
      undefined,
      null,
      7,
    ];
    const { monitor } = monitorOf(() => {
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer as Verdict;
    });
    const queue = new MonitorQueue(monitor, { concurrency: 1 });
    for (let i = 0; i < 6; i++) queue.offer(offered());
    await queue.flush();
    expect(queue.stats).toMatchObject({ judged: 1, failed: { error: 1, schema: 4 } });
  });

  it('survives a judge that throws before it promises, and callbacks that throw', async () => {
    const rude: Monitor = {
      name: 'rude',
      version: '1',
      judge() {
        throw new Error('no');
      },
    };
    const queue = new MonitorQueue(rude);
    queue.offer(offered());
    await queue.flush();
    expect(queue.stats.failed).toEqual({ error: 1 });
    const loud = new MonitorQueue(monitorOf(() => NOTHING).monitor, {
      onVerdict() {
        throw new Error('no');
      },
    });
    loud.offer(offered());
    await loud.flush();
    expect(loud.stats.judged).toBe(1);
    expect(loud.offer(null as never)).toBe(false);
  });

  it('forgets the session used longest ago, and counts what waited in it', async () => {
    const queue = new MonitorQueue(monitorOf(() => NOTHING).monitor, { maxSessions: 2, batchSize: 2 });
    for (const sessionKey of ['a', 'b', 'c']) queue.offer(offered({ sessionKey }));
    await queue.flush();
    expect(queue.stats).toMatchObject({ offered: 3, judged: 2, dropped: { queue: 1 } });
  });

  it('takes nothing after it was closed', async () => {
    const queue = new MonitorQueue(monitorOf(() => NOTHING).monitor);
    queue.offer(offered());
    await queue.close();
    expect(queue.offer(offered())).toBe(false);
    expect(queue.stats).toMatchObject({ offered: 2, judged: 0, dropped: { closed: 2 } });
  });
});
