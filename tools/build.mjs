// Builds dist/esm and dist/cjs: rolldown makes few files of many, because every file costs time when a process starts;
// tsc writes the types of both.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = fileURLToPath(new URL('../dist', import.meta.url));
const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));

const entries = [
  'index',
  'signals/index',
  'semconv/index',
  'assess/index',
  'assess/monitor/index',
  'taps/index',
  'calibration/index',
  'sessions/index',
  'processor/register',
  // what `register` loads once there is a provider
  'processor/wrap',
];
const esmOnly = ['cli/main'];

/** Packages that become part of the files, with their notices in dist/licenses. */
const BUNDLED = ['unbash'];

rmSync(dist, { recursive: true, force: true });
for (const [format, project, names] of [
  ['esm', 'tsconfig.json', [...entries, ...esmOnly]],
  ['cjs', 'tsconfig.cjs.json', entries],
]) {
  execFileSync(process.execPath, [tsc, '-p', project, '--emitDeclarationOnly'], {
    cwd: root,
    stdio: 'inherit',
  });
  const bundle = await rolldown({
    cwd: root,
    input: Object.fromEntries(names.map(name => [name, `src/${name}.ts`])),
    // the API and Node's own modules; what is bundled is not looked for when a process starts
    external: name => /^[^./]/.test(name) && !BUNDLED.includes(name),
    platform: 'node',
    optimization: { inlineConst: true },
  });
  await bundle.write({
    dir: `${dist}/${format}`,
    format,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    // they stand with the types, and every byte is read as a process starts
    comments: false,
  });
}
mkdirSync(`${dist}/licenses`);
for (const name of BUNDLED)
  copyFileSync(`${root}/node_modules/${name}/LICENSE`, `${dist}/licenses/${name}.txt`);
writeFileSync(`${dist}/cjs/package.json`, '{ "type": "commonjs" }\n');
chmodSync(`${dist}/esm/cli/main.js`, 0o755);
await import('./build-pages.mjs');
