import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { AGENT_PACKAGES, type AgentProgram } from '../../tools/agents/agents.ts';
import { requireBinaries, Sandbox } from '../stack/harness.ts';
import { requireAgent } from './agents.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const binaries = requireBinaries('the one command of the agents’ pages', 'otelcol');
const sandbox = new Sandbox();
afterAll(() => sandbox.clean());

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command of the page, with a temporary folder of its own. `until`: Ctrl-C when this was said. */
function tryIt(agent: AgentProgram, temporary: string, until?: string): Promise<Ended> {
  const args = ['run', '--silent', 'try', '--prefix', `examples/${agent}`];
  const child = spawn('npm', until === undefined ? [...args, '--', '--once'] : args, {
    cwd: root,
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  sandbox.defer(() => end('SIGKILL'));
  function end(signal: NodeJS.Signals): void {
    try {
      // a terminal gives Ctrl-C to all that it runs
      process.kill(-(child.pid ?? 0), signal);
    } catch {}
  }
  const said = { stdout: '', stderr: '' };
  let asked = false;
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', chunk => {
      said[name] += chunk;
      if (asked || until === undefined || !said[name].includes(until)) return;
      asked = true;
      end('SIGINT');
    });
  }
  return new Promise(done => child.once('close', status => done({ status, ...said })));
}

/** The tables of a text, line by line; times differ, and what comes first of two that come at once. */
const tables = (text: string): string[] =>
  text
    .split('\n')
    .filter(line => /^ {3}(time {2}|\d\d:\d\d:\d\d\.\d{3} )/.test(line))
    .map(line => line.replace(/\d\d:\d\d:\d\d\.\d{3}/, '…'))
    .sort();

const pageOf = (agent: AgentProgram): string => readFileSync(`${root}/examples/${agent}/README.md`, 'utf8');
const left = (folder: string): string[] =>
  readdirSync(folder).filter(name => name.startsWith('otel-alignment'));

describe.skipIf(!binaries)('the one command of the agents’ pages', () => {
  for (const agent of Object.keys(AGENT_PACKAGES) as AgentProgram[]) {
    const words = requireAgent(agent);
    it.skipIf(words === undefined)(
      `${agent}: a denial and a bypass, with the configuration of its page; prints what the page shows`,
      { timeout: 200_000 },
      async () => {
        const temporary = sandbox.folder();
        const { status, stdout, stderr } = await tryIt(agent, temporary);
        expect(status, stdout + stderr).toBe(0);
        expect(tables(stdout).length).toBeGreaterThan(4);
        expect(tables(pageOf(agent))).toEqual(tables(stdout));
        expect(left(temporary)).toEqual([]);
      },
    );
  }

  const codex = requireAgent('codex');
  it.skipIf(codex === undefined)(
    'without --once it waits, and Ctrl-C ends it and all that it started',
    { timeout: 200_000 },
    async () => {
      const temporary = sandbox.folder();
      const { stdout, stderr } = await tryIt('codex', temporary, 'Ctrl-C ends it.');
      expect(stderr).not.toContain('not seen');
      expect(stdout).toContain('misalignment_indicator credential_access');
      expect(left(temporary)).toEqual([]);
    },
  );

  it('says in one line how to get an agent that is not there', () => {
    const none = sandbox.folder();
    const { status, stdout, stderr } = spawnSync(process.execPath, ['examples/codex/try.ts'], {
      cwd: root,
      env: { PATH: none, ALIGNMENT_CACHE: none, TMPDIR: none },
      encoding: 'utf8',
    });
    expect(stderr).toBe(
      'codex is not on PATH: install it as you like, or run `npm exec -- node tools/agents/install.ts codex` (404 MB)\n',
    );
    expect([status, stdout]).toEqual([2, '']);
  });
});
