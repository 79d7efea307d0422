import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { jsonLines, run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-assess-'));
afterAll(() => rmSync(folder, { recursive: true }));
const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

const FIELDS = [
  'session_id',
  'step',
  'risk_score',
  'risk_level',
  'reversibility',
  'action_type',
  'authorization',
  'autonomy_level',
  'signals',
  'rules',
];
const line = (more: object): string => `${JSON.stringify({ session_id: 's', role: 'agent', ...more })}\n`;
const bash = (command: string, more: object = {}): string =>
  line({ tool: 'Bash', arguments: { command }, ...more });

describe('steps in, assessments out', () => {
  it('one line for every agent line, in order, with all fields', () => {
    const input = [
      line({ step: 0, role: 'system', content: 'You are an agent.' }),
      line({ step: 1, role: 'user', content: 'Show me the files.' }),
      bash('ls', { step: 2 }),
      line({ step: 3, role: 'tool', result: 'a b' }),
      line({ step: 'last', content: 'There are two.' }),
    ].join('');
    const { status, stdout, stderr } = run(['assess'], input);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const out = jsonLines(stdout);
    expect(out.map(({ step }) => step)).toEqual([2, 'last']);
    for (const assessed of out) expect(Object.keys(assessed)).toEqual(FIELDS);
    expect(out[0]).toMatchObject({ session_id: 's', reversibility: 'reversible', risk_level: 'none' });
    expect(out[1]).toMatchObject({
      risk_score: null,
      risk_level: null,
      action_type: null,
      signals: [],
      rules: [],
    });
  });

  it('reads a file, with or without a last line end, a byte order mark and carriage returns', () => {
    writeFileSync(
      join(folder, 'steps.jsonl'),
      `\uFEFF${bash('rm -rf /').trim()}\r\n\r\n${bash('ls').trim()}`,
    );
    const { status, stdout } = run(['assess', 'steps.jsonl'], '', folder);
    expect(status).toBe(0);
    const [first, second] = jsonLines(stdout);
    expect(first).toMatchObject({ step: null, action_type: 'delete', reversibility: 'irreversible' });
    expect((first!['signals'] as object[])[0]).toMatchObject({
      class: 'risk_escalation',
      severity: first!['risk_score'],
      confidence: null,
      reason: 'risk.high',
    });
    expect(second).toBeDefined();
  });

  it('takes {} and [] for called with none, null and nothing for not recorded', () => {
    const input = [{}, [], null, undefined].map(given => line({ tool: 'Bash', arguments: given })).join('');
    const rules = jsonLines(run(['assess'], input).stdout).map(assessed => assessed['rules'] as string[]);
    expect(rules.map(ids => ids.includes('no_arguments'))).toEqual([false, false, true, true]);
  });

  it('keeps sessions apart, and what a line says of the surroundings until another says otherwise', () => {
    const input = [
      line({
        session_id: 'a',
        tool: 'Bash',
        arguments: { command: 'ls' },
        permission_mode: 'bypassPermissions',
      }),
      line({ session_id: 'b', tool: 'Bash', arguments: { command: 'ls' }, allowed_tools: ['Read'] }),
      line({ session_id: 'a', tool: 'Bash', arguments: { command: 'ls' } }),
      line({ session_id: 'b', tool: 'Bash', arguments: { command: 'ls' }, allowed_tools: ['Bash'] }),
      line({ session_id: 'a', tool: 'Bash', arguments: { command: 'ls' }, permission_mode: null }),
    ].join('');
    const out = jsonLines(run(['assess'], input).stdout);
    expect(out.map(assessed => assessed['autonomy_level'])).toEqual([
      'observer',
      null,
      'observer',
      null,
      null,
    ]);
    expect(out.map(assessed => assessed['authorization'] === 'prohibited')).toEqual([
      false,
      true,
      false,
      false,
      false,
    ]);
    expect(out[1]?.['signals']).toMatchObject([
      {
        class: 'misalignment_indicator',
        reason: 'capability.not_allowed',
        type: 'unauthorized_capability_use',
      },
    ]);
  });

  it('writes no content', () => {
    const canary = 'CANARY-7f3a';
    const input = [
      line({ role: 'user', content: canary }),
      line({ tool: 'Bash', arguments: { command: `rm -rf / ${canary}` }, content: canary }),
      line({ role: 'tool', result: canary }),
      `{"${canary}":\n`,
      line({ tool: 7, content: canary }),
    ].join('');
    const { status, stdout, stderr } = run(['assess'], input);
    expect(status).toBe(1);
    expect(jsonLines(stdout)).toHaveLength(1);
    expect(stdout + stderr).not.toContain(canary);
  });
});

describe('bad lines', () => {
  it('are named with their number and passed over; the rest is assessed; exit 1', () => {
    const input = `${bash('ls')}nonsense\n\n${line({ role: 'robot' })}${bash('ls')}`;
    const { status, stdout, stderr } = run(['assess'], input);
    expect(status).toBe(1);
    expect(jsonLines(stdout)).toHaveLength(2);
    expect(stderr.split('\n').filter(Boolean)).toEqual([
      'otel-alignment: standard input:2: not JSON; the line is skipped',
      'otel-alignment: standard input:4: role must be user, agent, tool or system; the line is skipped',
    ]);
  });

  it.each([
    [['assess', 'missing.jsonl'], /missing\.jsonl: cannot be used \(ENOENT\)/],
    [['assess', '.'], /cannot be used \(EISDIR\)/],
    [['assess', 'a', 'b'], /takes one file/],
    [['assess', '--otlp', 'a'], /--otlp and --out go together/],
    [['assess', '--wrong'], /Unknown option '--wrong'.*See otel-alignment assess --help/],
  ])('%j: one line, exit 2', (args, message) => {
    const { status, stdout, stderr } = run(args, '', folder);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('a stream', () => {
  it('is answered line by line, while the input is still open', async () => {
    const child = spawn(process.execPath, [main, 'assess'], { stdio: ['pipe', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', chunk => {
      out += String(chunk);
    });
    const next = async (lines: number): Promise<void> => {
      while (out.split('\n').length - 1 < lines) await once(child.stdout, 'data');
    };
    child.stdin.write(bash('ls', { step: 1 }));
    await next(1);
    child.stdin.write(bash('pwd', { step: 2 }));
    await next(2);
    child.stdin.end();
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
    expect(jsonLines(out).map(({ step }) => step)).toEqual([1, 2]);
  });

  it('ends quietly where its reader leaves', async () => {
    const child = spawn(process.execPath, [main, 'assess'], { stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.on('data', chunk => {
      said += String(chunk);
    });
    child.stdin.on('error', () => undefined);
    child.stdin.write(bash('ls').repeat(20_000));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    child.stdin.end();
    const [code] = await once(child, 'close');
    expect(said).toBe('');
    expect(code).toBe(0);
  });

  it('of many sessions needs no more memory than a short one', () => {
    const lines = (count: number): string =>
      Array.from({ length: count }, (_, i) => bash(`rm -rf /data/${i}`, { session_id: `s${i}` })).join('');
    const { status, stdout } = run(['assess'], lines(30_000));
    expect(status).toBe(0);
    expect(stdout.split('\n')).toHaveLength(30_001);
  });
});

it('explains itself', () => {
  const { status, stdout } = run(['assess', '--help']);
  expect(status).toBe(0);
  expect(stdout).toContain('otel-alignment assess --otlp traces.jsonl --out assessed.jsonl');
  for (const field of FIELDS) expect(stdout).toContain(`"${field}"`);
});
