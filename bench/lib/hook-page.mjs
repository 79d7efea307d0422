import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { AGENT_PACKAGES } from '../../tools/agents/agents.ts';
import { machine, toMarkdown } from './report.mjs';

const file = new URL('../hook-results.md', import.meta.url);
const HEAD =
  '# What the hook costs\n\nEach part is written by the script that it names. Figures of a machine with a higher load than cores are worth little.\n';

/** When, where and of what a part of the page was measured. Taken before the measuring adds its own load. @param {string} command */
export const circumstances = command => {
  const versions = Object.entries(AGENT_PACKAGES).map(([name, { version }]) => `${name} ${version}`);
  return `\`${command}\`, ${new Date().toISOString().slice(0, 10)}, ${machine()} (${process.version}), load ${loadavg()[0].toFixed(1)} before it. ${versions.join(', ')}.`;
};

/**
 * Writes one part of bench/hook-results.md and leaves the other as it is.
 *
 * @param {string} part its heading
 * @param {string} intro
 * @param {import('./report.mjs').Section[]} sections
 */
export function writePart(part, intro, sections) {
  const parts = new Map(readParts());
  parts.set(
    part,
    `## ${part}\n\n${intro}\n\n${sections.map(section => `#${toMarkdown(section)}`).join('\n')}`,
  );
  const inOrder = [...parts].sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(file, [HEAD, ...inOrder.map(([, text]) => `${text.trimEnd()}\n`)].join('\n'));
}

/** @returns {[string, string][]} */
function readParts() {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {}
  return text
    .split(/^(?=## )/m)
    .filter(part => part.startsWith('## '))
    .map(part => [part.slice(3, part.indexOf('\n')), part]);
}
