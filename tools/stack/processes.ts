import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A program that was started here and is stopped here. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  /** The last 64 KiB of what it wrote to both outputs. */
  readonly output: () => string;
  readonly running: () => boolean;
  readonly exited: Promise<void>;
  /** Sends the signal and waits for the end; after `graceMs` sends SIGKILL. */
  readonly stop: (signal?: NodeJS.Signals, graceMs?: number) => Promise<void>;
}

const OUTPUT_LIMIT = 64 * 1024;

/**
 * Starts a program in a process group of its own, so that Ctrl-C in the terminal reaches us alone and we stop the
 * programs in the right order.
 */
export function startChild(
  name: string,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Child {
  const child: ChildProcess = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-OUTPUT_LIMIT);
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const killOnExit = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', killOnExit);
  const exited = new Promise<void>(done => {
    child.once('error', error => {
      output += String(error);
      done();
    });
    child.once('close', () => done());
  }).then(() => {
    process.off('exit', killOnExit);
  });
  const running = (): boolean =>
    child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  return {
    name,
    pid: child.pid ?? 0,
    output: () => output,
    running,
    exited,
    async stop(signal = 'SIGTERM', graceMs = 15_000) {
      if (running()) {
        child.kill(signal);
        const late = setTimeout(() => child.kill('SIGKILL'), graceMs);
        await exited;
        clearTimeout(late);
      }
      await exited;
    },
  };
}

/** Free ports of the loopback interface, all different. Another process may take one before it is used. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer();
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map(server => (server.address() as { port: number }).port);
  await Promise.all(servers.map(server => new Promise(done => server.close(done))));
  return ports;
}

/** Whether a port of the loopback interface can be listened on. */
export function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Polls until `probe` gives a value. An error of the probe counts as not yet. Throws after `deadlineMs`. */
export async function waitFor<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  deadlineMs = 30_000,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await probe();
      if (value !== undefined && value !== false) return value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      throw new Error(`${what}: not there after ${deadlineMs / 1000} s${last ? ` (${String(last)})` : ''}`);
    }
    await delay(50);
  }
}

/** Waits until the address answers 2xx while the program is running. Throws with the program's output when it ends. */
export async function ready(child: Child, url: string, deadlineMs = 60_000): Promise<void> {
  const state = await waitFor(
    `${child.name} at ${url}\n${child.output()}`,
    async () => {
      if (!child.running()) return 'ended' as const;
      return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok && ('ready' as const);
    },
    deadlineMs,
  );
  // the answer may have come from another program that holds the port
  if (state === 'ended' || !child.running())
    throw new Error(`${child.name} ended:\n${child.output().slice(-4_000)}`);
}

/** Starts again on other ports when somebody took one in between. */
export async function retryOnPortConflict<T>(start: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start();
    } catch (error) {
      if (attempt === 3 || !String(error).includes('address already in use')) throw error;
    }
  }
}
