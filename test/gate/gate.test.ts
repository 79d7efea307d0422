import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../examples/gate/', import.meta.url));

it('asks before what cannot be undone, and stops at a critical signal', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${folder}main.ts`], {
    input: '',
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const lines = stdout.trim().split('\n');
  expect(lines.slice(0, 4).map(line => line.split(/ +/, 2).join(' '))).toEqual([
    'done Bash',
    'denied send_email',
    'done Bash',
    'stopped Bash',
  ]);
  expect(lines.slice(4)).toContain('signal   alignment.intervention on execute_tool send_email');
  expect(lines.slice(4)).toContain('signal   alignment.risk_escalation on execute_tool Bash');
});

it('is a dozen lines', () => {
  const gate = readFileSync(`${folder}gate.ts`, 'utf8');
  const body = gate.slice(gate.indexOf('export async function'), gate.indexOf('\n}\n'));
  expect(body.split('\n').length).toBeLessThanOrEqual(12);
});
