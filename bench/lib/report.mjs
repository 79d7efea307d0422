import { realpathSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

/** @typedef {{ title: string, notes?: string[], head: string[], rows: string[][] }} Section */

/** The machine in general terms: a figure is worth little without it. */
export const machine = () =>
  `${cpus().length} cores, ${process.platform} ${process.arch}, Node ${process.versions.node.split('.')[0]}`;

/** Whether a figure keeps to its bar, and by how much it misses. @param {number} value @param {number} bar */
export const verdict = (value, bar) =>
  value <= bar ? 'met' : `missed by ${Math.round((value / bar - 1) * 100)} %`;

/** @param {number} value */
export const ratio = value => `${value.toFixed(2)} ×`;

/** Figures of three digits. @param {number} value @param {string} unit */
export const figure = (value, unit) =>
  `${Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3))} ${unit}`;

/** A line of progress, on standard error so that standard output holds results only. @param {string} text */
export const progress = text => process.stderr.write(`${text}\n`);

/** @param {Section} section */
export function toMarkdown({ title, notes = [], head, rows }) {
  const line = cells => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    `## ${title}`,
    '',
    line(head),
    line(head.map(() => '---')),
    ...rows.map(line),
    '',
    ...notes.flatMap(note => [note, '']),
  ].join('\n');
}

/**
 * Prints a script's sections when it was started by itself.
 *
 * @param {string} url its `import.meta.url`
 * @param {(options: { full: boolean }) => Promise<Section[]>} sections
 */
export async function printAlone(url, sections) {
  const started = process.argv[1];
  if (started === undefined || realpathSync(started) !== fileURLToPath(url)) return;
  const made = await sections({ full: process.argv.includes('--full') });
  process.stdout.write(`${made.map(toMarkdown).join('\n')}\n`);
}
