import { type ChildProcess, spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/** The keys and the screen of a program that wants a terminal. */
export interface Terminal {
  readonly type: (keys: string) => void;
  /** Presses a key until these words are drawn: one that comes too early is lost. Only where once more does no harm. */
  readonly press: (key: string, words: string) => Promise<void>;
  /** Resolves when these words are drawn, after those that were waited for last. How they are spaced does not count. */
  readonly shown: (words: string) => Promise<void>;
  /** Passes over what is drawn already. */
  readonly skip: () => void;
  /** Presses Ctrl-C and waits for its end. */
  readonly end: () => Promise<number | null>;
  /** The last that was drawn, for the message of a test that fails. */
  readonly seen: () => string;
  readonly child: ChildProcess;
}

export const ESCAPE = '\u001b';
export const ENTER = '\r';
export const SHIFT_TAB = '\u001b[Z';
const CTRL_C = '\u0003';

const PATIENCE_MS = 30_000;
const LOST_MS = 3_000;

const bare = (text: string): string => stripVTControlCharacters(text).replace(/\s/g, '');

/** Starts a program at a terminal of its own: `script` of util-linux makes it. */
export function startTerminal(words: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Terminal {
  const command = ['stty cols 120 rows 40; exec', ...words.map(quoted)].join(' ');
  const child = spawn('script', ['-qfec', command, '/dev/null'], {
    cwd,
    env: { ...env, TERM: 'xterm-256color' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {});
  let drawn = '';
  let from = 0;
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    drawn += chunk;
    for (const check of [...waiting]) check();
  });
  const ended = new Promise<number | null>(done => child.once('close', done));
  const seen = (): string => bare(drawn).slice(-2_000);
  const type = (keys: string): void => void child.stdin.write(keys);
  const shown = (words: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        const at = bare(drawn).indexOf(bare(words), from);
        if (at < 0) return;
        from = at + bare(words).length;
        clearTimeout(late);
        waiting.delete(check);
        resolve();
      };
      const late = setTimeout(() => {
        waiting.delete(check);
        reject(new Error(`"${words}": not shown; last: ${seen()}`));
      }, PATIENCE_MS);
      waiting.add(check);
      check();
    });
  return {
    child,
    seen,
    type,
    shown,
    skip() {
      from = bare(drawn).length;
    },
    async press(key, words) {
      type(key);
      const again = setInterval(() => type(key), LOST_MS);
      await shown(words).finally(() => clearInterval(again));
    },
    async end() {
      child.stdin.write(CTRL_C);
      const late = setTimeout(() => child.kill('SIGTERM'), 15_000);
      const status = await ended;
      clearTimeout(late);
      return status;
    },
  };
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
