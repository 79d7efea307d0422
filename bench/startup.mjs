// What installing the package adds to an empty project, and what `register` adds to the start of a process.
import { execFileSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tarball, versionOf } from './lib/pack.mjs';
import { figure, printAlone, progress, verdict } from './lib/report.mjs';
import { median, spread } from './lib/stats.mjs';

const START_BAR = 50;
const PACKAGES_BAR = 15;
const BYTES_BAR = 15e6;
const STARTS = { quick: 21, full: 61 };

const EMPTY = 'app.js';
/** The least that starts an SDK: the API, and a provider registered with it. */
const PROVIDER = 'provider.js';
const IMPORT = ['--import', 'otel-alignment/register'];
const REQUIRE = ['--require', 'otel-alignment/register'];
const WAYS = [
  ['an empty script: @opentelemetry/api alone', EMPTY, ['--import', '@opentelemetry/api']],
  ['an empty script: `--import otel-alignment/register`', EMPTY, IMPORT, START_BAR],
  ['an empty script: `--require otel-alignment/register`', EMPTY, REQUIRE, START_BAR],
  ['a provider is registered: `--import otel-alignment/register`', PROVIDER, IMPORT, START_BAR],
  ['a provider is registered: `--require otel-alignment/register`', PROVIDER, REQUIRE, START_BAR],
];

/** @returns {Promise<import('./lib/report.mjs').Section[]>} */
export async function sections({ full = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-startup-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{ "name": "empty", "private": true }\n');
    writeFileSync(join(folder, EMPTY), '');
    writeFileSync(
      join(folder, PROVIDER),
      "require('@opentelemetry/api').trace.setGlobalTracerProvider({ getTracer: () => ({}) });\n",
    );
    return [footprint(folder), start(folder, full ? STARTS.full : STARTS.quick)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function footprint(folder) {
  progress('startup: install in an empty project');
  const install = what =>
    execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--silent', what], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  install(`@opentelemetry/api@${versionOf('@opentelemetry/api')}`);
  const before = installed(folder);
  install(tarball());
  const after = installed(folder);
  const packages = after.packages - before.packages;
  const bytes = after.bytes - before.bytes;
  return {
    title: 'Install',
    head: ['added to an empty project with @opentelemetry/api', 'figure', 'bar'],
    rows: [
      ['packages', `${packages}`, `≤ ${PACKAGES_BAR}: ${verdict(packages, PACKAGES_BAR)}`],
      ['size on disk', figure(bytes / 1e6, 'MB'), `≤ ${BYTES_BAR / 1e6} MB: ${verdict(bytes, BYTES_BAR)}`],
    ],
  };
}

/** Packages that the lockfile of `node_modules` lists, and the bytes of all files. */
function installed(folder) {
  const modules = join(folder, 'node_modules');
  const { packages } = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'));
  return { packages: Object.keys(packages).length, bytes: bytesOf(modules) };
}

function bytesOf(folder) {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    bytes += entry.isDirectory() ? bytesOf(path) : lstatSync(path).size;
  }
  return bytes;
}

function start(folder, starts) {
  progress(`startup: ${starts} starts of each kind`);
  const once = (script, flags = []) => {
    const begin = process.hrtime.bigint();
    execFileSync(process.execPath, [...flags, script], {
      cwd: folder,
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return Number(process.hrtime.bigint() - begin) / 1e6;
  };
  for (const [, script, flags] of WAYS) once(script, flags);
  const empty = [];
  const added = WAYS.map(() => []);
  for (let i = 0; i < starts; i++) {
    for (const [way, [, script, flags]] of WAYS.entries()) {
      const base = once(script);
      if (script === EMPTY) empty.push(base);
      added[way].push(once(script, flags) - base);
    }
  }
  return {
    title: 'Start of a process',
    head: ['', 'added', 'least–greatest', 'bar'],
    rows: WAYS.map(([label, , , bar], way) => {
      const { median: middle, least, most } = spread(added[way]);
      return [
        label,
        figure(middle, 'ms'),
        `${Math.round(least)}–${Math.round(most)}`,
        bar === undefined ? '' : `≤ ${bar} ms: ${verdict(middle, bar)}`,
      ];
    }),
    notes: [
      `Medians of ${starts} pairs of processes, each pair the same script without and with the flag. The rest of the package is loaded where a provider is registered. The empty script alone takes ${figure(median(empty), 'ms')}.`,
    ],
  };
}

await printAlone(import.meta.url, sections);
