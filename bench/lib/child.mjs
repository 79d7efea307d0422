import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Runs a script of this folder in a fresh process and returns the last line that it prints, read as JSON. What it
 * says on standard error is passed on.
 *
 * @param {string} script for example `overhead-child.mjs`
 * @param {readonly string[]} args
 * @param {readonly string[]} flags of Node itself
 */
export async function measure(script, args = [], flags = []) {
  const file = fileURLToPath(new URL(`../${script}`, import.meta.url));
  const child = spawn(process.execPath, [...flags, file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', text => {
    printed += text;
  });
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`${script} ${args.join(' ')} ended with code ${code}`);
  return JSON.parse(printed.trimEnd().split('\n').at(-1));
}
