import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SignalDraft } from '../assess/index.ts';
import { completed, type Place } from '../signals/complete.ts';
import { eventAttributes } from '../signals/span-event.ts';
import { Escalation } from './escalation.ts';

const KEYS = ['session.id', 'gen_ai.conversation.id', 'gen_ai.agent.id', 'gen_ai.tool.call.id'] as const;
const id = fc.constantFrom('a', 'b', 'é', 'x'.repeat(600), '', undefined);
const attributes = fc.record({
  'session.id': id,
  'gen_ai.conversation.id': id,
  'gen_ai.agent.id': id,
  'gen_ai.tool.call.id': id,
});
const place: fc.Arbitrary<Place> = fc
  .record({
    span: fc.option(attributes, { nil: undefined }),
    resource: fc.option(attributes, { nil: undefined }),
    key: fc.constantFrom('session.id', 'gen_ai.conversation.id'),
    session: fc.constantFrom('a', 'b', undefined),
    agentId: fc.constantFrom('a', 'b', undefined),
    toolCallId: fc.constantFrom('a', 'c', undefined),
    ids: fc.constantFrom(
      { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' },
      { traceId: undefined, spanId: undefined },
    ),
  })
  .map(({ key, session, agentId, ids, ...rest }) => ({
    ...rest,
    ...ids,
    identity: {
      session: session === undefined ? undefined : ({ key, value: session } as never),
      agentId,
      agentName: undefined,
    },
    settings: { detail: 'default', events: 'span', spanEventLimit: 128 },
  }));

const draft = (): SignalDraft => ({
  class: 'risk_escalation',
  severity: 0.8,
  attributes: { 'alignment.signal.reason': 'risk.high', 'alignment.risk.score': 0.8 },
});

it('an escalation says, on its span and off it, what any signal of our own would say there', () => {
  let made = 0;
  fc.assert(
    fc.property(place, where => {
      const escalation = Escalation.of(draft(), where, [3, 4]);
      const given = { ...draft().attributes, 'alignment.source.name': 'otel-alignment' };
      const signal = completed('risk_escalation', 0.8, [3, 4], given, where);
      // where the span does not say it all, it is left to the general way
      const beyond = KEYS.some(key => signal.attributes[key] !== undefined);
      expect(escalation === undefined).toBe(beyond);
      if (escalation === undefined) return;
      made += 1;
      expect(escalation.signal).toEqual(signal);
      expect(escalation.signal).toBe(escalation.signal);
      expect(escalation.event).toEqual(eventAttributes(signal, where.span, 'default', undefined));
      expect(escalation).toMatchObject({
        class: 'risk_escalation',
        severity: 0.8,
        sent: false,
        time: [3, 4],
      });
    }),
    { numRuns: 2000 },
  );
  expect(made).toBeGreaterThan(100);
});

it('no other signal is one', () => {
  const where = fc.sample(place, 1)[0] as Place;
  expect(Escalation.of({ ...draft(), class: 'misalignment_indicator' }, where, [3, 4])).toBeUndefined();
});
