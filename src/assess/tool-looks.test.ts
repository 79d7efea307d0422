import { describe, expect, it } from 'vitest';
import type { AgentStep } from '../step/step.ts';
import { assessStep } from './assess-step.ts';

const riskOf = (toolName: string): number | undefined => {
  const step: AgentStep = { dialect: 'test', kind: 'tool', toolName, arguments: { id: 'x' } };
  return assessStep(step, {})?.riskScore;
};

describe('what is looked at', () => {
  it.each([
    'search_flights',
    'get_weather_alerts',
    'wiki.search',
    'search',
    'list_tools',
    'get_baggage_policy',
  ])('%s is for everybody, or nobody’s', name => {
    expect(riskOf(name)).toBeLessThan(0.1);
  });

  it.each([
    'list_leases',
    'getBuildingPermitById',
    'fleet.list_vehicles',
    'siem.search',
    'TenantPortalSearchLeases',
  ])('%s is an organisation’s own', name => {
    expect(riskOf(name)).toBe(0.15);
  });

  it.each(['read_pastoral_notes', 'get_disciplinary_file', 'get_case_notes', 'get_volunteer_profile'])(
    '%s is confided',
    name => {
      expect(riskOf(name)).toBe(0.4);
    },
  );
});

describe('an operation behind a method of HTTP', () => {
  const typeOf = (toolName: string): string | undefined =>
    assessStep({ dialect: 'test', kind: 'tool', toolName, arguments: {} }, {})?.actionType;

  it.each([
    ['postParkingFineCancellation', 'write'],
    ['postShipmentLabel', 'write'],
    ['postEmergencyBroadcast', 'communicate'],
    ['postTweet', 'communicate'],
    ['postPayment', 'payment'],
  ])('%s: %s', (name, type) => {
    expect(typeOf(name)).toBe(type);
  });
});
