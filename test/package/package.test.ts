import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tarball = process.env['OTEL_ALIGNMENT_TARBALL'] ?? '';
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const project = mkdtempSync(join(tmpdir(), 'otel-alignment-project-'));
const bin = (name: string): string => join(root, 'node_modules/.bin', name);

/** An empty project with the packed package, its dependencies and the API, as npm would lay them out. */
beforeAll(() => {
  const modules = join(project, 'node_modules');
  mkdirSync(join(modules, 'otel-alignment'), { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', join(modules, 'otel-alignment'), '--strip-components=1']);
  for (const name of [...Object.keys(manifest.dependencies), '@opentelemetry/api']) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    cpSync(join(root, 'node_modules', name), join(modules, name), { recursive: true });
  }
  writeFileSync(join(project, 'package.json'), '{}');
});
afterAll(() => rmSync(project, { recursive: true }));

const node = (file: string, code: string, ...flags: string[]): string => {
  writeFileSync(join(project, file), code);
  const { stdout, stderr, status } = spawnSync(process.execPath, [...flags, file], {
    cwd: project,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout.trim();
};

const entries = Object.keys(manifest.exports).filter(
  entry => entry !== './package.json' && entry !== './register',
);

describe('the packed package in an empty project', () => {
  it.each(entries)('%s loads from ESM and from CJS with the same names', entry => {
    const name = entry.replace('.', 'otel-alignment');
    const esm = node(
      'names.mjs',
      `import * as it from '${name}'; console.log(Object.keys(it).sort().join())`,
    );
    const cjs = node('names.cjs', `console.log(Object.keys(require('${name}')).sort().join())`);
    expect(esm.length).toBeGreaterThan(0);
    expect(cjs).toBe(esm);
  });

  it('an ESM and a CJS copy share one state', () => {
    const code = `
      import { createRequire } from 'node:module';
      import { withAlignmentContext as set } from 'otel-alignment';
      import { AlignmentSpanProcessor as A } from 'otel-alignment';
      const { AlignmentSpanProcessor: B } = createRequire(import.meta.url)('otel-alignment');
      const span = { name: 'x', attributes: {}, isRecording: () => true, spanContext: () => ({ traceId: '', spanId: '' }) };
      import { ROOT_CONTEXT } from '@opentelemetry/api';
      process.on('warning', warning => console.log(warning.code));
      new A().onStart(span, ROOT_CONTEXT);
      new B().onStart(span, ROOT_CONTEXT);`;
    writeFileSync(join(project, 'both.mjs'), code);
    const { stdout } = spawnSync(process.execPath, ['both.mjs'], { cwd: project, encoding: 'utf8' });
    expect(stdout.trim()).toBe('ALIGNMENT_004');
  });

  it('./signals loads @opentelemetry/api and nothing else', () => {
    const hooks = `
      import { registerHooks } from 'node:module';
      const outside = new Set();
      registerHooks({ resolve(specifier, context, next) {
        const found = next(specifier, context);
        if (found.url.includes('/node_modules/')) outside.add(found.url.split('/node_modules/').at(-1).split('/').slice(0, 2).join('/').replace(/^otel-alignment\\/.*/, 'otel-alignment'));
        return found;
      } });
      await import('otel-alignment/signals');
      console.log([...outside].sort().join());`;
    expect(node('loaded.mjs', hooks)).toBe('@opentelemetry/api,otel-alignment');
  });

  it('has a command', () => {
    const main = join(project, 'node_modules/otel-alignment', manifest.bin['otel-alignment']);
    expect(execFileSync(process.execPath, [main, '--version'], { encoding: 'utf8' }).trim()).toBe(
      manifest.version,
    );
    expect(statSync(main).mode & 0o111).not.toBe(0);
  });

  it('its types are found in both module systems', () => {
    const code = `import { AlignmentSpanProcessor } from 'otel-alignment';
      import { recordIntervention } from 'otel-alignment/signals';
      import { ATTR_ALIGNMENT_RISK_SCORE } from 'otel-alignment/semconv';
      const p: AlignmentSpanProcessor = new AlignmentSpanProcessor({ detail: 'full' });
      recordIntervention({ type: 'stop', initiator: 'human' });
      const key: 'alignment.risk.score' = ATTR_ALIGNMENT_RISK_SCORE;
      // @ts-expect-error an unlisted value
      recordIntervention({ type: 'nope' });
      export { p, key };`;
    writeFileSync(join(project, 'types.mts'), code);
    writeFileSync(join(project, 'types.cts'), code);
    const flags = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--types',
      '',
      '--ignoreConfig',
    ];
    const { stdout, status } = spawnSync(bin('tsc'), [...flags, 'types.mts', 'types.cts'], {
      cwd: project,
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });
});

describe('the tarball', () => {
  it('passes publint', () => {
    const { stdout, status } = spawnSync(bin('publint'), ['run', tarball, '--strict'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(stdout).toContain('All good!');
    expect(status).toBe(0);
  });

  it('resolves to its types everywhere', () => {
    const flags = [tarball, '--profile', 'node16', '--no-emoji', '--no-color'];
    const { status } = spawnSync(bin('attw'), flags, { cwd: root, encoding: 'utf8' });
    expect(status).toBe(0);
  });

  it('adds at most 15 packages and 15 MB', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    const wanted = Object.keys(manifest.dependencies);
    const added = new Set<string>();
    for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
      added.add(name);
      wanted.push(
        ...Object.keys(packages[`node_modules/${name}`].dependencies ?? {}).filter(
          dependency => !added.has(dependency),
        ),
      );
    }
    expect(added.size + 1).toBeLessThanOrEqual(15);
    const kilobytes = Number(
      execFileSync('du', ['-sk', '--exclude=@opentelemetry', join(project, 'node_modules')], {
        encoding: 'utf8',
      }).split('\t')[0],
    );
    expect(kilobytes).toBeLessThan(15 * 1024);
  });

  it('holds no test and no source map', () => {
    const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).split('\n');
    expect(files.filter(file => /\.test\.|\.map$|testing\//.test(file))).toEqual([]);
  });
});
