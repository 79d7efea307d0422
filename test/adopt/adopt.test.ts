import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APPS, type App, folder, isInstalled } from './apps.ts';
import { startBackend } from './backend.ts';
import { changeOf, page } from './diffs.ts';
import { type PlainSpan, signalsOf, spansOf, withoutOurs } from './spans.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const installed = isInstalled();
if (!installed) console.log('skipped: npm ci --prefix examples/adopt installs the five applications');

interface Run {
  readonly code: number | null;
  readonly output: string;
  readonly paths: readonly string[];
  readonly spans: readonly PlainSpan[];
}

/** Runs one of the two against a backend of its own. */
async function run({ name, env }: App, which: 'before' | 'after'): Promise<Run> {
  const backend = await startBackend();
  try {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [`${name}/${which}.ts`], {
      cwd: folder,
      env: { PATH, HOME, OTEL_METRICS_EXPORTER: 'none', ...env(backend.url) },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk));
    const code = await new Promise<number | null>(resolve => child.on('close', resolve));
    const paths = [...new Set(backend.received.map(({ path }) => path))];
    return { code, output, paths, spans: spansOf(backend.received) };
  } finally {
    await backend.close();
  }
}

describe('examples/adopt', () => {
  it.each(APPS)('$name changes at most three lines', ({ name }) => {
    const { lines } = changeOf(name);
    expect(lines).toBeGreaterThan(0);
    expect(lines).toBeLessThanOrEqual(3);
  });

  it('shows on its page what differs', () => {
    const { is, shouldBe } = page();
    expect(is, 'npm exec -- node test/adopt/diffs.ts writes it').toBe(shouldBe);
  });
});

describe.skipIf(!installed)('applications of examples/adopt', () => {
  const packed = mkdtempSync(join(tmpdir(), 'otel-alignment-adopt-'));
  afterAll(() => rmSync(packed, { recursive: true, force: true }));

  // the package as npm would deliver it; `npm test` has built it
  beforeAll(() => {
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', packed], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [tarball = 'missing'] = readdirSync(packed).filter(name => name.endsWith('.tgz'));
    const to = join(folder, 'node_modules/otel-alignment');
    rmSync(to, { recursive: true, force: true });
    mkdirSync(to, { recursive: true });
    execFileSync('tar', ['-xzf', join(packed, tarball), '-C', to, '--strip-components=1']);
  });

  it("compile against the vendors' types", () => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
    expect(stdout).toBe('');
  });

  it.each(APPS)('$name: every span arrives as before, and differs in alignment.* only', async app => {
    const before = await run(app, 'before');
    const after = await run(app, 'after');
    for (const { code, output } of [before, after]) expect({ code, output }).toEqual({ code: 0, output: '' });
    expect(before.paths).toEqual([app.path]);
    expect(after.paths).toEqual([app.path]);
    expect(before.spans.length).toBeGreaterThanOrEqual(4);
    expect(signalsOf(before.spans)).toEqual([]);
    expect(after.spans.map(withoutOurs)).toEqual(before.spans);
    expect(signalsOf(after.spans).sort()).toEqual([
      'alignment.misalignment_indicator',
      'alignment.risk_escalation',
    ]);
    const assessed = after.spans.filter(({ attributes }) => 'alignment.risk.score' in attributes);
    expect(assessed.length).toBe(3);
  });
});
