import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtPath, cacheFolder, findBinary } from './binaries.ts';
import { fill } from './generate-config.ts';
import { isPlaceholder } from './pages.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'otel-alignment-tools-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, 0o755);
  return path;
}

describe('findBinary', () => {
  it('takes the variable before PATH before the cache', () => {
    const env: NodeJS.ProcessEnv = { ALIGNMENT_CACHE: join(folder, 'cache'), PATH: join(folder, 'path') };
    expect(findBinary('otelcol', env)).toBeUndefined();
    const built = program(builtPath('otelcol', env)!);
    expect(findBinary('otelcol', env)).toEqual({ path: built, from: 'cache' });
    const onPath = program(join(folder, 'path', 'otelcol-contrib'));
    expect(findBinary('otelcol', env)).toEqual({ path: onPath, from: 'path' });
    const named = program(join(folder, 'mine'));
    expect(findBinary('otelcol', { ...env, OTELCOL: named })).toEqual({ path: named, from: 'variable' });
  });

  it('does not fall back where the variable names nothing that runs', () => {
    writeFileSync(join(folder, 'text'), 'not a program');
    for (const path of ['missing', 'text', '.']) {
      expect(() => findBinary('jaeger', { PATH: '', JAEGER: join(folder, path) })).toThrow(
        /\$JAEGER is .*no program/,
      );
    }
  });

  it('keeps what is built outside the repository', () => {
    expect(cacheFolder({ ALIGNMENT_CACHE: '/a' })).toBe('/a');
    expect(cacheFolder({ XDG_CACHE_HOME: '/x' })).toBe('/x/otel-alignment');
    expect(cacheFolder({})).toMatch(/\.cache\/otel-alignment$/);
    expect(builtPath('chromium', {})).toBeUndefined();
  });
});

describe('generate-config', () => {
  it('replaces what stands between the marks, and fails on marks that it does not know', () => {
    const text = 'a\n  # <x>\n  old\n  # </x>\nb';
    expect(fill(text, { x: ['1', '2'] })).toBe('a\n  # <x>\n  1\n  2\n  # </x>\nb');
    expect(fill(fill(text, { x: ['1'] }), { x: ['1'] })).toBe(fill(text, { x: ['1'] }));
    expect(() => fill(text, {})).toThrow('<x>');
    expect(() => fill('# <x>\nold', { x: [] })).toThrow('not closed');
  });
});

describe('stack:install', () => {
  const script = fileURLToPath(new URL('./install.ts', import.meta.url));
  const install = (args: string[], env: NodeJS.ProcessEnv): Promise<{ code: number; text: string }> =>
    new Promise(resolve => {
      execFile(process.execPath, [script, ...args], { env: { HOME: folder, ...env } }, (error, out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code), text: out + err }),
      );
    });

  it('says what to do without Go', async () => {
    const { code, text } = await install(['--only', 'otelcol'], {
      PATH: folder,
      ALIGNMENT_CACHE: join(folder, 'cache'),
    });
    expect(code).toBe(1);
    expect(text).toContain('Install Go');
    expect(text).toContain('OTELCOL=');
  });

  it('takes what is there, and names its choices', async () => {
    const named = program(join(folder, 'mine'));
    const found = await install(['--only', 'otelcol'], { PATH: folder, OTELCOL: named });
    expect(found).toMatchObject({ code: 0, text: expect.stringContaining(named) });
    const wrong = await install(['--only', 'grafana'], { PATH: folder });
    expect(wrong).toMatchObject({ code: 2, text: expect.stringContaining('jaeger') });
    const help = await install(['--help'], { PATH: folder });
    expect(help).toMatchObject({ code: 0, text: expect.stringContaining('ALIGNMENT_CACHE') });
  });
});

it('a placeholder is told from a page', () => {
  expect(isPlaceholder('<h1>This is not the Jaeger UI you are looking for!</h1>')).toBe(true);
  expect(isPlaceholder('<!doctype html><title>Jaeger UI</title>')).toBe(false);
});
