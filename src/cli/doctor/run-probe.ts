import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../usage.ts';
import { type ProviderSeen, probeOption, REPORT_VARIABLE } from './probe.ts';

/** A program that does not end when asked to is ended. */
const GRACE_MS = 3_000;

/**
 * Runs the application with a probe before it, and takes what its processes saw. Its output goes to standard error. It may run
 * for `waitMs`; then it is asked to end.
 *
 * @throws UsageError where it cannot be started
 */
export async function runProbe(
  command: readonly string[],
  cwd: string,
  waitMs: number,
): Promise<ProviderSeen[]> {
  const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-doctor-'));
  if (process.stderr.isTTY)
    process.stderr.write(`otel-alignment: runs ${command[0]} for at most ${waitMs / 1000} s\n`);
  try {
    await runFor(command, cwd, waitMs, {
      ...process.env,
      NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} ${probeOption()}`.trim(),
      [REPORT_VARIABLE]: folder,
    });
    return readdirSync(folder)
      .filter(name => name.endsWith('.json'))
      .flatMap(name => readReport(join(folder, name)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(file: string): ProviderSeen[] {
  try {
    return [JSON.parse(readFileSync(file, 'utf8')) as ProviderSeen];
  } catch {
    // a process that was ended while it wrote
    return [];
  }
}

function runFor(
  [program = '', ...args]: readonly string[],
  cwd: string,
  waitMs: number,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  // a group of its own, so that what npm starts ends with it
  const detached = process.platform !== 'win32';
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, detached, stdio: ['ignore', 2, 2] });
    const end = (signal: NodeJS.Signals): void => endGroup(child, detached, signal);
    const timers = [
      setTimeout(() => end('SIGTERM'), waitMs),
      setTimeout(() => end('SIGKILL'), waitMs + GRACE_MS),
    ];
    const interrupted = (): void => end('SIGTERM');
    process.once('SIGINT', interrupted);
    const done = (): void => {
      for (const timer of timers) clearTimeout(timer);
      process.off('SIGINT', interrupted);
    };
    child.once('error', error => {
      done();
      reject(new UsageError(`${program}: cannot be started (${(error as NodeJS.ErrnoException).code})`));
    });
    child.once('exit', () => {
      done();
      resolve();
    });
  });
}

function endGroup({ pid }: ChildProcess, group: boolean, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(group ? -pid : pid, signal);
  } catch {
    // gone already
  }
}
