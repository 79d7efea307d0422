import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type AgentProgram, agentSources } from '../../tools/agents/agents.ts';
import type { Collector } from '../../tools/stack/services.ts';
import { requireBinaries, Sandbox } from '../stack/harness.ts';
import { cli, LIVE_AGENTS, requireAgent } from './agents.ts';
import { perform } from './live.ts';
import { startModel } from './model.ts';
import { recording } from './results.ts';
import { ROWS } from './scenarios.ts';
import { type Shown, showViewer } from './viewer.ts';

const binaries = requireBinaries('pictures of real agents', 'otelcol', 'otel-desktop-viewer', 'chromium');
const example = (agent: AgentProgram, file: string): string =>
  fileURLToPath(new URL(`../../examples/${agent}/${file}`, import.meta.url));

/** What is played for the picture, and the words of the record that is open on it. */
const PICTURES: Readonly<Partial<Record<AgentProgram, { rows: string[]; words: string[] }>>> = {
  codex: {
    rows: ['a person denies', 'a risk of its own scale'],
    words: ['alignment.risk_escalation', 'codex.guardian', 'critical'],
  },
  'gemini-cli': {
    rows: ['a person denies', 'bypass in mid-session'],
    words: ['alignment.autonomy_boundary', 'bypass', 'yolo'],
  },
  cline: {
    rows: ['destructive command', 'a person stops a tool'],
    words: ['alignment.intervention', 'stop', 'human', 'stopped'],
  },
};

describe.skipIf(!binaries)('pictures of real agents', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());
  let shown: Shown;
  let collector: Collector;
  beforeAll(() => fresh());

  /** A viewer that shows nothing yet, and a Collector before it, as `npm run stack` has them. */
  async function fresh(): Promise<void> {
    await sandbox.clean();
    shown = await showViewer(sandbox, binaries!['otel-desktop-viewer'], binaries!.chromium);
    const overlay = join(sandbox.folder(), 'viewer.yaml');
    writeFileSync(overlay, stringify(shown.overlay));
    collector = await sandbox.collector({
      binary: binaries!.otelcol,
      backend: shown.viewer.otlpHttp,
      overlays: [...agentSources, overlay],
      env: { ALIGNMENT_DECISION_WAIT: '1s', ALIGNMENT_REST_PERCENT: '100' },
    });
  }

  async function picture(agent: AgentProgram, words: readonly string[]): Promise<void> {
    const page = await shown.find(...words);
    const file = example(agent, 'viewer.png');
    if (recording) await page.screenshot({ path: file });
    expect(statSync(file).size).toBeLessThan(120_000);
    expect(readFileSync(example(agent, 'README.md'), 'utf8')).toContain('(viewer.png)');
  }

  for (const [name, { rows, words }] of Object.entries(PICTURES)) {
    const agent = LIVE_AGENTS[name as AgentProgram];
    const program = requireAgent(agent.name);
    it.skipIf(program === undefined)(name, { timeout: 200_000 }, async () => {
      await fresh();
      for (const id of rows) {
        const play = ROWS.find(row => row.id === id)?.play(agent);
        await perform(sandbox, collector.otlpHttp, agent, program!, play!);
      }
      await picture(agent.name, words);
    });
  }

  const claude = requireAgent('claude-code');
  it.skipIf(claude === undefined)(
    'claude-code, by the commands of its page',
    { timeout: 200_000 },
    async () => {
      await fresh();
      const folder = sandbox.folder();
      const model = await startModel([LIVE_AGENTS['claude-code'].shell('touch hello.txt'), { say: 'Done.' }]);
      sandbox.defer(() => model.close());
      const [, hook, telemetry, denial, bypass, , remove] = commandsOf(example('claude-code', 'README.md'));
      const home = join(folder, 'home');
      mkdirSync(home);
      const place = {
        home,
        cwd: folder,
        model: model.url,
        otlp: collector.otlpHttp,
      };
      const { HOME, PATH, ANTHROPIC_BASE_URL, ANTHROPIC_API_KEY, IS_SANDBOX } =
        LIVE_AGENTS['claude-code'].env(place);
      // the model and the Collector live in this process and its children: it must not stand still
      const run = async (...commands: (string | undefined)[]) => {
        const child = spawn('bash', ['-e', '-c', commands.join('\n')], {
          stdio: ['ignore', 'pipe', 'pipe'],
          env: {
            HOME,
            PATH: `${folder}:${PATH}`,
            ANTHROPIC_BASE_URL,
            ANTHROPIC_API_KEY,
            IS_SANDBOX,
            DISABLE_AUTOUPDATER: '1',
            CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
          },
        });
        let output = '';
        for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk));
        return { status: await new Promise(done => child.once('close', done)), output };
      };
      const own = (text = ''): string =>
        text
          .replaceAll('node dist/esm/cli/main.js', `'${process.execPath}' '${cli}'`)
          .replaceAll('http://127.0.0.1:4318', collector.otlpHttp)
          .replaceAll('/tmp/try', join(folder, 'try'));
      symlinkSync(claude![0] ?? '', join(folder, 'claude'));
      const done = await run(own(hook), telemetry, own(denial), bypass);
      expect(done.status, done.output).toBe(0);
      await shown.find('alignment.intervention', 'denial', 'denied');
      await picture('claude-code', ['alignment.autonomy_boundary', 'bypass', 'bypassPermissions']);

      const removed = await run(own(remove));
      expect(removed.status, removed.output).toBe(0);
      expect(removed.output).toContain('unsent    0 requests');
      expect(removed.output).toContain('Taken back.');
    },
  );
});

/** The shell blocks of a page, in order. */
const commandsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text = '']) => text);
