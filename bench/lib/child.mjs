import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Runs a script of this folder in a fresh process and returns the last line that it prints, read as JSON.
 *
 * @param {string} script for example `overhead-child.mjs`
 * @param {readonly string[]} args
 * @param {readonly string[]} flags of Node itself
 */
export async function measure(script, args = [], flags = []) {
  const file = fileURLToPath(new URL(`../${script}`, import.meta.url));
  const { stdout } = await run(process.execPath, [...flags, file, ...args], {
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1));
}
