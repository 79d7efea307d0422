import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type BinaryName, builtPath, collectorConfig, type Recipe, SOURCES } from './binaries.ts';

/** A build that failed, with what a person can do about it. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
}

interface RunOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a command and gives its standard output. Throws with the end of its error output. */
function run(command: string, args: readonly string[], { cwd, env = {} }: RunOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', chunk => {
      out += String(chunk);
    });
    child.stderr.on('data', chunk => {
      err = (err + String(chunk)).slice(-8_000);
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(out);
      else
        reject(
          new BuildError(`${command} ${args.join(' ')} failed (${signal ?? `exit ${code}`}):\n${err.trim()}`),
        );
    });
  });
}

/** Throws with the way out where Go, or a C compiler for those who need one, is missing. */
export async function checkTools(name: BinaryName): Promise<void> {
  const { recipe, variable, onPath } = SOURCES[name];
  const otherwise = `or point at a ${onPath[0]} that you have: ${variable}=/path/to/${onPath[0]}`;
  const has = (command: string, args: string[]): Promise<boolean> =>
    run(command, args, { cwd: tmpdir() }).then(
      () => true,
      () => false,
    );
  if (!(await has('go', ['version']))) {
    throw new BuildError(
      `${name} is built with Go, and there is no go on PATH. Install Go 1.26 (https://go.dev/dl/), ${otherwise}`,
    );
  }
  if (recipe?.cgo && !(await has(process.env['CC'] || 'gcc', ['--version']))) {
    throw new BuildError(
      `${name} needs a C compiler, and there is no gcc on PATH. Install gcc, ${otherwise}`,
    );
  }
}

/**
 * Builds a program into the cache. The program appears there whole or not at all. Modules come from where the environment's
 * own Go settings say.
 *
 * @returns the program's path
 */
export async function build(name: BinaryName): Promise<string> {
  const { recipe } = SOURCES[name];
  const target = builtPath(name);
  if (recipe === undefined || target === undefined) throw new BuildError(`${name} cannot be built here`);
  await checkTools(name);
  const bin = dirname(dirname(target));
  mkdirSync(bin, { recursive: true });
  // beside the target, because a rename across file systems is a copy
  const work = mkdtempSync(join(bin, '.build-'));
  try {
    const built = join(work, 'out', name);
    mkdirSync(dirname(built));
    if (recipe.kind === 'builder') await buildCollector(recipe, work, built);
    else await buildModule(recipe, work, built);
    rmSync(dirname(target), { recursive: true, force: true });
    renameSync(dirname(built), dirname(target));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return target;
}

async function buildCollector(recipe: Recipe, work: string, built: string): Promise<void> {
  const tools = join(work, 'tools');
  await run('go', ['install', `${recipe.module}@${recipe.version}`], { cwd: work, env: { GOBIN: tools } });
  const manifest = readFileSync(join(collectorConfig, recipe.manifest ?? 'builder.yaml'), 'utf8').replace(
    /^( *output_path:).*$/m,
    '$1 ./collector',
  );
  writeFileSync(join(work, 'builder.yaml'), manifest);
  await run(join(tools, 'builder'), ['--config=builder.yaml'], { cwd: work });
  const name = /^ *name: *(\S+)/m.exec(manifest)?.[1] ?? '';
  renameSync(join(work, 'collector', name), built);
}

/** In the module's own folder, so that its own `replace` lines and checksums count. `go install` refuses both modules. */
async function buildModule(recipe: Recipe, work: string, built: string): Promise<void> {
  const answer = await run('go', ['mod', 'download', '-json', `${recipe.module}@${recipe.version}`], {
    cwd: work,
  });
  const { Dir } = JSON.parse(answer) as { Dir: string };
  await run('go', ['build', '-o', built, ...recipe.build], { cwd: Dir });
}
