import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bench = fileURLToPath(new URL('..', import.meta.url));
const modules = join(bench, 'node_modules');

/**
 * Packs the package as npm would publish it.
 *
 * @returns the path of the tarball; `OTEL_ALIGNMENT_TARBALL` names one that is there already
 */
export function tarball() {
  const given = process.env['OTEL_ALIGNMENT_TARBALL'];
  if (given !== undefined && given !== '') return given;
  const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: join(bench, '..'),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const packed = join(
    folder,
    readdirSync(folder).find(name => name.endsWith('.tgz')),
  );
  process.env['OTEL_ALIGNMENT_TARBALL'] = packed;
  return packed;
}

/** Unpacks the tarball beside the peers. A link to the sources would load another copy of the API. */
export function install() {
  if (!existsSync(join(modules, '@opentelemetry'))) {
    throw new Error('The peers are not installed: run `npm ci --prefix bench` first.');
  }
  const packed = tarball();
  if (!existsSync(packed)) throw new Error(`There is no tarball ${packed}.`);
  const to = join(modules, 'otel-alignment');
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  execFileSync('tar', ['-xzf', packed, '-C', to, '--strip-components=1']);
  for (const [name, wanted] of Object.entries(manifest(to).dependencies ?? {})) {
    const found = existsSync(join(modules, name)) ? manifest(join(modules, name)).version : 'none';
    if (found !== wanted) {
      throw new Error(
        `otel-alignment wants ${name} ${wanted}, bench/package.json brings ${found}: make them the same.`,
      );
    }
  }
}

/** The version of an installed package. @param {string} name */
export const versionOf = name => manifest(join(modules, name)).version;

const manifest = folder => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
