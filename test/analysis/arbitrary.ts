import fc from 'fast-check';
import {
  logs,
  type TestEvent,
  type TestRecord,
  type TestSpan,
  traces,
} from '../../src/analysis/testing/requests.ts';

const score = fc.double({ min: 0, max: 1, noNaN: true });
const involvement = fc.constantFrom(
  'none',
  'monitoring',
  'active_steering',
  'approval_required',
  'later_word',
);
const level = fc.constantFrom(
  'none',
  'operator',
  'collaborator',
  'consultant',
  'approver',
  'observer',
  'later_word',
);
const session = fc.constantFrom('s-1', 's-2', 'a'.repeat(32));
const agent = fc.constantFrom('worker', 'helper');
const native = {
  'alignment.risk.native.score': fc.constantFrom(0.25, 3, 'high'),
  'alignment.risk.native.scale': fc.constantFrom('own.risk', 'other'),
  'alignment.risk.calibration.status': fc.constantFrom('profiled', 'declared', 'none', 'later_word'),
};

const signal = fc.record({
  class: fc.constantFrom(
    'intervention',
    'risk_escalation',
    'clarification_request',
    'autonomy_boundary',
    'misalignment_indicator',
    'mood',
  ),
  attributes: fc.record(
    {
      'alignment.signal.id': fc.constantFrom('1'.repeat(32), '2'.repeat(32)),
      'alignment.intervention.type': fc.constantFrom(
        'stop',
        'takeover',
        'approval',
        'denial',
        'block',
        'correction',
        'steering',
        'later_word',
      ),
      'alignment.intervention.initiator': fc.constantFrom(
        'human',
        'policy',
        'monitor',
        'agent',
        'later_word',
      ),
      'alignment.intervention.reason': fc.constantFrom('because', "it's"),
      'alignment.boundary.type': fc.constant('bypass'),
      'gen_ai.tool.call.id': fc.constantFrom('call-0', 'call-1', 'call-2', 'call-9'),
      'gen_ai.tool.name': fc.constantFrom('read', 'write'),
      'session.id': session,
      'gen_ai.agent.name': agent,
      'alignment.human.involvement': involvement,
      'alignment.autonomy.score': score,
      'alignment.risk.score': score,
      'alignment.action.type': fc.constantFrom('read', 'delete'),
      ...native,
    },
    { requiredKeys: [] },
  ),
});

const step = fc.record(
  {
    'session.id': session,
    'gen_ai.conversation.id': session,
    'gen_ai.agent.name': agent,
    'gen_ai.agent.id': fc.constant('agent-1'),
    'gen_ai.operation.name': fc.constantFrom('execute_tool', 'chat', 'invoke_agent', 'other'),
    'openinference.span.kind': fc.constantFrom('TOOL', 'AGENT', 'CHAIN'),
    metadata: fc.constantFrom('{"thread_id":"t-1"}', '{"session_id":"t-2"}', '{', '[]'),
    'ai.operationId': fc.constantFrom('ai.toolCall', 'ai.generateText', 'ai.x'),
    'ai.toolCall.name': fc.constant('ai-tool'),
    'gen_ai.tool.name': fc.constantFrom('read', 'write', ''),
    'alignment.risk.score': fc.oneof(score, fc.constantFrom(-1, 2)),
    'alignment.autonomy.level': level,
    'alignment.human.involvement': involvement,
    'alignment.action.type': fc.constantFrom('read', 'delete'),
    ...native,
    'alignment.signal.class': fc.constantFrom('autonomy_boundary', 'mood'),
    'alignment.signal.severity': score,
  },
  { requiredKeys: [] },
);

const item = fc.record({
  trace: fc.constantFrom('a'.repeat(32), 'b'.repeat(32)),
  parent: fc.option(fc.nat(11), { nil: undefined }),
  called: fc.boolean(),
  attributes: step,
  resource: fc.record(
    { 'service.name': fc.constantFrom('svc', 'worker'), 'session.id': session },
    { requiredKeys: [] },
  ),
  signals: fc.array(signal, { maxLength: 2 }),
  record: fc.boolean(),
});

/** Requests of a few sessions. Each thing has a time of its own and signals of one id differ in severity, so that there is one order. */
export const recorded: fc.Arbitrary<unknown[]> = fc.array(item, { maxLength: 12 }).map(items =>
  items.map((one, i) => {
    const events = one.signals.map(
      (each, k): TestEvent => ({ ...each, severity: (i * 3 + k) / 40, at: i + 0.1 + k / 100 }),
    );
    if (one.record)
      return logs(
        events.map((each): TestRecord => ({ ...each, trace: one.trace, span: `${one.parent ?? 0}` })),
        one.resource,
      );
    const span: TestSpan = {
      id: String(i),
      trace: one.trace,
      at: i,
      ...(one.parent === undefined ? {} : { parent: String(one.parent) }),
      attributes: { ...one.attributes, ...(one.called ? { 'gen_ai.tool.call.id': `call-${i % 3}` } : {}) },
      events,
    };
    return traces([span], one.resource);
  }),
);
