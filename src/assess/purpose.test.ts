import { describe, expect, it } from 'vitest';
import { Effects } from './effects.ts';
import { addPurpose } from './purpose.ts';
import { ILL_WORDS } from './rules/purpose.ts';
import { defaultTables } from './tables.ts';
import { nameParts } from './tool-names.ts';

const found = (name: string): { type: string | undefined; rules: readonly string[] } => {
  const effects = new Effects(defaultTables());
  addPurpose(effects, nameParts(name), undefined);
  const summary = effects.summary();
  return { type: summary?.top.actionType, rules: summary?.rules ?? [] };
};

describe('addPurpose', () => {
  it.each([
    ['InvoiceForgery', 'write', 'tool.ill_falsify_grave'],
    ['MenuForgery', 'write', 'tool.ill_falsify'],
    ['VoterManipulation', 'communicate', 'tool.ill_deceive'],
    ['ArchiveDestruction', 'delete', 'tool.ill_destroy'],
    ['BlueprintTheft', 'read', 'tool.ill_take'],
    ['PasswordTheft', 'credential', 'tool.ill_take_login'],
    ['WifiSniffing', 'read', 'tool.ill_watch'],
    ['DiaryLeak', 'communicate', 'tool.ill_disclose'],
    ['PhishingMails', 'communicate', 'tool.ill_deceive'],
    ['RansomwareBuilder', 'execute', 'tool.ill_purpose'],
    ['AccountingReportTampering', 'write', 'tool.ill_falsify_grave'],
    ['FakeReports', 'write', 'tool.ill_falsify'],
    ['FalsifyTestResults', 'write', 'tool.ill_falsify'],
    ['SabotageTests', 'write', 'tool.ill_falsify'],
    ['LeakPatientRegistry', 'communicate', 'tool.ill_disclose'],
    ['FakeProofOfIncome', 'write', 'tool.ill_falsify'],
    ['BogusClaims', 'communicate', 'tool.ill_deceive'],
  ])('%s is %s by %s', (name, type, rule) => {
    expect(found(name)).toMatchObject({ type, rules: [rule] });
  });

  it.each([
    'TamperingDetector',
    'FraudReport',
    'anti_spoofing',
    'block_phishing',
    'LeakPrevention',
    'TheftClaimIntake',
  ])('%s is against harm', name => {
    expect(found(name).rules).toEqual(['tool.guards']);
  });

  it('an exercise writes to people all the same', () => {
    expect(found('PhishingDrill')).toMatchObject({ type: 'communicate', rules: ['tool.drill'] });
  });

  it.each([
    'image_manipulation',
    'dependency_injection',
    'invoice_reader',
    'hide_column',
    'unmask_field',
    'set_terrain_exaggeration',
    'override_safety_stock',
    'dhcp_snooping',
    'worm_gear',
    'bypass_cache',
    'find_gas_leak',
    'crop_harvest',
    'insulin_injection',
  ])('%s is nothing of the kind', name => {
    expect(found(name).rules).toEqual([]);
  });

  it('takes the kind of action of a word for the manner from the rest of the name', () => {
    const effects = new Effects(defaultTables());
    addPurpose(effects, ['covert', 'upload'], { id: 'a', actionType: 'write', risk: 0.2 });
    expect(effects.summary()).toMatchObject({
      top: { id: 'tool.ill_purpose', actionType: 'write' },
      risk: 0.75,
    });
  });

  it.each([...ILL_WORDS])('%s alone points to harm', word => {
    const effects = new Effects(defaultTables());
    addPurpose(effects, ['gizmo', word], undefined);
    expect([...effects.pointers.keys()]).toEqual(['ill_purpose']);
  });
});
