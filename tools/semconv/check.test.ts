import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from './check.ts';
import { formatFinding, RULES } from './finding.ts';
import { checkRegistry } from './run.ts';
import { loadUpstream } from './upstream.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const FIXTURES = join(ROOT, 'test/fixtures/registries');
const GOOD = join(FIXTURES, 'good');
const broken = readdirSync(FIXTURES).filter(name => name !== 'good');
/** A fixture is named after the rule that it breaks, with a variant after a dot. */
const ruleOf = (fixture: string): string => fixture.split('.')[0] ?? fixture;
const upstream = loadUpstream();

describe('broken registries', () => {
  it.each(broken)('%s', fixture => {
    const options = fixture.startsWith('removed-') ? { upstream, baseline: GOOD } : { upstream };
    const { findings } = checkRegistry(join(FIXTURES, fixture), options);
    expect(
      [...new Set(findings.map(finding => finding.rule))],
      findings.map(formatFinding).join('\n'),
    ).toEqual([ruleOf(fixture)]);
    for (const finding of findings) {
      expect(finding.line).toBeGreaterThan(0);
      expect(finding.file).toContain('test/fixtures/registries/');
      expect(finding.message).not.toBe('');
      expect(finding.fix).not.toBe('');
    }
  });

  it('may hold text that YAML reads as a mapping', () => {
    const folder = mkdtempSync(join(tmpdir(), 'registry-'));
    try {
      writeFileSync(join(folder, 'model.yaml'), 'file_format: definition/2\nevents:\n  - brief: a: b\n');
      const { findings } = checkRegistry(folder, { upstream });
      expect(findings.map(({ rule, line }) => [rule, line])).toEqual([['yaml-syntax', 3]]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('break every rule at least once', () => {
    expect(new Set(broken.map(ruleOf))).toEqual(new Set(Object.keys(RULES)));
  });
});

describe('good registries', () => {
  it('accepts the minimal one', () => {
    expect(checkRegistry(GOOD, { upstream, baseline: GOOD }).findings.map(formatFinding)).toEqual([]);
  });

  it('accepts our own', () => {
    const { findings } = checkRegistry(join(ROOT, 'semconv/model'), { upstream });
    expect(findings.map(formatFinding)).toEqual([]);
  });
});

describe('the command', () => {
  function run(...args: string[]): { code: number; out: string; err: string } {
    const out: string[] = [];
    const err: string[] = [];
    const code = main(
      args,
      line => out.push(line),
      line => err.push(line),
    );
    return { code, out: out.join('\n'), err: err.join('\n') };
  }

  it('checks our own registry by default and counts what it holds', () => {
    const { code, out } = run();
    expect(code).toBe(0);
    expect(out).toMatch(/^semconv\/model: \d+ attributes \(\d+ enum members\), 5 events, .* no problems$/);
  });

  it('points at the line, names the rule and the fix, and exits with 1', () => {
    const { code, out } = run(join(FIXTURES, 'metric-brief'));
    expect(code).toBe(1);
    expect(out).toMatch(
      /metric-brief\/model\.yaml:14: metric-brief: the brief of `al\.m` .*; add the period/,
    );
    expect(out).toMatch(/1 problem in 1 file$/);
  });

  it('compares with a baseline', () => {
    expect(run(join(FIXTURES, 'removed-member'), '--baseline', GOOD).code).toBe(1);
    expect(run(join(FIXTURES, 'removed-member')).code).toBe(0);
  });

  it.each([
    ['a folder that is not there', ['no/such/folder']],
    ['a baseline that is not there', [GOOD, '--baseline', 'no/such/folder']],
    ['an unknown option', ['--colour']],
    ['two folders', [GOOD, GOOD]],
  ])('exits with 2 for %s', (_, args) => {
    const { code, out, err } = run(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('--help');
  });

  it('explains every rule in its help', () => {
    const { code, out } = run('--help');
    expect(code).toBe(0);
    for (const rule of Object.keys(RULES)) expect(out).toContain(`  ${rule} `);
  });
});
