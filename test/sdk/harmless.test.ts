import { type Attributes, context, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AlignmentOptions, AlignmentSpanProcessor, withAlignmentContext } from '../../src/index.ts';
import {
  recordClarificationRequest,
  recordIntervention,
  recordSignal,
  sessionKey,
  signalId,
} from '../../src/signals/index.ts';
import { checkAttribute } from '../../src/signals/validate.ts';
import { type Finished, Keep } from './line.ts';

const KEYS = [
  'gen_ai.operation.name',
  'gen_ai.tool.name',
  'gen_ai.tool.call.id',
  'gen_ai.tool.call.arguments',
  'gen_ai.conversation.id',
  'gen_ai.agent.id',
  'session.id',
  'openinference.span.kind',
  'input.value',
  'ai.operationId',
  'ai.toolCall.args',
  'traceloop.span.kind',
  'traceloop.entity.input',
  'mcp.method.name',
  'span.type',
  'full_command',
  'alignment.risk.score',
  'alignment.signal.count',
  'alignment.human.involvement',
  'http.request.method',
];
const WORDS = [
  'execute_tool',
  'invoke_agent',
  'chat',
  'TOOL',
  'AGENT',
  'tool',
  'tools/call',
  'bash',
  'rm -rf / --no-preserve-root',
];

const cyclic: Record<string, unknown> = { command: 'ls' };
cyclic['self'] = cyclic;
const hostile = new Proxy(
  { [fc.toStringMethod]: () => 'hostile' },
  {
    get: (target, key) => {
      if (key === fc.toStringMethod) return target[fc.toStringMethod];
      throw new Error('hostile getter');
    },
    ownKeys: () => {
      throw new Error('hostile keys');
    },
  },
);

const anyValue = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...WORDS) },
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.boolean(),
  fc.array(fc.string()),
  fc.constantFrom<unknown>(
    null,
    undefined,
    cyclic,
    Symbol('x'),
    () => 1,
    10n,
    '{"command":"rm -rf /"}',
    '{"a":',
    'x'.repeat(70_000),
  ),
  fc.object(),
);
const attributes = fc.dictionary(
  fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...KEYS) }, fc.string()),
  anyValue,
  { maxKeys: 10 },
);

const step = fc.oneof(
  fc.record({ do: fc.constant('event' as const), name: fc.string(), attributes }),
  fc.record({ do: fc.constant('attribute' as const), attributes }),
  fc.record({
    do: fc.constant('emit' as const),
    attributes,
    severity: fc.oneof(fc.double(), fc.constant(undefined)),
  }),
  fc.record({ do: fc.constant('child' as const), attributes }),
);
const scenario = fc.record({
  name: fc.string(),
  attributes,
  steps: fc.array(step, { maxLength: 8 }),
  limits: fc.record({
    eventCountLimit: fc.constantFrom<number>(0, 1, 3, 128),
    attributeCountLimit: fc.constantFrom<number>(1, 4, 12, 128),
  }),
  error: fc.boolean(),
  backwards: fc.boolean(),
  handed: fc.oneof(
    fc.constant(undefined),
    fc.record({
      conversationId: fc.string(),
      agentName: fc.string(),
      // the SDK itself throws on a hostile attribute; arguments handed over never reach it
      step: fc.record({ arguments: fc.oneof(anyValue, fc.constant(hostile)) }),
    }),
  ),
  options: fc.record({
    detail: fc.constantFrom('default' as const, 'full' as const),
    events: fc.constantFrom('span' as const, 'log' as const),
    assess: fc.constantFrom(
      undefined,
      () => {
        throw new Error('assess');
      },
      () => ({ rules: [], riskScore: Number.NaN }),
      () => 7 as never,
    ),
    onSignal: fc.constantFrom(undefined, () => {
      throw new Error('onSignal');
    }),
  }),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

function run(given: Scenario, withUs: boolean): Finished[] {
  const keep = new Keep();
  const ours = withUs ? [new AlignmentSpanProcessor(given.options as AlignmentOptions)] : [];
  const provider = new TracerProvider({ spanProcessors: [...ours, keep] as never, spanLimits: given.limits });
  const tracer = provider.getTracer('test');
  const at = (n: number): [number, number] => [1_763_719_200 + n, 0];
  const body = (): void => {
    const span = tracer.startSpan(
      given.name,
      { attributes: given.attributes as Attributes, startTime: at(10) },
      context.active(),
    );
    const within = trace.setSpan(context.active(), span);
    for (const one of given.steps) {
      if (one.do === 'event') span.addEvent(one.name, one.attributes as Attributes, at(11));
      if (one.do === 'attribute') span.setAttributes(one.attributes as Attributes);
      if (one.do === 'child')
        tracer
          .startSpan('child', { attributes: one.attributes as Attributes, startTime: at(11) }, within)
          .end(at(12));
      if (one.do === 'emit' && withUs) {
        recordIntervention(
          { type: 'denial', initiator: 'human', attributes: one.attributes as never },
          { span },
        );
        recordClarificationRequest(one as never, { span, context: within });
        recordSignal(
          { class: 'risk_escalation', severity: one.severity as number, attributes: one.attributes as never },
          { span },
        );
      }
    }
    if (given.error) span.setStatus({ code: SpanStatusCode.ERROR, message: 'failed' });
    span.end(at(given.backwards ? 5 : 15));
  };
  context.with(ROOT_CONTEXT, () =>
    withUs && given.handed !== undefined ? withAlignmentContext(given.handed, body) : body(),
  );
  return keep.spans;
}

const HANDED = new Set(['gen_ai.conversation.id', 'gen_ai.agent.name']);

/** What of a span is the user's: everything but ours, and but the counts of what was dropped. */
function users(span: Finished, given: Scenario) {
  const handed = given.handed as Record<string, unknown> | undefined;
  const values = new Set(Object.values(handed ?? {}));
  return {
    name: span.name,
    kind: span.kind,
    status: span.status,
    links: span.links,
    endTime: span.endTime,
    attributes: Object.fromEntries(
      Object.entries(span.attributes).filter(
        ([key, value]) => !key.startsWith('alignment.') && !(HANDED.has(key) && values.has(value)),
      ),
    ),
    // an event of the user's whose name only looks like ours is the user's
    events: span.events
      .filter(event => !('alignment.signal.class' in (event.attributes ?? {})))
      .map(({ name, time, attributes }) => ({ name, time, attributes })),
  };
}

/** Keys of the id's recipe that an emitter of the scenario states by itself, under a source of its own. */
const stated = (given: Scenario): boolean =>
  given.steps.some(one => one.do === 'emit' && Object.keys(one.attributes).length > 0);

describe('whatever the span and the options', () => {
  beforeAll(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  });

  it('every span is exported whole, and differs only in what is ours', () => {
    fc.assert(
      fc.property(scenario, given => {
        const without = run(given, false);
        const withUs = run(given, true);
        expect(withUs).toHaveLength(without.length);
        for (const [index, span] of withUs.entries()) {
          expect(users(span, given)).toEqual(users(without[index] as Finished, given));
        }
      }),
      { numRuns: 600 },
    );
  });

  it('every event of ours is one that the registry knows, and its id can be computed again', () => {
    fc.assert(
      fc.property(scenario, given => {
        for (const span of run(given, true)) {
          for (const event of span.events) {
            const attributes = (event.attributes ?? {}) as Record<string, unknown>;
            if (attributes['alignment.signal.id'] === undefined) continue;
            for (const [key, value] of Object.entries(attributes)) {
              expect({ key, found: checkAttribute(key, value) }).toEqual({ key, found: undefined });
            }
            expect(event.name).toBe(`alignment.${attributes['alignment.signal.class']}`);
            // the default set leaves the source's name to its type: a rule of ours, or an application without a name
            const named = ['otel-alignment', undefined].map(name => ({
              class: attributes['alignment.signal.class'] as never,
              time: event.time,
              attributes: { 'alignment.source.name': name, ...attributes } as never,
            }));
            const session = sessionKey({
              signal: attributes,
              span: span.attributes,
              traceId: span.spanContext().traceId,
            });
            const call = span.attributes['gen_ai.tool.call.id'];
            const known = typeof call === 'string' && call.length <= 512 ? call : undefined;
            const ids = named.map(signal => signalId(signal, session, known));
            if (!stated(given)) expect(ids).toContain(attributes['alignment.signal.id']);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('foreign spans carry nothing that was handed over', () => {
    fc.assert(
      fc.property(scenario, given => {
        const plain: Scenario = {
          ...given,
          attributes: {},
          steps: [],
          handed: { conversationId: 'c', agentName: 'a', step: { arguments: {} } },
        };
        expect(run(plain, true)[0]?.attributes).toEqual({});
      }),
      { numRuns: 50 },
    );
  });

  it('an attribute of ours that stands already is kept', () => {
    fc.assert(
      fc.property(scenario, given => {
        const mine: Scenario = {
          ...given,
          limits: { eventCountLimit: 128, attributeCountLimit: 128 },
          steps: [],
          attributes: {
            ...given.attributes,
            'alignment.risk.score': 0.123,
            'alignment.human.involvement': 'none',
          },
        };
        expect(run(mine, true)[0]?.attributes).toMatchObject({
          'alignment.risk.score': 0.123,
          'alignment.human.involvement': 'none',
        });
      }),
      { numRuns: 100 },
    );
  });
});
