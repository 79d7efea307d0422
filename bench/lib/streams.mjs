import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ordinaryCalls } from './calls.mjs';

/** @typedef {{ tool: string, args: Record<string, unknown>, session: string }} Step */

const WARM_UP = 6000;
const MEASURED = 1000;
/** Calls of one session in the built-in stream. */
const STEPS = 20;

const steps = calls => calls.map((call, i) => ({ ...call, session: `session-${Math.floor(i / STEPS)}` }));

/** Calls that bring the code to speed; none of them is among those measured. @returns {Step[]} */
export const warmUp = () => steps(ordinaryCalls(WARM_UP + MEASURED).slice(MEASURED));

/**
 * @param {string} source `built-in`, or a file with a call as JSON on each line
 * @returns {Step[]} distinct calls, each measured once
 */
export function measured(source) {
  if (source === 'built-in') return steps(ordinaryCalls(MEASURED));
  const seen = new Set();
  const found = [];
  for (const line of readFileSync(source, 'utf8').split('\n')) {
    if (line === '') continue;
    const { tool, args, trajectory, source: origin } = JSON.parse(line);
    const text = JSON.stringify([tool, args]);
    if (seen.has(text)) continue;
    seen.add(text);
    found.push({ tool, args, session: `${origin}/${trajectory}` });
  }
  return found;
}

/** The file of recorded calls, where the variable names a folder that holds it. */
export function recorded() {
  const folder = process.env['ALIGNMENT_DATA'];
  const file = join(folder ?? '', 'assessment/benign-toolcalls.jsonl');
  return folder !== undefined && folder !== '' && existsSync(file) ? file : undefined;
}

export const SOURCES = () => {
  const file = recorded();
  return [
    { source: 'built-in', label: 'built-in ordinary calls' },
    ...(file === undefined ? [] : [{ source: file, label: 'recorded benign calls' }]),
  ];
};

export const SKIPPED =
  'Recorded calls: skipped, `ALIGNMENT_DATA` names no folder with `assessment/benign-toolcalls.jsonl`.';
