import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAssess } from '../../src/assess/index.ts';

const file = readFileSync(new URL('rule-pack.ts', import.meta.url), 'utf8');

/** The example, run against the sources. */
function example(): ReturnType<typeof createAssess> {
  const pack = file
    .slice(file.indexOf('const ledger'), file.indexOf('export const'))
    .replace(': RulePack', '');
  return new Function('createAssess', `${pack}; return createAssess({ packs: [ledger] });`)(createAssess);
}

const call = (command: string) =>
  ({ dialect: 'test', kind: 'tool', toolName: 'Bash', arguments: { command } }) as const;

describe('a rule pack', () => {
  it('is ten lines, the same in the documentation', () => {
    const page = readFileSync(new URL('../../src/assess/README.md', import.meta.url), 'utf8');
    expect(page).toContain(file.trim());
    expect(file.split('\n').filter(line => line !== '').length).toBeLessThanOrEqual(10);
  });

  it('adds a command, a place, and changes or takes out a rule', () => {
    const assess = example();
    expect(assess(call('ledgerctl post 17'), {})).toMatchObject({
      actionType: 'payment',
      rules: ['ledger.post'],
    });
    expect(assess(call('cat /srv/ledger/keys/a'), {})?.rules).toContain('path.read_secret');
    expect(assess(call('git push origin main'), {})).toMatchObject({ riskScore: 0.5, rules: ['git.push'] });
    expect(assess(call('ping example.com'), {})?.rules).toEqual(['shell.other_program']);
  });

  it('leaves other assessors as they are', () => {
    example();
    expect(createAssess()(call('git push origin main'), {})).toMatchObject({ riskScore: 0.4 });
  });

  it('takes the later of two packs first', () => {
    const pack = (name: string, risk: number) => ({
      name,
      version: '1',
      commands: [{ id: `${name}.run`, programs: ['frob'], actionType: 'execute' as const, risk }],
    });
    expect(createAssess({ packs: [pack('a', 0.2), pack('b', 0.3)] })(call('frob'), {})?.rules).toEqual([
      'b.run',
    ]);
  });

  it.each([
    [{ commands: [{ id: 'a b', programs: ['frob'], actionType: 'read' as const, risk: 0 }] }, /must match/],
    [{ commands: [{ id: 'a', programs: ['frob'], actionType: 'read' as const, risk: 2 }] }, /in \[0, 1\]/],
    [{ override: { 'git.push': { risk: Number.NaN } } }, /in \[0, 1\]/],
  ])('is refused where a row could do harm silently', (rows, message) => {
    expect(() => createAssess({ packs: [{ name: 'bad', version: '1', ...rows }] })).toThrow(message);
  });
});
