import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const fileOf = script => fileURLToPath(new URL(`../${script}`, import.meta.url));
const ENV = { ...process.env, NODE_OPTIONS: '' };

/**
 * Runs a script of this folder in a fresh process and returns the last line that it prints, read as JSON. What it
 * says on standard error is passed on.
 *
 * @param {string} script for example `overhead-child.mjs`
 * @param {readonly string[]} args
 * @param {readonly string[]} flags of Node itself
 */
export async function measure(script, args = [], flags = []) {
  const child = spawn(process.execPath, [...flags, fileOf(script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: ENV,
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', text => {
    printed += text;
  });
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`${script} ${args.join(' ')} ended with code ${code}`);
  return JSON.parse(printed.trimEnd().split('\n').at(-1));
}

/**
 * Starts a script of this folder in a process of its own that answers messages.
 *
 * @param {string} script for example `overhead-child.mjs`
 * @param {readonly string[]} args
 */
export function answering(script, args) {
  const child = fork(fileOf(script), args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: ENV });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${script} ${args.join(' ')} ended with code ${code}`);
  });
  ended.catch(() => {});
  return {
    /** @returns the answer to a message, one at a time */
    ask: async message => {
      child.send(message);
      const [answer] = await Promise.race([once(child, 'message'), ended]);
      return answer;
    },
    /** @returns when it has gone, so that the next does not start beside it */
    stop: async () => {
      child.kill();
      await ended.catch(() => {});
    },
  };
}
