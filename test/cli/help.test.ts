import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = join(root, 'src/cli/main.ts');

/** A command with its help; a group has commands of its own. */
interface Helped {
  readonly name: string;
  readonly help: string;
  readonly isGroup: boolean;
}

/** Every command, found by reading the help from the top. */
function commandsOf(path: readonly string[]): Helped[] {
  const { stdout } = run([...path, '--help']);
  const list = /^Commands:\n((?: {2}\S.*\n)+)/m.exec(stdout)?.[1] ?? '';
  const names = [...list.matchAll(/^ {2}(\S+)/gm)].map(([, name]) => name as string);
  const self = { name: path.join(' '), help: stdout, isGroup: names.length > 0 };
  return [self, ...names.flatMap(name => commandsOf([...path, name]))];
}

const [whole, ...COMMANDS] = commandsOf([]);
const SINGLE = COMMANDS.filter(({ isGroup }) => !isGroup);

/** The examples of a help text, one a line: a line that ends in a backslash goes on. */
function examplesOf(help: string): string[] {
  const after = /\nExamples?:\n((?: {2}.*\n)+)/.exec(help)?.[1] ?? '';
  return after
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
}

const EXAMPLES = SINGLE.flatMap(({ name, help }) =>
  examplesOf(help)
    // what another program does with the outcome
    .filter(example => /(^|\| )otel-alignment /.test(example))
    .map(example => ({ name, example })),
);

describe('help', () => {
  it('names the commands and what exit codes mean', () => {
    expect(SINGLE.length).toBeGreaterThanOrEqual(6);
    expect(whole?.help).toContain('Exit codes:');
  });

  it.each(COMMANDS)('$name: one form, and fits a page', ({ name, help, isGroup }) => {
    expect(help).toMatch(new RegExp(`^Usage: otel-alignment ${name}\\b`));
    for (const line of help.split('\n')) expect(line.length, line).toBeLessThanOrEqual(140);
    expect(help.endsWith('\n')).toBe(true);
    expect(help).not.toContain('\t');
    if (isGroup) return;
    expect(help).toContain('\nExit codes: ');
    expect(examplesOf(help).length).toBeGreaterThanOrEqual(1);
  });

  it.each(COMMANDS)('$name: on standard output, with exit code 0, for -h too', ({ name, help }) => {
    const { status, stdout, stderr } = run([...name.split(' '), '-h']);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: help, stderr: '' });
  });

  it.each(SINGLE)('$name: every option of an example is explained', ({ help }) => {
    for (const example of examplesOf(help).filter(line => line.includes('otel-alignment '))) {
      // what stands behind -- , behind a pipe and in quotes is another program's
      const [ours = ''] = example.replaceAll(/'[^']*'/g, '').split(/ -- | \| (?!otel-alignment)/);
      for (const [option] of ours.matchAll(/(?<= )--[a-z][a-z-]*/g))
        expect(help.split(/\nExamples?:/)[0]).toContain(option);
    }
  });
});

describe('a mistake', () => {
  // as a hook it may not say anything that an agent could take for an answer
  const strict = SINGLE.filter(({ name }) => name !== 'hook');

  it.each(strict)('$name: an unknown option is one line, without a stack', ({ name }) => {
    const { status, stdout, stderr } = run([...name.split(' '), '--no-such-option']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^otel-alignment: .+\n$/);
    expect(stderr).not.toContain('    at ');
  });

  it.each([[['nothing']], [['calibration', 'nothing']]])('%j is no command', args => {
    const { status, stderr } = run(args);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^otel-alignment: There is no command nothing\. Try: .+\n$/);
  });

  it('no command at all shows the help, as a mistake', () => {
    const { status, stdout, stderr } = run([]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe(whole?.help);
  });
});

describe('examples of the help', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-help-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const write = (path: string, text: string, mode = 0o644): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    chmodSync(join(folder, path), mode);
  };

  beforeAll(() => {
    write('bin/otel-alignment', `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`, 0o755);
    // agents that end at once
    for (const agent of ['gemini', 'codex']) write(`bin/${agent}`, '#!/bin/sh\nexit 0\n', 0o755);
    write(
      'steps.jsonl',
      '{"session_id":"s","step":1,"role":"agent","tool":"Bash","arguments":{"command":"ls"}}\n',
    );
    const [signal] = JSON.parse(run(['explain', 'rm -rf /srv/data', '--json']).stdout).signals;
    write('signals.jsonl', `${JSON.stringify(signal)}\n`);
    const demo = join(folder, 'alignment-demo.jsonl');
    const { OTEL_EXPORTER_OTLP_ENDPOINT: _, ...env } = process.env;
    execFileSync(process.execPath, ['examples/custom-agent/main.ts', '--scripted', '--out', demo], {
      cwd: root,
      env,
      stdio: 'ignore',
    });
    for (const name of ['traces', 'logs', 'recorded']) cpSync(demo, join(folder, `${name}.jsonl`));
    write('services/agent/package.json', '{ "name": "agent", "type": "module" }');
    for (const file of ['telemetry.js', 'app.js']) write(`services/agent/${file}`, '');
  });

  /** Whose examples need files that a run of another command makes; their own tests run them. */
  const LENIENT = /^(calibration|sessions)\b/;

  /** These wait for a model, or for a person. */
  const WAITS = /^calibration (run|rate)$/;

  it.each(EXAMPLES.filter(({ name }) => !WAITS.test(name)))('$example', ({ name, example }) => {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', example], {
      cwd: folder,
      encoding: 'utf8',
      input: '',
      env: {
        PATH: `${join(folder, 'bin')}:${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
        HOME: join(folder, 'home'),
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
        GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
      },
    });
    expect(stderr).not.toContain('    at ');
    expect(stderr).not.toMatch(/Unknown option|There is no command|not found/);
    if (status === 2 && LENIENT.test(name)) return;
    expect([0, 1], stderr).toContain(status);
    if (/--json$/.test(example)) {
      expect(stdout.trim()).not.toBe('');
      for (const line of stdout.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
    }
  });
});
