// What our configuration costs the Collector: `npm exec -- node bench/collector/run.mjs [--pairs N] [--spans N] [--memory SPANS] [--write]`.
// Every figure comes of alternating runs, because a shared machine gets faster and slower by itself.
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { findBinary, howToGet } from '../../tools/stack/binaries.ts';
import { measure } from './collector.mjs';
import { CONFIGS } from './configs.mjs';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '9' },
    spans: { type: 'string', default: '150000' },
    memory: { type: 'string', default: '0' },
    write: { type: 'boolean', default: false },
  },
});
const pairs = Number(values.pairs);
const spans = Number(values.spans);
const memorySpans = Number(values.memory);
const found = findBinary('otelcol');
if (found === undefined) {
  console.error(`otelcol is missing: ${howToGet('otelcol')}`);
  process.exit(1);
}
const env = { ALIGNMENT_HMAC_KEY: 'a key of more than thirty-two bytes, for the bench' };
const median = numbers => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const range = numbers => `${Math.min(...numbers).toFixed(2)}–${Math.max(...numbers).toFixed(2)}`;

/** Runs the configurations in turn, `rounds` times, the order turned round each time. */
async function alternate(names, rounds) {
  const results = Object.fromEntries(names.map(name => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const result = await measure(found.path, CONFIGS[name](), spans, { env });
      results[name].push(result);
      process.stderr.write(`${round + 1}/${rounds} ${name}: ${result.microseconds.toFixed(1)} µs a span\n`);
    }
  }
  return results;
}

const row = cells => `| ${cells.join(' | ')} |`;

/** A table of the configurations; the ratio is taken pair by pair, and is that of the spans per second and core. */
function table(results, base) {
  const lines = [
    row([
      'configuration',
      'µs CPU a span',
      'least–greatest',
      'spans/s a core',
      `of \`${base}\``,
      'least–greatest',
      'peak MiB',
    ]),
    row(Array(7).fill('---')),
  ];
  for (const [name, runs] of Object.entries(results)) {
    const micros = runs.map(run => run.microseconds);
    const ratios = runs.map((run, i) => results[base][i].microseconds / run.microseconds);
    lines.push(
      row([
        name,
        median(micros).toFixed(1),
        range(micros),
        Math.round(1e6 / median(micros)),
        `${(median(ratios) * 100).toFixed(0)} %`,
        range(ratios),
        Math.round(median(runs.map(run => run.peak))),
      ]),
    );
  }
  return lines.join('\n');
}

const sections = [];
const bar = await alternate(['bare', 'full'], pairs);
const ratio = median(bar.full.map((run, i) => bar.bare[i].microseconds / run.microseconds));
sections.push(
  `## The whole configuration\n\nBar: full ≥ 70 % of bare. **${(ratio * 100).toFixed(0)} %** as the median of ${pairs} alternating pairs: ${ratio >= 0.7 ? 'met' : 'missed'}.\n\n${table(bar, 'bare')}`,
);
const lanes = await alternate(['full', 'memory queue', 'unsplit'], Math.min(5, pairs));
const durable = median(lanes.full.map((run, i) => run.microseconds - lanes['memory queue'][i].microseconds));
sections.push(
  `## The durable lane, and bare without the filters of the lanes\n\nThe disk queue with fsync costs ${durable.toFixed(1)} µs of CPU a span, where one span in ten takes it.\n\n${table(lanes, 'full')}`,
);
sections.push(
  `## Overlays\n\n${table(await alternate(['full', 'pseudonyms', 'strict'], Math.min(5, pairs)), 'full')}`,
);

if (memorySpans > 0) {
  const { memory, wall, refused } = await measure(found.path, CONFIGS.full(), memorySpans, { env });
  const quarters = [0, 1, 2, 3].map(i =>
    median(
      memory.slice(
        Math.floor((i * memory.length) / 4),
        Math.max(1, Math.floor(((i + 1) * memory.length) / 4)),
      ),
    ),
  );
  sections.push(
    `## Memory\n\n${memorySpans.toLocaleString('en')} spans in ${Math.round(wall)} s (${(memorySpans / 1_000 / 3_600).toFixed(1)} hours of 1,000 spans a second), ${refused} requests refused and repeated. Resident memory, median of each quarter of the run: ${quarters.map(value => `${Math.round(value)} MiB`).join(', ')}.`,
  );
}

const text = `# What the configuration costs the Collector

Written by \`bench/collector/run.mjs\` on ${cpus().length} × ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB, with the load and the backend on the same machine. CPU time of the Collector's process from /proc, from the first span to the last delivery; ${spans.toLocaleString('en')} spans a run.

Load: OTLP/HTTP protobuf, 500 spans a request, 5 a trace, 8 attributes each, one span in ten with one signal as the processor writes it, decision after 2 s, 10 % of the rest kept.
\`bare\`: the same receivers, exporters, queues and sampling, none of our processors and connectors but the two filters that split the lanes. \`unsplit\`: without these as well; it then stores every span on disk and delivers it twice, so the filters make \`bare\` the harder peer.

${sections.join('\n\n')}
`;
process.stdout.write(text);
if (values.write) writeFileSync(new URL('results.md', import.meta.url), text);
