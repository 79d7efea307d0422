import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkNode } from '../../src/cli/doctor/node-version.ts';
import { checkPackages } from '../../src/cli/doctor/packages.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** An application with packages, each by its path and version. */
function app(packages: Readonly<Record<string, string>>, own = 'my-app'): string {
  const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-doctor-test-'));
  folders.push(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: own, version: '1.0.0' }));
  for (const [path, version] of Object.entries(packages)) {
    const at = join(folder, 'node_modules', path.replaceAll(' > ', '/node_modules/'));
    mkdirSync(at, { recursive: true });
    const name = path.split(' > ').at(-1);
    writeFileSync(join(at, 'package.json'), JSON.stringify({ name, version }));
  }
  return folder;
}

const GOOD = {
  'otel-alignment': '0.1.0',
  '@opentelemetry/api': '1.9.1',
  '@opentelemetry/sdk-trace-base': '2.12.1',
  '@opentelemetry/exporter-trace-otlp-http': '0.223.0',
};

/** What is wrong, as `status check`. */
const wrong = (folder: string): string[] =>
  checkPackages(folder)
    .findings.filter(({ status }) => status === 'problem' || status === 'warning')
    .map(({ status, check }) => `${status} ${check}`);

const without = (name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(GOOD).filter(([key]) => key !== name));

describe('the packages of an application', () => {
  it('finds nothing to mend where nothing is wrong', () => {
    const report = checkPackages(app(GOOD));
    expect(report.findings.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(report.sdkMajor).toBe(2);
  });

  it.each([
    ['otel-alignment', 'problem packages.otel-alignment'],
    ['@opentelemetry/api', 'problem packages.api'],
    ['@opentelemetry/sdk-trace-base', 'problem packages.sdk'],
    ['@opentelemetry/exporter-trace-otlp-http', 'warning packages.exporter'],
  ])('misses %s', (name, expected) => expect(wrong(app(without(name)))).toEqual([expected]));

  it('knows an SDK that never calls onEnding', () => {
    expect(wrong(app({ ...GOOD, '@opentelemetry/sdk-trace-base': '2.2.0' }))).toEqual([
      'problem packages.sdk',
    ]);
    expect(wrong(app({ ...GOOD, '@opentelemetry/sdk-trace-base': '1.30.1' }))).toEqual([
      'problem packages.sdk',
    ]);
    expect(wrong(app({ ...GOOD, '@opentelemetry/sdk-trace-base': '2.3.0' }))).toEqual([]);
  });

  it("warns of another package's own old SDK, and says whose it is", () => {
    const folder = app({
      ...GOOD,
      'vendor-sdk': '1.0.0',
      'vendor-sdk > @opentelemetry/sdk-trace-base': '2.0.1',
    });
    const [finding] = checkPackages(folder).findings.filter(({ status }) => status === 'warning');
    expect(finding?.message).toContain('node_modules/vendor-sdk/');
    expect(finding?.mend).toContain('otel-alignment/register');
  });

  it('takes the SDK that sdk-node brings for the one of the application', () => {
    const folder = app({
      ...without('@opentelemetry/sdk-trace-base'),
      '@opentelemetry/sdk-node': '0.203.0',
      '@opentelemetry/sdk-node > @opentelemetry/sdk-trace-base': '2.0.1',
    });
    expect(wrong(folder)).toEqual(['problem packages.sdk']);
  });

  it('finds two copies of the API that do not serve each other', () => {
    const newer = app({ ...GOOD, 'otel-alignment > @opentelemetry/api': '1.10.0' });
    expect(wrong(newer)).toEqual(['problem packages.api']);
    const [finding] = checkPackages(newer).findings.filter(({ status }) => status === 'problem');
    expect(finding?.message).toContain('1.10.0');
    expect(finding?.mend).toContain('npm install @opentelemetry/api@1.9.1');
    const older = app({
      ...GOOD,
      '@opentelemetry/sdk-trace-base > @opentelemetry/api': '1.10.0',
      '@opentelemetry/sdk-trace-base': '2.12.1',
    });
    expect(wrong(older)).toEqual(['warning packages.api']);
  });

  it('does not mind two copies of one version, nor a copy that nobody of ours meets', () => {
    expect(wrong(app({ ...GOOD, 'otel-alignment > @opentelemetry/api': '1.9.1' }))).toEqual([]);
    expect(wrong(app({ ...GOOD, 'a-tool > @opentelemetry/api': '1.4.0' }))).toEqual([]);
  });

  it('finds what lies in the folder above, as in a workspace', () => {
    const root = app(GOOD);
    const inner = join(root, 'packages', 'agent');
    mkdirSync(inner, { recursive: true });
    writeFileSync(join(inner, 'package.json'), '{"name":"agent"}');
    expect(wrong(inner)).toEqual([]);
  });

  it('follows links, as pnpm lays them', () => {
    const folder = app({});
    const modules = join(folder, 'node_modules');
    const store = (name: string, version: string): string => {
      const at = join(modules, '.pnpm', `${name.replace('/', '+')}@${version}`, 'node_modules', name);
      mkdirSync(at, { recursive: true });
      writeFileSync(join(at, 'package.json'), JSON.stringify({ name, version }));
      return at;
    };
    const link = (target: string, at: string): void => {
      mkdirSync(dirname(at), { recursive: true });
      symlinkSync(target, at);
    };
    for (const [name, version] of Object.entries(GOOD)) link(store(name, version), join(modules, name));
    const api = join(modules, '@opentelemetry/api');
    for (const name of ['otel-alignment', '@opentelemetry/sdk-trace-base']) {
      const version = GOOD[name as keyof typeof GOOD];
      link(
        api,
        join(modules, '.pnpm', `${name.replace('/', '+')}@${version}`, 'node_modules/@opentelemetry/api'),
      );
    }
    expect(wrong(folder)).toEqual([]);
  });

  it('survives links in a circle and files that are no JSON', () => {
    const folder = app(GOOD);
    symlinkSync(folder, join(folder, 'node_modules/myself'));
    mkdirSync(join(folder, 'node_modules/broken'), { recursive: true });
    writeFileSync(join(folder, 'node_modules/broken/package.json'), '{');
    expect(wrong(folder)).toEqual([]);
  });

  it('says that a folder without an application is none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-doctor-test-'));
    folders.push(folder);
    const { findings } = checkPackages(folder);
    expect(findings.map(({ status }) => status)).toEqual(['note']);
  });
});

describe('Node', () => {
  it.each([
    ['24.21.0', 3, 'ok'],
    ['22.15.0', 3, 'ok'],
    ['22.14.0', 3, 'problem'],
    ['22.14.0', 2, 'ok'],
    ['22.12.0', undefined, 'ok'],
    ['22.11.0', undefined, 'problem'],
    ['21.7.3', undefined, 'problem'],
    ['20.19.0', 2, 'ok'],
    ['20.18.1', 2, 'problem'],
    ['18.20.0', undefined, 'problem'],
  ])('%s with the SDK %s: %s', (version, sdk, expected) => {
    expect(checkNode(version, sdk).map(({ status }) => status)).toEqual([expected]);
  });
});
