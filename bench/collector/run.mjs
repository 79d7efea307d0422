// What our configuration costs the Collector: `npm exec -- node bench/collector/run.mjs [--pairs N] [--spans N] [--memory SPANS] [--write]`.
// Every figure comes of alternating runs, because a shared machine gets faster and slower by itself.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findBinary, howToGet } from '../../tools/stack/binaries.ts';
import { measure } from './collector.mjs';
import { CONFIGS } from './configs.mjs';
import { alternate as alternateRuns, machine, median, table } from './tables.mjs';

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
const alternate = (names, rounds) =>
  alternateRuns(
    found.path,
    Object.fromEntries(names.map(name => [name, CONFIGS[name]()])),
    rounds,
    spans,
    env,
  );

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

Written by \`bench/collector/run.mjs\` on ${machine()}, with the load and the backend on the same machine. CPU time of the Collector's process from /proc, from the first span to the last delivery; ${spans.toLocaleString('en')} spans a run.

Load: OTLP/HTTP protobuf, 500 spans a request, 5 a trace, 8 attributes each, one span in ten with one signal as the processor writes it, decision after 2 s, 10 % of the rest kept.
\`bare\`: the same receivers, exporters, queues and sampling, none of our processors and connectors but the two filters that split the lanes. \`unsplit\`: without these as well; it then stores every span on disk and delivers it twice, so the filters make \`bare\` the harder peer.

${sections.join('\n\n')}
`;
process.stdout.write(text);
if (values.write) writeFileSync(new URL('results.md', import.meta.url), text);
