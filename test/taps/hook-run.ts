import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const main: string = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface HookRun {
  readonly env: Record<string, string | undefined>;
  readonly agent?: string;
  readonly more?: readonly string[];
  readonly args?: readonly string[];
  readonly cwd?: string;
  /** Runs it as this user. */
  readonly uid?: number | undefined;
}

/** Only what is named, so that nothing of the tests' own surroundings decides. */
const clean = (env: Record<string, string | undefined>): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  ...env,
});

export function startHook({ env, agent = 'claude-code', more = [], args, cwd, uid }: HookRun): ChildProcess {
  return spawn(process.execPath, [main, 'hook', ...(args ?? ['--agent', agent, ...more])], {
    env: clean(env),
    cwd,
    uid,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Runs the hook once, as an agent would. */
export function runHook(input: string | Buffer, options: HookRun): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = startHook(options);
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', chunk => {
      stdout += chunk;
    });
    child.stderr?.on('data', chunk => {
      stderr += chunk;
    });
    child.once('error', reject);
    child.once('close', status => resolve({ status, stdout, stderr }));
    // a child that does not read would break the pipe
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

export const SILENT: Ended = { status: 0, stdout: '', stderr: '' };
