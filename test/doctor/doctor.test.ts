import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../taps/hook-run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-doctor-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const processor = new URL('../../src/processor/index.ts', import.meta.url).href;
const start = (config: string): string =>
  `import { NodeSDK } from '@opentelemetry/sdk-node';\nimport { AlignmentSpanProcessor, withAlignment } from '${processor}';\n` +
  `void [AlignmentSpanProcessor, withAlignment];\nnew NodeSDK(${config}).start();\nconsole.log('the application speaks');\n`;

beforeAll(() => {
  writeFileSync(
    join(folder, 'package.json'),
    '{ "name": "app", "type": "module", "scripts": { "start": "node ours.mjs" } }',
  );
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'plain.mjs'), start('{}'));
  writeFileSync(join(folder, 'alone.mjs'), start('{ spanProcessors: [new AlignmentSpanProcessor()] }'));
  writeFileSync(join(folder, 'server.mjs'), `${start('{}')}setInterval(() => {}, 1000);\n`);
  writeFileSync(join(folder, 'silent.mjs'), 'process.exitCode = 3;\n');
  writeFileSync(join(folder, 'ours.mjs'), start('withAlignment({})'));
});

interface Doctored {
  readonly status: number | null;
  readonly stderr: string;
  readonly stdout: string;
  readonly findings: { area: string; check: string; status: string; mend?: string }[];
}

function doctor(...args: string[]): Doctored {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [main, 'doctor', folder, '--offline', '--json', ...args],
    {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: home },
    },
  );
  return { status, stderr, stdout, findings: stdout.startsWith('{') ? JSON.parse(stdout).findings : [] };
}

const checksOf = ({ findings }: Doctored, area: string): string[] =>
  findings.filter(finding => finding.area === area).map(({ status, check }) => `${status} ${check}`);

describe('otel-alignment doctor -- COMMAND', () => {
  it('sees that ours is missing', () => {
    const ran = doctor('--', process.execPath, 'plain.mjs');
    expect(checksOf(ran, 'provider')).toEqual(['ok provider.registered', 'problem provider.processor']);
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('the application speaks');
  });

  it('sees that ours stands alone', () => {
    const ran = doctor('--', process.execPath, 'alone.mjs');
    expect(checksOf(ran, 'provider')).toContain('problem provider.exporter');
  });

  it('sees through npm what withAlignment put around the provider', () => {
    const ran = doctor('--', 'npm', 'start', '--silent');
    expect(checksOf(ran, 'provider')).toEqual(['ok provider.registered', 'ok provider.processor']);
  });

  it('ends an application that does not end', () => {
    const ran = doctor('--wait', '8', '--', process.execPath, 'server.mjs');
    expect(checksOf(ran, 'provider')).toEqual(['ok provider.registered', 'problem provider.processor']);
  });

  it('says that an application never came to the API, and does not take over its exit code', () => {
    const ran = doctor('--', process.execPath, 'silent.mjs');
    expect(checksOf(ran, 'provider')).toEqual(['problem provider.api']);
    expect(ran.status).toBe(1);
  });

  it('says in one line that a command cannot be started', () => {
    const { status, stderr, stdout } = doctor('--', './no-such-program');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe('otel-alignment: ./no-such-program: cannot be started (ENOENT)\n');
  });
});

describe('otel-alignment doctor', () => {
  it('has a mend for everything that is wrong, and 0 where nothing is', () => {
    const { status, findings } = doctor();
    for (const { status: what, mend } of findings)
      expect(mend !== undefined).toBe(what === 'problem' || what === 'warning');
    const problems = findings.filter(finding => finding.status === 'problem');
    expect(status).toBe(problems.length > 0 ? 1 : 0);
  });

  it('shows the same to a person', () => {
    const { stdout } = spawnSync(
      process.execPath,
      [main, 'doctor', folder, '--offline', '--agent', 'cline'],
      {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: folder },
      },
    );
    expect(stdout).toMatch(/^Node\n {2}ok/);
    expect(stdout).toMatch(
      /PROBLEM +cline: no hook is installed.*\n +→ otel-alignment hook install --agent cline/,
    );
    expect(stdout).not.toContain('\u001b');
  });

  it.each([
    [['--wait', 'soon'], '--wait needs seconds'],
    [['--agent', 'hal'], '--agent must be one of'],
    [['--'], 'the command of the application is missing'],
    [['another'], 'looks at one folder'],
    [['--loud'], 'Unknown option'],
  ])('%j: one line, no stack', (args, words) => {
    const { status, stderr } = doctor(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(words);
    expect(stderr.trim().split('\n').length).toBe(1);
  });
});
