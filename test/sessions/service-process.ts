import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN: string = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export interface ServiceProcess {
  readonly url: string;
  readonly child: ChildProcess;
  readonly stderr: () => string;
  /** Ends it with SIGTERM; gives the exit code. */
  readonly end: () => Promise<number | null>;
}

/** Starts a service of `otel-alignment sessions` from its sources on any free port. */
export async function startService(
  command: 'evaluator' | 'layer',
  args: readonly string[],
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [MAIN, 'sessions', command, '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', part => {
    stderr += part;
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([text]) => String(text)),
    exited.then(([code]) => {
      throw new Error(`the ${command} ended with ${code}: ${stderr}`);
    }),
  ]);
  return {
    url: line.replace('listening on ', ''),
    child,
    stderr: () => stderr,
    end: async () => {
      child.kill('SIGTERM');
      return (await exited)[0];
    },
  };
}
