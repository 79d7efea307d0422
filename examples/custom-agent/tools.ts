import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, relative, resolve } from 'node:path';
import type { ToolInfo } from './model.ts';

export interface Tool extends ToolInfo {
  /** @param signal aborted where a person stops the run */
  run(args: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<string>;
}

/** Where the tools may reach. */
export interface Surroundings {
  /** Absolute path of the folder that the agent works in. */
  readonly workspace: string;
  /** The one service that `http_request` may call. */
  readonly board: string;
  ask(question: string, choices: readonly string[]): Promise<string>;
}

const SHELL_TIMEOUT_MS = 20_000;

export function createTools({ workspace, board, ask }: Surroundings): Tool[] {
  const inside = (path: unknown) => pathInside(workspace, path);
  return [
    {
      name: 'list_files',
      description: 'List the files of the project folder, or of a folder in it.',
      parameters: object({ path: 'string' }),
      run: async ({ path = '.' }) =>
        (await readdir(await inside(path), { recursive: true })).sort().join('\n') || 'empty',
    },
    {
      name: 'read_file',
      description: 'Read a text file of the project folder.',
      parameters: object({ path: 'string' }, 'path'),
      run: async ({ path }) => readFile(await inside(path), 'utf8'),
    },
    {
      name: 'write_file',
      description: 'Create or replace a text file of the project folder.',
      parameters: object({ path: 'string', content: 'string' }, 'path', 'content'),
      run: async ({ path, content }) => {
        const target = await inside(path);
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, String(content));
        return 'written';
      },
    },
    {
      name: 'run_shell',
      description: 'Run a command in a shell, in the project folder.',
      parameters: object({ command: 'string' }, 'command'),
      run: ({ command }, signal) => runShell(String(command), workspace, signal),
    },
    {
      name: 'http_request',
      description: `Send an HTTP request to the release board at ${board}.`,
      parameters: object({ method: 'string', url: 'string', body: 'object' }, 'method', 'url'),
      run: async ({ method, url, body }) => {
        const target = new URL(String(url));
        if (target.origin !== board) throw new Error(`http_request reaches ${board} only`);
        const response = await fetch(target, {
          method: String(method),
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        return `${response.status} ${await response.text()}`;
      },
    },
    {
      name: 'ask_user',
      description: 'Ask the person a question when the task leaves something open.',
      parameters: {
        ...object({ question: 'string' }, 'question'),
        properties: {
          question: { type: 'string' },
          choices: { type: 'array', items: { type: 'string' } },
        },
      },
      run: ({ question, choices }) =>
        ask(String(question), Array.isArray(choices) ? choices.map(String) : []),
    },
  ];
}

function object(
  properties: Readonly<Record<string, string>>,
  ...required: string[]
): Record<string, unknown> {
  const types = Object.entries(properties).map(([name, type]) => [name, { type }]);
  return { type: 'object', properties: Object.fromEntries(types), required };
}

/** Resolves a path and refuses what leaves the folder, through `..` or through a link that already exists. */
async function pathInside(folder: string, path: unknown): Promise<string> {
  const target = resolve(folder, String(path));
  const real = await realpath(target).catch(() => target);
  for (const candidate of [target, real]) {
    const way = relative(folder, candidate);
    if (way.startsWith('..') || isAbsolute(way)) throw new Error('the path leaves the project folder');
  }
  return target;
}

/**
 * The shell sees this program's runtime on PATH and nothing else of its environment: no keys, no home folder. Git does not
 * look for a repository above the project folder. What the shell started ends with it.
 */
function runShell(command: string, cwd: string, signal?: AbortSignal): Promise<string> {
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const env = { PATH, HOME: cwd, GIT_CEILING_DIRECTORIES: dirname(cwd) };
    // a process group of its own, which can be ended as a whole
    const child = spawn(command, { cwd, shell: true, detached: true, env });
    const end = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // all of it has ended already
      }
    };
    const timer = setTimeout(end, SHELL_TIMEOUT_MS);
    signal?.addEventListener('abort', end);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += String(chunk)));
    child.once('error', reject);
    child.once('close', code => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      if (signal?.aborted) reject(signal.reason);
      else resolve(`exit code ${code}\n${output.slice(0, 4000)}`);
    });
  });
}
