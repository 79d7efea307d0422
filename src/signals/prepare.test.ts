import { afterEach, describe, expect, it } from 'vitest';
import { prepare } from './prepare.ts';
import { shared } from './shared.ts';

afterEach(() => shared.warned.clear());
const attributesOf = (attributes: object) =>
  prepare({ class: 'clarification_request', severity: 0.4, attributes: attributes as never })?.signal
    .attributes;

describe('what an application gives is made usable', () => {
  it.each([
    [{ 'alignment.signal.confidence': 7 }, { 'alignment.signal.confidence': 1 }],
    [{ 'alignment.signal.confidence': -1 }, { 'alignment.signal.confidence': 0 }],
    [{ 'alignment.signal.confidence': Number.NaN }, {}],
    [{ 'alignment.signal.confidence': 'sure' }, {}],
    [{ 'alignment.intervention.type': 'hugged' }, { 'alignment.intervention.type': '_OTHER' }],
    [{ 'alignment.intervention.outcome': 'hugged' }, {}],
    [{ 'alignment.boundary.from': 'two words' }, { 'alignment.boundary.from': '_OTHER' }],
    [{ 'alignment.boundary.to': 'acceptEdits' }, { 'alignment.boundary.to': 'acceptEdits' }],
    [{ 'alignment.some.later.key': 'x' }, { 'alignment.some.later.key': 'x' }],
    [{ 'alignment.some.later.key': 'a sentence of content' }, {}],
    [{ 'alignment.signal.reason': 'a sentence of content' }, {}],
    [
      { 'alignment.source.event.value': 'a sentence of content' },
      { 'alignment.source.event.value': '_OTHER' },
    ],
    [{ 'alignment.signal.class': 'intervention', 'alignment.signal.severity': 1 }, {}],
    [{ 'alignment.signal.count': 7, 'alignment.signal.id': 'mine' }, {}],
    [{ 'gen_ai.input.messages': 'hello' }, {}],
    [{ 'gen_ai.tool.name': 'x'.repeat(513) }, {}],
    [{ 'user.email': 'a@b' }, {}],
    [{ 'gen_ai.tool.name': { nested: true } }, {}],
    [{ 'gen_ai.tool.name': undefined, 'gen_ai.agent.id': null }, {}],
  ])('%j', (given, expected) => expect(attributesOf(given)).toEqual(expected));

  it('warns once a cause', () => {
    attributesOf({ 'alignment.intervention.outcome': 'hugged' });
    attributesOf({ 'alignment.intervention.outcome': 'kissed' });
    expect([...shared.warned]).toEqual(['attribute:alignment.intervention.outcome']);
  });

  it.each([
    [{ class: 'nope' }],
    [undefined],
    [{ class: 'misalignment_indicator', attributes: { 'alignment.indicator.type': 'deception' } }],
    [{ class: 'intervention', severity: 0.4 }],
    [{ class: 'risk_escalation', attributes: { 'alignment.risk.native.score': 7 } }],
  ])('nothing can be reported of %j', given => expect(prepare(given as never)).toBeUndefined());

  it.each([
    [
      [1_763_719_200, 5],
      [1_763_719_200, 5],
    ],
    [new Date(1_763_719_200_123), [1_763_719_200, 123_000_000]],
    [1_763_719_200_123, [1_763_719_200, 123_000_000]],
  ] as const)('takes the time %j', (time, expected) => {
    expect(prepare({ class: 'clarification_request', time: time as never })?.signal.time).toEqual(expected);
  });

  it.each([['yesterday'], [[1, -1]], [Number.NaN], [{}]])('replaces the time %j by now', time => {
    const before = Math.floor(Date.now() / 1000) - 1;
    expect(
      prepare({ class: 'clarification_request', time: time as never })?.signal.time[0],
    ).toBeGreaterThanOrEqual(before);
  });
});
