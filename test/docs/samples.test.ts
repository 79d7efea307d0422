import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const scripts = Object.keys(JSON.parse(read('package.json')).scripts);

const DOCS = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'semconv/README.md',
  'semconv/CHANGELOG.md',
  'collector-config/README.md',
  'examples/custom-agent/README.md',
  'examples/vercel-ai/README.md',
  'examples/openai-agents/README.md',
  'examples/langgraph/README.md',
  'examples/claude-agent-sdk/README.md',
  'examples/mcp/README.md',
  'examples/python/README.md',
  'examples/gate/README.md',
  'examples/agents.md',
  'src/assess/README.md',
  'bench/README.md',
  'semconv/calibration/README.md',
  'semconv/calibration/profile-a-provider.md',
  'src/pages/report/README.md',
  'collector-config/routing/README.md',
  'collector-config/tiers/README.md',
  'collector-config/prometheus/README.md',
  'collector-config/grafana/README.md',
  'semconv/sessions/propagation.md',
  'docs/README.md',
  'examples/adopt/README.md',
];
const blocks = (file: string, language: string): string[] =>
  [...read(file).matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    match => match[1] ?? '',
  );

const samples = DOCS.flatMap(file =>
  blocks(file, 'ts').map((code, index) => ({ name: `${file} #${index + 1}`, code })),
);

/** A project beside the built package: what a sample imports is found by its name. */
const project = mkdtempSync(join(root, 'dist-samples-'));
beforeAll(() => {
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rmSync(project, { recursive: true }));

describe('samples', () => {
  it('there are some', () => expect(samples.length).toBeGreaterThanOrEqual(3));

  it.each(samples)('$name compiles', ({ code }) => {
    // the package under test by its own name: the folder is inside the checkout, so the name leads to its build
    rmSync(join(project, 'package.json'), { force: true });
    writeFileSync(join(project, 'sample.ts'), code);
    const flags =
      '--noEmit --strict --skipLibCheck --module nodenext --target es2022 --types node --ignoreConfig sample.ts';
    const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), flags.split(' '), {
      cwd: project,
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
  });

  it.each(samples)('$name runs, without a warning', ({ code }) => {
    writeFileSync(join(project, 'sample.ts'), `${code}\nprocess.exit(0);\n`);
    const { status, stderr } = spawnSync(process.execPath, ['sample.ts'], {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, OTEL_SDK_DISABLED: '' },
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});

describe('commands', () => {
  const lines = DOCS.flatMap(file =>
    blocks(file, 'sh')
      .flatMap(block => block.split('\n'))
      .map(line => line.replace(/#.*/, '').trim())
      .filter(line => line !== '')
      .map(line => ({ file, line })),
  );
  it.each(lines)('$file: $line', ({ line }) => {
    const script = /^npm (?:run )?(?:--silent |-s |--prefix \S+ )*([\w:]+)/.exec(line)?.[1];
    const known = ['ci', 'exec', 'pack', 'start', 'try', ...scripts];
    if (line.startsWith('npm ')) expect(known).toContain(script);
    for (const file of line.match(/(?:collector-config|tools|examples|semconv)\/[\w./-]+/g) ?? []) {
      expect(existsSync(join(root, file)), file).toBe(true);
    }
  });
});

describe('links', () => {
  const links = DOCS.flatMap(file =>
    [...read(file).matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)]
      .map(match => match[1] ?? '')
      .filter(target => !/^https?:/.test(target))
      .map(target => ({ file, target })),
  );
  it.each(links)('$file → $target', ({ file, target }) => {
    expect(existsSync(join(root, normalize(join(dirname(file), target))))).toBe(true);
  });
});

describe('the README', () => {
  it('names every warning code that the sources raise, and no other', () => {
    const raised = spawnSync(
      'grep',
      ['-rhoE', "'ALIGNMENT_[0-9]{3}'", 'src', '--include=*.ts', '--exclude=*.test.ts'],
      {
        cwd: root,
        encoding: 'utf8',
      },
    ).stdout.match(/ALIGNMENT_\d{3}/g);
    const named = blocksOf('### Warnings').match(/ALIGNMENT_\d{3}/g);
    expect([...new Set(named)].sort()).toEqual([...new Set(raised)].sort());
  });

  it('names every option and its variable', () => {
    const source = read('src/processor/options.ts');
    const options = /export interface AlignmentOptions \{([\s\S]*?)^\}/m.exec(source)?.[1] ?? '';
    const table = blocksOf('## What it does to your spans');
    for (const [, option] of options.matchAll(/readonly (\w+)\?:/g)) expect(table).toContain(`\`${option}\``);
    for (const [variable] of options.matchAll(/ALIGNMENT_[A-Z_]+/g))
      expect(table).toContain(`\`${variable}\``);
  });

  it('tells the version of the changelog', () => {
    expect(read('CHANGELOG.md')).toContain(`## ${JSON.parse(read('package.json')).version}`);
  });
});

function blocksOf(heading: string): string {
  const text = read('README.md');
  const from = text.indexOf(heading);
  return text.slice(from, text.indexOf('\n## ', from + heading.length));
}
