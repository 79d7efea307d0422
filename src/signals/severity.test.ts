import { describe, expect, it } from 'vitest';
import { defaultSeverity, logSeverityNumber } from './severity.ts';

describe('the vocabulary’s table', () => {
  const by = (type: string, initiator?: string) => ({
    'alignment.intervention.type': type,
    ...(initiator === undefined ? {} : { 'alignment.intervention.initiator': initiator }),
  });
  it.each([
    ['intervention', by('approval', 'policy'), 0],
    ['intervention', by('approval', 'monitor'), 0],
    ['intervention', by('approval', 'human'), 0.1],
    ['intervention', by('approval'), 0.1],
    ['intervention', by('pause', 'agent'), 0.1],
    ['intervention', by('steering', 'human'), 0.2],
    ['intervention', by('correction', 'human'), 0.3],
    ['intervention', by('denial', 'policy'), 0.3],
    ['intervention', by('denial', 'human'), 0.4],
    ['intervention', by('denial'), 0.4],
    ['intervention', by('block', 'policy'), 0.4],
    ['intervention', by('stop', 'human'), 0.5],
    ['intervention', by('takeover', 'human'), 0.5],
    ['intervention', by('escalation', 'agent'), 0.5],
    ['intervention', {}, undefined],
    ['intervention', by('_OTHER'), undefined],
    ['clarification_request', {}, 0.1],
    ['autonomy_boundary', { 'alignment.boundary.type': 'mode_change' }, 0.3],
    ['autonomy_boundary', { 'alignment.boundary.type': 'scope' }, 0.4],
    ['autonomy_boundary', { 'alignment.boundary.type': 'delegation' }, 0.4],
    ['autonomy_boundary', { 'alignment.boundary.type': 'unattended' }, 0.4],
    ['autonomy_boundary', { 'alignment.boundary.type': 'budget' }, 0.4],
    ['autonomy_boundary', { 'alignment.boundary.type': 'bypass' }, 0.6],
    ['risk_escalation', { 'alignment.risk.score': 0.73 }, 0.73],
    ['risk_escalation', {}, undefined],
    ['misalignment_indicator', { 'alignment.indicator.type': 'deception' }, undefined],
  ] as const)('%s %j: %s', (signalClass, attributes, severity) => {
    expect(defaultSeverity(signalClass, attributes as never)).toBe(severity);
  });

  it.each([
    [0, 9],
    [0.39, 9],
    [0.4, 13],
    [0.69, 13],
    [0.7, 17],
    [0.89, 17],
    [0.9, 21],
    [1, 21],
  ])('log severity number of %d is %d', (severity, number) =>
    expect(logSeverityNumber(severity)).toBe(number),
  );
});
