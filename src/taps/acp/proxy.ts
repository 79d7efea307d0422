import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { Signal } from '../../signals/signal.ts';
import { now } from '../../signals/time.ts';
import { WATCHED } from '../hook/agents.ts';
import { deliver } from '../hook/deliver.ts';
import { openFolder } from '../hook/folder.ts';
import { readTraceparent, toSignal } from '../hook/signal.ts';
import { watchAcp } from './acp-watcher.ts';
import { watchCodex } from './codex-watcher.ts';
import { lineReader } from './lines.ts';
import { parseMessage, type RpcMessage } from './rpc.ts';
import { OWN_FACTS, type Sighting, type Watcher } from './watcher.ts';

export type Protocol = 'acp' | 'codex';

export interface ProxyOptions {
  readonly protocol: Protocol;
  /** The agent's name, where it is known: what its own telemetry shows is then left to it. Also its service name. */
  readonly agent?: string;
  /** Everything that the protocol shows, whatever telemetry shows as well. */
  readonly all: boolean;
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

const WATCHERS: Readonly<Record<Protocol, () => Watcher>> = { acp: watchAcp, codex: watchCodex };

/** Signals to send at a time; later ones wait for the next. */
const FLUSH_MS = 200;

/**
 * Starts the agent and passes every byte between it and whoever started this process, both ways, unchanged. What goes by is read, and
 * signals are sent aside; nothing waits for them.
 *
 * @returns the agent's exit code; 128 and the signal's number where a signal ended it; 127 where it cannot be started
 */
export async function runProxy(options: ProxyOptions): Promise<number> {
  const { command, env } = options;
  const [program = '', ...args] = command;
  const agent = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...env, [WATCHED]: options.protocol },
  });
  const outbox = new Outbox(options);
  const watcher = WATCHERS[options.protocol]();
  pass(
    process.stdin,
    agent.stdin,
    reader(line => outbox.add(watcher.fromClient(line))),
  );
  pass(
    agent.stdout,
    process.stdout,
    reader(line => outbox.add(watcher.fromAgent(line))),
  );
  const forward = (signal: NodeJS.Signals): void => {
    if (signal === 'SIGINT') outbox.add(watcher.interrupted?.() ?? []);
    agent.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, forward);
  const code = await new Promise<number>(done => {
    agent.once('error', error => {
      process.stderr.write(`otel-alignment acp: ${program}: ${(error as NodeJS.ErrnoException).code}\n`);
      done(127);
    });
    agent.once('close', (status, signal) => done(status ?? 128 + (SIGNALS[signal ?? ''] ?? 0)));
  });
  for (const signal of signals) process.off(signal, forward);
  await outbox.close();
  return code;
}

const SIGNALS: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/** Bytes first, then a look at them; a reader that fails harms nothing. */
function pass(from: Readable, to: Writable, look: (chunk: Buffer) => void): void {
  from.on('data', (chunk: Buffer) => {
    if (!to.write(chunk)) {
      from.pause();
      to.once('drain', () => from.resume());
    }
    try {
      look(chunk);
    } catch {
      // what cannot be read is passed on all the same
    }
  });
  from.on('end', () => {
    if (to !== process.stdout) to.end();
  });
  // the other side went away: its end is noticed by the agent or by its client
  to.on('error', () => from.resume());
  from.on('error', () => {});
}

const reader = (see: (message: RpcMessage) => void): ((chunk: Buffer) => void) =>
  lineReader(line => {
    const message = parseMessage(line);
    if (message !== undefined) see(message);
  });

/** Signals on their way out, one request at a time. */
class Outbox {
  readonly #options: ProxyOptions;
  readonly #folder: ReturnType<typeof openFolder>;
  #waiting: Signal[] = [];
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> = Promise.resolve();

  constructor(options: ProxyOptions) {
    this.#options = options;
    this.#folder = openFolder(options.env);
  }

  add(sightings: readonly Sighting[]): void {
    const { agent, all, env, protocol } = this.#options;
    const own = agent === undefined || all ? undefined : OWN_FACTS[agent];
    for (const { fact, session, method, finding } of sightings) {
      if (own !== undefined && !own.includes(fact)) continue;
      const occasion = { session, time: now(), source: `${agent ?? protocol}.${method}` };
      const signal = toSignal(finding, occasion, readTraceparent(env['TRACEPARENT']));
      if (signal !== undefined) this.#waiting.push(signal);
    }
    if (this.#waiting.length > 0) this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const signals = this.#waiting;
    this.#waiting = [];
    if (signals.length === 0) return;
    const { agent, protocol, env } = this.#options;
    this.#sending = this.#sending.then(() => deliver(signals, agent ?? protocol, env, this.#folder));
  }

  close(): Promise<void> {
    this.#flush();
    return this.#sending;
  }
}
