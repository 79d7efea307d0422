import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

// biome-ignore lint/suspicious/noExplicitAny: messages of three protocols as they come
export type Message = any;

/** The client's side of a program that speaks JSON lines. */
export interface Wire {
  readonly send: (message: object) => void;
  /** Sends a request and resolves with the result of its answer. */
  readonly ask: (method: string, params: object) => Promise<Message>;
  /** Resolves with the first message, from now on or earlier, for which the test holds; each is given once. */
  readonly next: (what: string, test: (message: Message) => boolean) => Promise<Message>;
  /** Closes its input and waits for its end. */
  readonly end: () => Promise<number | null>;
  /** What was said and nobody asked for, for the message of a test that fails. */
  readonly seen: () => string;
  readonly child: ChildProcess;
}

const PATIENCE_MS = 60_000;

export function startWire(words: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Wire {
  const [program = '', ...args] = words;
  const child = spawn(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
  const seen: Message[] = [];
  const waiting = new Set<() => void>();
  let errors = '';
  child.stderr.on('data', chunk => {
    errors = (errors + chunk).slice(-4_000);
  });
  child.stdin.on('error', () => {});
  createInterface({ input: child.stdout }).on('line', text => {
    try {
      seen.push(JSON.parse(text));
    } catch {
      return;
    }
    for (const check of [...waiting]) check();
  });
  const ended = new Promise<number | null>(done => child.once('close', done));
  let id = 0;
  const send = (message: object): void => void child.stdin.write(`${JSON.stringify(message)}\n`);
  const next: Wire['next'] = (what, test) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        waiting.delete(check);
        const kinds = seen.map(({ method, type, id: n }) => method ?? type ?? `answer ${n}`);
        reject(new Error(`${what}: not seen; left: ${kinds.join(', ')}\n${errors}`));
      }, PATIENCE_MS);
      const check = (): void => {
        const at = seen.findIndex(test);
        if (at < 0) return;
        clearTimeout(late);
        waiting.delete(check);
        resolve(seen.splice(at, 1)[0]);
      };
      waiting.add(check);
      check();
    });
  return {
    child,
    send,
    next,
    async ask(method, params) {
      const own = ++id;
      send({ jsonrpc: '2.0', id: own, method, params });
      const answer = await next(`the answer to ${method}`, m => m.id === own && m.method === undefined);
      if (answer.error !== undefined) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
      return answer.result;
    },
    seen: () => `${seen.map(message => JSON.stringify(message).slice(0, 300)).join('\n')}\n${errors}`,
    async end() {
      child.stdin.end();
      const late = setTimeout(() => child.kill('SIGTERM'), 15_000);
      const status = await ended;
      clearTimeout(late);
      return status;
    },
  };
}
