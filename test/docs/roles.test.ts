import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (page: string): string => readFileSync(join(root, page), 'utf8');

const ROLES = ['agent-developer', 'platform-operator', 'safety-analyst', 'standards-reviewer'].map(
  name => `docs/${name}.md`,
);
const PAGES = [
  'docs/README.md',
  ...ROLES,
  ...readdirSync(join(root, 'docs/viewers')).map(file => `docs/viewers/${file}`),
].filter(page => page.endsWith('.md'));

/** What a new user does and this test does not, and why. */
const NOT_RUN: readonly (readonly [line: RegExp, why: string])[] = [
  [/^npm install /, 'the packages lie there already: the packed one, and those of this checkout'],
  [/^npm ci/, 'this checkout is installed'],
  [/^npm run (stack|stack:install|demo)$/, 'test/stack and test/demo run them'],
  [/otelcol-contrib --config/, 'test/stack runs the configurations'],
  [/hook install --agent \S+$/, 'asks a person; test/taps runs it'],
];

interface Block {
  readonly language: string;
  readonly file: string;
  readonly text: string;
}

const blocksOf = (page: string): Block[] =>
  [...read(page).matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```/gm)].map(
    ([, language = '', file = '', text = '']) => ({
      language,
      file,
      text,
    }),
  );

/** A line `…` stands for any lines, a `…` in a line for anything on it. */
const pattern = (text: string): RegExp => {
  const lines = text.trimEnd().split('\n');
  const source = lines.map(line =>
    line === '…'
      ? '(?:.*\\n)*'
      : `${line
          .split('…')
          .map(part => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
          .join('.*')}\\n`,
  );
  return new RegExp(`^${source.join('')}$`);
};

describe.each(ROLES)('%s', page => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-role-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  // a new user's folder: the package as npm delivers it, beside the SDK
  beforeAll(() => {
    const modules = join(folder, 'node_modules');
    const ours = join(modules, 'otel-alignment');
    mkdirSync(ours, { recursive: true });
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [tarball = 'missing'] = readdirSync(folder).filter(name => name.endsWith('.tgz'));
    execFileSync('tar', ['-xzf', join(folder, tarball), '-C', ours, '--strip-components=1']);
    for (const name of readdirSync(join(root, 'node_modules')))
      if (!name.startsWith('.') && name !== 'otel-alignment')
        symlinkSync(join(root, 'node_modules', name), join(modules, name));
    mkdirSync(join(modules, '.bin'));
    symlinkSync('../otel-alignment/dist/esm/cli/main.js', join(modules, '.bin/otel-alignment'));
    chmodSync(join(ours, 'dist/esm/cli/main.js'), 0o755);
    writeFileSync(
      join(folder, 'package.json'),
      '{ "name": "new-user", "version": "1.0.0", "type": "module" }',
    );
    mkdirSync(join(folder, 'home'));
    // a recording, which somebody else made
    const { OTEL_EXPORTER_OTLP_ENDPOINT: _, ...env } = process.env;
    const demo = ['examples/custom-agent/main.ts', '--scripted', '--out', join(folder, 'traces.jsonl')];
    execFileSync(process.execPath, demo, { cwd: root, env, stdio: 'ignore' });
  });

  const blocks = blocksOf(page);
  const steps = blocks.flatMap(({ language, file, text }, index) => {
    if (file !== '') return [{ title: `writes ${file}`, file, text, expected: undefined }];
    if (language !== 'sh') return [];
    const lines = text.trimEnd().split('\n');
    const next = blocks[index + 1];
    return lines
      .filter(line => !NOT_RUN.some(([known]) => known.test(line)))
      .map((line, at) => ({
        title: line,
        file: '',
        text: line,
        expected: at === lines.length - 1 && next?.language === 'text' ? next.text : undefined,
      }));
  });

  it('has something to try', () => expect(steps.length).toBeGreaterThan(0));

  it.each(steps)('$title', ({ file, text, expected }) => {
    if (file !== '') {
      writeFileSync(join(folder, file), text);
      return;
    }
    const { OTEL_EXPORTER_OTLP_ENDPOINT: _, NODE_OPTIONS: __, ...env } = process.env;
    const { stdout, stderr, status } = spawnSync('sh', ['-c', text], {
      // a checkout's own scripts
      cwd: text.startsWith('npm run ') ? root : folder,
      encoding: 'utf8',
      input: '',
      env: { ...env, HOME: join(folder, 'home'), PATH: `${dirname(process.execPath)}:${env['PATH']}` },
    });
    expect(stderr).not.toContain('    at ');
    expect([0, 1], stderr).toContain(status);
    if (expected !== undefined) expect(stdout).toMatch(pattern(expected));
  });
});

describe('links of docs', () => {
  const links = PAGES.flatMap(page =>
    [...read(page).matchAll(/\]\(([^)#\s]+)(?:#([^)]*))?\)/g)]
      .filter(([, target = '']) => !/^https?:/.test(target))
      .map(([, target = '', anchor]) => ({ page, target, anchor })),
  );

  it.each(links)('$page → $target', ({ page, target, anchor }) => {
    const path = normalize(join(dirname(page), target));
    if (anchor === undefined) expect(() => readFileSync(join(root, path)), path).not.toThrow(/ENOENT/);
    else expect(anchorsOf(read(path))).toContain(anchor);
  });
});

/** Headings as GitHub makes anchors of them. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
