// Runs every benchmark and writes results.md: `npm run bench`, `npm run bench -- --full`, `npm run bench -- assess`.
import { writeFileSync } from 'node:fs';
import { machine, progress, toMarkdown } from './lib/report.mjs';

const NAMES = [
  'overhead',
  'stream',
  'assess',
  'startup',
  'memory',
  'report',
  'calibration',
  'sessions-voprf',
  'sessions-prio3',
  'sessions-stitch',
  'analysis',
];

const given = process.argv.slice(2);
const full = given.includes('--full');
const chosen = given.filter(name => !name.startsWith('--'));
const unknown = chosen.filter(name => !NAMES.includes(name));
if (unknown.length > 0) {
  progress(`There is no benchmark ${unknown.join(', ')}; there are ${NAMES.join(', ')}.`);
  process.exit(2);
}

const begin = performance.now();
const made = [];
for (const name of chosen.length === 0 ? NAMES : chosen) {
  const { sections } = await import(`./${name}.mjs`);
  made.push(...(await sections({ full })).map(toMarkdown));
}
const text = `${made.join('\n')}`;
process.stdout.write(`${text}\n`);
if (chosen.length === 0) {
  writeFileSync(
    new URL('results.md', import.meta.url),
    `# What the package costs

Written by \`npm run bench${full ? ' -- --full' : ''}\` on ${machine()}. Times are of that machine; ratios travel better.
A bar that is missed is marked; none fails the run.

${text}`,
  );
}
progress(`bench: ${Math.round((performance.now() - begin) / 1000)} s`);
