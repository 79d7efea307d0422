import { beforeEach, describe, expect, it } from 'vitest';
import type { AlignmentOptions } from '../../src/index.ts';
import { fragmentContract } from './fragments.ts';
import { type Finished, Keep, KeepLogs, type Line, type Span } from './line.ts';

const TOOL = {
  'gen_ai.operation.name': 'execute_tool',
  'gen_ai.tool.name': 'bash',
  'gen_ai.tool.call.id': 'call_1',
};
const DEFAULT_ON_SPAN = [
  'alignment.action.type',
  'alignment.action.reversibility',
  'alignment.risk.score',
  'alignment.human.involvement',
];

const fail = (): never => {
  throw new Error('hostile');
};
const hostile = new Proxy({}, { get: fail, ownKeys: fail, has: fail, getOwnPropertyDescriptor: fail });
const getter = Object.defineProperty({}, 'type', { get: fail, enumerable: true });
const GIVEN: readonly unknown[] = [
  undefined,
  null,
  7,
  'x',
  [],
  { type: {} },
  { class: 'nope' },
  { score: Number.NaN },
  hostile,
  getter,
  { type: 'stop', time: hostile },
  { type: 'stop', severity: hostile },
];

/** Of the first processor: what holds off any span. */
const shared = {
  get settings(): object {
    return (globalThis as unknown as { [key: symbol]: { settings: object } })[Symbol.for('otel-alignment')]
      ?.settings as object;
  },
};

const ours = (attributes: object): string[] =>
  Object.keys(attributes).filter(key => key.startsWith('alignment.'));
const signalsOn = (span: Finished | undefined) =>
  (span?.events ?? []).filter(event => event.name.startsWith('alignment.'));

/** What must hold on every SDK line, with the copies of API and library that an application on it loads. */
export function contract(title: string, line: Line): void {
  const { api, lib, signals } = line;
  const logs = new KeepLogs();
  line.logs(logs);
  api.context.setGlobalContextManager(line.contextManager.enable() as never);

  const start = (options: AlignmentOptions = {}, provider: object = {}) => {
    const keep = new Keep();
    const processor = new lib.AlignmentSpanProcessor(options);
    const tracer = line.provider({ spanProcessors: [processor, keep], ...provider }).getTracer('test');
    return { tracer, keep, processor, last: () => keep.spans.at(-1) };
  };

  beforeEach(() => {
    logs.records.length = 0;
  });

  describe(`${title}: processor`, () => {
    it('attaches the default set to a tool call', () => {
      const { tracer, last } = start();
      lib.withAlignmentContext(
        {
          conversationId: 'c-1',
          humanInvolvement: 'monitoring',
          step: { arguments: { command: 'cat notes.txt' } },
        },
        () => tracer.startSpan('execute_tool bash', { attributes: TOOL }).end(),
      );
      expect(last()?.attributes).toMatchObject({
        'gen_ai.conversation.id': 'c-1',
        'alignment.action.type': 'read',
      });
      expect(ours(last()?.attributes ?? {})).toEqual(expect.arrayContaining(DEFAULT_ON_SPAN));
      expect(JSON.stringify([last()?.attributes, last()?.events])).not.toContain('command"');
    });

    it('raises a risk escalation on its own, with id, rule and mirror', () => {
      const seen: unknown[] = [];
      const { tracer, last } = start({ onSignal: signal => seen.push(signal.class) });
      lib.withAlignmentContext(
        { conversationId: 'c-2', step: { arguments: { command: 'rm -rf /srv/data' } } },
        () => tracer.startSpan('execute_tool bash', { attributes: TOOL }).end(),
      );
      const [event] = signalsOn(last());
      expect(event?.name).toBe('alignment.risk_escalation');
      expect(event?.attributes).toMatchObject({
        'alignment.signal.class': 'risk_escalation',
        'alignment.signal.id': expect.stringMatching(/^[0-9a-f]{32}$/),
        'alignment.signal.reason': expect.any(String),
        'alignment.source.type': 'instrumentation',
      });
      // the span carries the session, so the event does not repeat it
      expect(event?.attributes).not.toHaveProperty(['gen_ai.conversation.id']);
      expect(event?.time).toEqual(last()?.endTime);
      const severities = signalsOn(last()).map(({ attributes }) => attributes?.['alignment.signal.severity']);
      expect(last()?.attributes).toMatchObject({
        'alignment.signal.count': severities.length,
        'alignment.signal.classes': expect.arrayContaining(['risk_escalation']),
        'alignment.signal.max_severity': Math.max(...(severities as number[])),
      });
      expect(seen).toHaveLength(severities.length);
      expect(seen[0]).toBe('risk_escalation');
    });

    it('finds session and agent at the nearest ancestor, ended or not', () => {
      const { tracer, last } = start();
      const agent = tracer.startSpan('invoke_agent a', {
        attributes: {
          'gen_ai.operation.name': 'invoke_agent',
          'gen_ai.conversation.id': 'c-3',
          'gen_ai.agent.id': 'a-3',
        },
      });
      const http = tracer.startSpan('GET', {}, api.trace.setSpan(api.ROOT_CONTEXT, agent));
      agent.end();
      const tool = tracer.startSpan(
        'execute_tool bash',
        { attributes: TOOL },
        api.trace.setSpan(api.ROOT_CONTEXT, http),
      );
      signals.recordIntervention({ type: 'stop', initiator: 'human', outcome: 'stopped' }, { span: tool });
      tool.end();
      expect(signalsOn(last())[0]?.attributes).toMatchObject({
        'gen_ai.conversation.id': 'c-3',
        'gen_ai.agent.id': 'a-3',
      });
      expect(last()?.attributes).not.toHaveProperty(['gen_ai.conversation.id']);
    });

    it('finds a session on a span that is no agent’s, open or ended, and through spans that say nothing', () => {
      const { tracer, keep } = start();
      const under = (span: Span) => api.trace.setSpan(api.ROOT_CONTEXT, span);
      const request = tracer.startSpan('POST /chat', { attributes: { 'session.id': 's-1' } });
      const silent = tracer.startSpan('route', {}, under(request));
      silent.end();
      const late = tracer.startSpan('execute_tool bash', { attributes: TOOL }, under(silent));
      request.end();
      const later = tracer.startSpan('execute_tool bash', { attributes: TOOL }, under(request));
      for (const tool of [late, later]) {
        signals.recordIntervention({ type: 'stop', initiator: 'human' }, { span: tool });
        tool.end();
        const [event] = signalsOn(keep.spans.at(-1));
        expect(event?.attributes).toMatchObject({ 'session.id': 's-1' });
      }
      for (const foreign of keep.spans.slice(0, 2)) expect(ours(foreign.attributes)).toEqual([]);
    });

    it('takes what is reported on a span that is no agent’s, before it ends and while it does', () => {
      const report = (span: unknown) => signals.recordIntervention({ type: 'pause' }, { span: span as Span });
      const keep = new Keep();
      const after = {
        onStart() {},
        onEnding: report,
        onEnd() {},
        forceFlush: async () => {},
        shutdown: async () => {},
      };
      const spanProcessors = [new lib.AlignmentSpanProcessor(), after, keep];
      const tracer = line.provider({ spanProcessors }).getTracer('test');
      const span = tracer.startSpan('GET');
      signals.recordClarificationRequest({}, { span });
      span.end();
      tracer.startSpan('GET').end();
      expect(keep.spans.map(one => signalsOn(one).map(({ name }) => name))).toEqual([
        ['alignment.clarification_request', 'alignment.intervention'],
        ['alignment.intervention'],
      ]);
      expect(logs.records).toEqual([]);
    });

    it('writes handed ids on agent spans only, and handed arguments count for the tool span alone', () => {
      const { tracer, keep } = start();
      lib.withAlignmentContext(
        { conversationId: 'c-4', agentName: 'a', step: { arguments: { command: 'rm -rf /srv/data' } } },
        () =>
          tracer.startActiveSpan('execute_tool bash', { attributes: TOOL }, span => {
            tracer.startSpan('GET').end();
            tracer
              .startSpan('execute_tool inner', { attributes: { ...TOOL, 'gen_ai.tool.name': 'read_file' } })
              .end();
            span.end();
          }),
      );
      const [http, inner, outer] = keep.spans;
      expect(http?.attributes).toEqual({});
      expect(inner?.attributes).toMatchObject({
        'gen_ai.conversation.id': 'c-4',
        'alignment.action.type': 'read',
      });
      expect(outer?.attributes).toMatchObject({
        'gen_ai.agent.name': 'a',
        'alignment.action.type': 'delete',
      });
    });

    it('never overwrites an attribute that stands', () => {
      const { tracer, last } = start();
      const given = {
        'gen_ai.conversation.id': 'mine',
        'alignment.human.involvement': 'none',
        'alignment.risk.score': 0.11,
      };
      lib.withAlignmentContext({ conversationId: 'other', humanInvolvement: 'monitoring' }, () =>
        tracer.startSpan('execute_tool bash', { attributes: { ...TOOL, ...given } }).end(),
      );
      expect(last()?.attributes).toMatchObject(given);
    });

    it('survives callbacks that throw', () => {
      const fail = (): never => {
        throw new Error('user code');
      };
      const { tracer, keep } = start({ assess: fail, onSignal: fail, spans: fail, redact: fail });
      tracer.startActiveSpan('execute_tool bash', { attributes: TOOL }, span => {
        signals.recordClarificationRequest({ attributes: { 'alignment.signal.explanation': 'x' } });
        span.end();
      });
      expect(keep.spans).toHaveLength(1);
      expect(signalsOn(keep.spans[0])[0]?.attributes).not.toHaveProperty(['alignment.signal.explanation']);
    });

    it('looks after the spans of its own provider with its own settings', () => {
      const first: unknown[] = [];
      const second: unknown[] = [];
      const a = start({ onSignal: signal => first.push(signal.class) });
      const b = start({ onSignal: signal => second.push(signal.class) });
      for (const { tracer } of [a, b, a]) {
        const span = tracer.startSpan('execute_tool x', { attributes: { ...TOOL, 'gen_ai.tool.name': 'x' } });
        signals.recordClarificationRequest({}, { span });
        span.end();
      }
      expect(first).toEqual(['clarification_request', 'clarification_request']);
      expect(second).toEqual(['clarification_request']);
    });

    it('loses nothing that is reported while it tells of a signal', () => {
      const stop = () => signals.recordIntervention({ type: 'stop', initiator: 'human' });
      const { tracer, last } = start({ onSignal: stop });
      tracer.startActiveSpan(
        'execute_tool x',
        { attributes: { 'gen_ai.operation.name': 'execute_tool' } },
        span => {
          signals.recordClarificationRequest();
          span.end();
        },
      );
      expect(signalsOn(last()).map(({ name }) => name)).toEqual([
        'alignment.clarification_request',
        'alignment.intervention',
      ]);
      expect(last()?.attributes).toMatchObject({ 'alignment.signal.count': 2 });
    });

    it('a logger that throws loses its own record only', () => {
      let calls = 0;
      const emit = (): void => {
        calls += 1;
        throw new Error('logger');
      };
      const seen: unknown[] = [];
      const { tracer, keep } = start({
        logger: { emit },
        events: 'log',
        onSignal: signal => seen.push(signal.class),
      });
      const span = tracer.startSpan('execute_tool x', { attributes: TOOL });
      signals.recordClarificationRequest({}, { span });
      signals.recordIntervention({ type: 'pause' }, { span });
      span.end();
      expect(keep.spans).toHaveLength(1);
      expect(seen).toEqual(['clarification_request', 'intervention']);
      expect(calls).toBe(2);
    });

    it('holds what an assessor of the user’s says to the registry', () => {
      const said = {
        actionType: 'a sentence',
        reversibility: 'maybe',
        riskScore: 7,
        rules: ['x'],
        indicators: [{ type: 'a sentence', severity: Number.NaN, rule: 'a sentence', evidence: 'actions' }],
      };
      const { tracer, last } = start({ assess: () => said as never });
      tracer.startSpan('execute_tool bash', { attributes: TOOL }).end();
      expect(JSON.stringify([last()?.attributes, last()?.events])).not.toContain('sentence');
      expect(last()?.attributes).toMatchObject({
        'alignment.risk.score': 1,
        'alignment.action.type': '_OTHER',
      });
      expect(last()?.attributes).not.toHaveProperty(['alignment.action.reversibility']);
    });

    it('knows a tool call that was handed over, and writes its id where the span lacks it', () => {
      const { tracer, last } = start();
      const attributes = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'x' };
      lib.withAlignmentContext({ conversationId: 'c-9', step: { toolCallId: 'call_9' } }, () =>
        tracer.startActiveSpan('execute_tool x', { attributes }, span => {
          signals.recordIntervention({ type: 'denial', initiator: 'human', outcome: 'denied' });
          span.end();
        }),
      );
      const [event] = signalsOn(last());
      expect(event?.attributes).toMatchObject({ 'gen_ai.tool.call.id': 'call_9' });
      const fact = {
        class: 'intervention',
        time: [0, 0],
        attributes: { 'alignment.intervention.type': 'denial', 'alignment.intervention.outcome': 'denied' },
      } as const;
      expect(event?.attributes?.['alignment.signal.id']).toBe(signals.signalId(fact, 'c-9', 'call_9'));
    });

    it('hands a step through what stands between, to the outermost tool span', () => {
      const { tracer, keep } = start();
      lib.withAlignmentContext({ step: { arguments: { command: 'rm -rf /srv/data' } } }, () =>
        tracer.startActiveSpan('middleware', outer => {
          lib.withAlignmentContext({ conversationId: 'c-10' }, () =>
            tracer.startActiveSpan('execute_tool bash', { attributes: TOOL }, span => span.end()),
          );
          outer.end();
        }),
      );
      expect(keep.spans[0]?.attributes).toMatchObject({
        'alignment.action.type': 'delete',
        'gen_ai.conversation.id': 'c-10',
      });
    });

    it('leaves spans that are no agent’s alone', () => {
      const { tracer, last } = start();
      tracer.startSpan('GET /', { attributes: { 'http.request.method': 'GET' } }).end();
      expect(last()?.attributes).toEqual({ 'http.request.method': 'GET' });
    });

    it('acts once where it is installed twice', () => {
      const keep = new Keep();
      const two = [new lib.AlignmentSpanProcessor(), new lib.AlignmentSpanProcessor(), keep];
      const tracer = line.provider({ spanProcessors: two }).getTracer('test');
      lib.withAlignmentContext(
        { conversationId: 'c-5', step: { arguments: { command: 'rm -rf /srv/data' } } },
        () => tracer.startSpan('execute_tool bash', { attributes: TOOL }).end(),
      );
      const escalations = signalsOn(keep.spans[0]).filter(({ name }) => name === 'alignment.risk_escalation');
      expect(escalations).toHaveLength(1);
    });

    it('writes the same whether or not it may write without the methods of a span', () => {
      const calls: string[] = [];
      // a method of the span's own, as a tool that watches spans puts one there, has to be called
      const watching = {
        ...new Keep(),
        onStart(span: Record<string, (...given: unknown[]) => unknown>) {
          for (const method of ['setAttribute', 'addEvent'] as const) {
            const own = span[method] as (...given: unknown[]) => unknown;
            span[method] = function watched(this: unknown, ...given: unknown[]): unknown {
              calls.push(String(given[0]));
              return own.apply(this, given);
            };
          }
        },
        onEnd(): void {},
        forceFlush: async () => {},
        shutdown: async () => {},
      };
      const commands = ['ls', 'rm -rf /srv/data', 'cat .env', 'git push --force origin main', ''];
      const limits = [
        {},
        { attributeCountLimit: 9 },
        { eventCountLimit: 1 },
        { attributeValueLengthLimit: 12 },
      ];
      const turns = commands.flatMap(command => limits.map(spanLimits => ({ command, spanLimits })));
      const written = (watched: boolean): unknown[] => {
        let left = 0;
        return turns.map(({ command, spanLimits }) => {
          const keep = new Keep();
          const ours = new lib.AlignmentSpanProcessor({ detail: command === '' ? 'full' : 'default' });
          const tracer = line
            .provider({ spanProcessors: watched ? [watching, ours, keep] : [ours, keep], spanLimits })
            .getTracer('test');
          const values = { conversationId: `same-${left++}`, humanInvolvement: 'monitoring' } as const;
          lib.withAlignmentContext({ ...values, step: { arguments: { command } } }, () => {
            const span = tracer.startSpan('execute_tool bash', { attributes: TOOL, startTime: [100, 0] });
            signals.recordIntervention({ type: 'approval', initiator: 'human' }, { span });
            span.addEvent('mine', {}, [101, 0]);
            span.end([102, 0]);
          });
          const [span] = keep.spans;
          const { attributes, events, droppedAttributesCount, droppedEventsCount } = span as Finished;
          return { attributes, events, droppedAttributesCount, droppedEventsCount };
        });
      };
      const plainly = written(false);
      // the same ids, and sessions that know nothing yet
      (globalThis as unknown as { [key: symbol]: { rooms: Record<string, unknown> } })[
        Symbol.for('otel-alignment')
      ]!.rooms['sessions'] = undefined;
      const byMethods = written(true);
      expect(calls).toContain('alignment.risk.score');
      expect(calls).toContain('alignment.risk_escalation');
      expect(plainly).toEqual(byMethods);
    });

    it('writes everything with detail full', () => {
      const { tracer, last } = start({ detail: 'full' });
      tracer.startSpan('execute_tool bash', { attributes: TOOL }).end();
      expect(last()?.attributes).toMatchObject({ 'alignment.source.name': 'otel-alignment' });
    });
  });

  describe(`${title}: emitters`, () => {
    it('act on the active span (this fails where the library loads another copy of the API)', () => {
      const { tracer, last } = start();
      tracer.startActiveSpan('execute_tool bash', { attributes: TOOL }, span => {
        signals.recordIntervention({
          type: 'denial',
          initiator: 'human',
          outcome: 'denied',
          decisionSource: 'human',
        });
        span.end();
      });
      expect(signalsOn(last()).map(event => event.attributes)).toEqual([
        expect.objectContaining({
          'alignment.signal.severity': 0.4,
          'alignment.intervention.type': 'denial',
          'alignment.intervention.decision.source': 'human',
        }),
      ]);
      expect(last()?.attributes).toMatchObject({ 'alignment.human.involvement': 'approval_required' });
      expect(logs.records).toEqual([]);
    });

    it('send a log record for a span that ended, of which nothing is lost', () => {
      const { tracer, last } = start();
      const span = tracer.startSpan('execute_tool bash', { attributes: TOOL });
      span.end();
      signals.recordIntervention({ type: 'stop', initiator: 'human', outcome: 'stopped' }, { span });
      expect(signalsOn(last())).toEqual([]);
      expect(logs.records).toHaveLength(1);
      const [record] = logs.records;
      expect(record).toMatchObject({
        eventName: 'alignment.intervention',
        severityNumber: 13,
        attributes: expect.objectContaining({ 'gen_ai.tool.name': 'bash', 'gen_ai.tool.call.id': 'call_1' }),
      });
      expect(record?.spanContext?.spanId).toBe(span.spanContext().spanId);
    });

    it('send a log record for a span that is not sampled, with the session of its context', () => {
      const { tracer, keep } = start({}, { sampler: line.alwaysOff });
      lib.withAlignmentContext({ conversationId: 'c-6' }, () =>
        tracer.startActiveSpan('execute_tool bash', { attributes: TOOL }, span => {
          signals.recordClarificationRequest();
          span.end();
        }),
      );
      expect(keep.spans).toEqual([]);
      expect(logs.records).toHaveLength(1);
      expect(logs.records[0]?.attributes).toMatchObject({ 'gen_ai.conversation.id': 'c-6' });
    });

    it('send a log record for a span that is recorded but not sampled: nothing exports it', () => {
      const recordOnly = { shouldSample: () => ({ decision: 1 }), toString: () => 'record only' };
      const { tracer, last } = start({}, { sampler: recordOnly });
      lib.withAlignmentContext({ step: { arguments: { command: 'rm -rf /srv/data' } } }, () =>
        tracer.startActiveSpan('execute_tool bash', { attributes: TOOL }, span => {
          signals.recordIntervention({ type: 'approval', initiator: 'human' });
          span.end();
        }),
      );
      expect(signalsOn(last())).toEqual([]);
      expect(logs.records.map(({ eventName }) => eventName)).toEqual(
        expect.arrayContaining(['alignment.intervention', 'alignment.risk_escalation']),
      );
    });

    it('take what holds where the signal is reported', () => {
      const { tracer, last } = start();
      const span = tracer.startSpan('execute_tool x', { attributes: TOOL });
      lib.withAlignmentContext({ conversationId: 'c-11', agentId: 'a-11' }, () =>
        signals.recordClarificationRequest({}, { span, detail: 'full' }),
      );
      span.end();
      expect(signalsOn(last())[0]?.attributes).toMatchObject({
        'gen_ai.conversation.id': 'c-11',
        'gen_ai.agent.id': 'a-11',
      });
    });

    it('give facts of one kind in one call one id, which the caller can tell apart', () => {
      const { tracer, last } = start();
      const own = 'f'.repeat(32);
      tracer.startActiveSpan('execute_tool ask', { attributes: TOOL }, span => {
        signals.recordClarificationRequest({ reason: 'choice' });
        signals.recordClarificationRequest({ reason: 'credentials' });
        signals.recordClarificationRequest({ attributes: { 'alignment.signal.id': own } });
        span.end();
      });
      const ids = signalsOn(last()).map(({ attributes }) => attributes?.['alignment.signal.id']);
      expect(ids[0]).toBe(ids[1]);
      expect(ids[2]).toBe(own);
    });

    it('take ids from baggage off any span too, where the option says so', () => {
      const from = lib.withAlignmentBaggage(api.ROOT_CONTEXT, { conversationId: 'c-12' });
      const settings = { ...shared.settings };
      try {
        for (const baggage of [false, true]) {
          Object.assign(shared.settings, { baggage });
          signals.recordClarificationRequest({}, { context: from });
        }
      } finally {
        Object.assign(shared.settings, settings);
      }
      expect(logs.records.map(({ attributes }) => attributes['gen_ai.conversation.id'])).toEqual([
        undefined,
        'c-12',
      ]);
    });

    it('send log records for what is more than a span can hold in mind', () => {
      const { tracer, last } = start();
      const span = tracer.startSpan('execute_tool x', { attributes: TOOL });
      for (let i = 0; i < 300; i++)
        signals.recordIntervention({ type: 'pause', time: [1_763_719_200, i] }, { span });
      span.end();
      expect(signalsOn(last()).length + logs.records.length).toBe(300);
    });

    it('send a log record where there is no span', () => {
      start();
      signals.recordAutonomyBoundary({ type: 'bypass', from: 'ask', to: 'yes to all' });
      expect(logs.records[0]?.attributes).toMatchObject({
        'alignment.boundary.from': 'ask',
        'alignment.boundary.to': '_OTHER',
      });
    });

    it('send a log record at once with events: log, and the mirror counts it', () => {
      const { tracer, last } = start({ events: 'log' });
      tracer.startActiveSpan('execute_tool bash', { attributes: TOOL }, span => {
        signals.recordClarificationRequest();
        expect(logs.records).toHaveLength(1);
        span.end();
      });
      expect(signalsOn(last())).toEqual([]);
      expect(logs.records).toHaveLength(1);
      expect(last()?.attributes).toMatchObject({ 'alignment.signal.count': 1 });
    });

    it('work on a span that no processor of ours looks after', () => {
      start();
      const keep = new Keep();
      const tracer = line.provider({ spanProcessors: [keep] }).getTracer('test');
      tracer.startActiveSpan('chat', span => {
        signals.recordClarificationRequest();
        signals.recordIntervention({ type: 'pause' });
        span.end();
      });
      expect(signalsOn(keep.spans[0])).toHaveLength(2);
      expect(keep.spans[0]?.attributes).toMatchObject({
        'alignment.signal.count': 2,
        'alignment.signal.classes': ['clarification_request', 'intervention'],
      });
    });

    it('never throw, whatever they are given', () => {
      const anything = signals as unknown as Record<string, (...given: unknown[]) => void>;
      const emitters = Object.keys(signals).filter(name => name.startsWith('record'));
      expect(emitters).toHaveLength(7);
      for (const emit of emitters) {
        for (const given of [
          ...GIVEN,
          ...GIVEN.map(attributes => ({ type: 'stop', class: 'intervention', attributes })),
        ]) {
          expect(() => anything[emit]?.(given)).not.toThrow();
          expect(() => anything[emit]?.({ type: 'stop', class: 'intervention' }, given)).not.toThrow();
        }
      }
    });
  });

  fragmentContract(title, line);

  describe(`${title}: limits`, () => {
    const limited = (events: number, limit = 4) => {
      const { tracer, last } = start({}, { spanLimits: { eventCountLimit: limit, attributeCountLimit: 8 } });
      const span = tracer.startSpan('execute_tool bash', { attributes: TOOL });
      signals.recordIntervention({ type: 'stop', initiator: 'human' }, { span });
      for (let i = 0; i < events; i++) span.addEvent(`mine ${i}`);
      span.end();
      return last();
    };

    it.each([0, 2, 3])('below the event limit (%i of 4) the signal is an event', count => {
      const span = limited(count);
      expect(signalsOn(span)).toHaveLength(1);
      expect(span?.events).toHaveLength(count + 1);
      expect(logs.records).toEqual([]);
    });

    it.each([4, 5, 9])(
      'at and above it (%i of 4) the user’s events stay and the signal is a log record',
      count => {
        const span = limited(count);
        expect(signalsOn(span)).toEqual([]);
        expect(span?.events.map(event => event.name)).toEqual(
          Array.from({ length: Math.min(count, 4) }, (_, i) => `mine ${Math.max(0, count - 4) + i}`),
        );
        expect(logs.records).toHaveLength(1);
        expect(span?.attributes).toMatchObject({ 'alignment.signal.count': 1 });
      },
    );

    it.each([{ attributeValueLengthLimit: 16 }, { attributePerEventCountLimit: 3 }])(
      'a span that would cut the event (%j) leaves it to a log record',
      spanLimits => {
        const { tracer, last } = start({}, { spanLimits });
        const span = tracer.startSpan('execute_tool bash', { attributes: TOOL });
        signals.recordIntervention({ type: 'stop', initiator: 'human' }, { span });
        span.end();
        expect(signalsOn(last())).toEqual([]);
        expect(logs.records[0]?.attributes['alignment.signal.id']).toMatch(/^[0-9a-f]{32}$/);
      },
    );

    it.each([7, 8, 9])('%i attributes of 8: the user’s stay, ours are dropped', count => {
      const { tracer, last } = start({}, { spanLimits: { attributeCountLimit: 8 } });
      const mine = Object.fromEntries(Array.from({ length: count }, (_, i) => [`mine.${i}`, i]));
      const span = tracer.startSpan('execute_tool bash', {
        attributes: { 'gen_ai.operation.name': 'execute_tool' },
      });
      signals.recordIntervention({ type: 'stop', initiator: 'human' }, { span });
      span.setAttributes(mine);
      span.end();
      const kept = Object.keys(last()?.attributes ?? {});
      expect(kept.filter(key => !key.startsWith('alignment.'))).toEqual(
        ['gen_ai.operation.name', ...Object.keys(mine)].slice(0, 8),
      );
      expect(signalsOn(last())).toHaveLength(1);
    });
  });
}
