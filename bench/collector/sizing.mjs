// What each lane and component costs: `npm exec -- node bench/collector/sizing.mjs [--rounds N] [--spans N] [--write]`.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findBinary, howToGet } from '../../tools/stack/binaries.ts';
import { measure } from './collector.mjs';
import { ADDITIONS, BACKEND, CONFIGS, STEPS } from './configs.mjs';
import { alternate, machine, median, row, table } from './tables.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    spans: { type: 'string', default: '100000' },
    write: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const spans = Number(values.spans);
const found = findBinary('otelcol');
if (found === undefined) {
  console.error(`otelcol is missing: ${howToGet('otelcol')}`);
  process.exit(1);
}
// nothing in the load is grave enough for a pager
const nobody = 'http://127.0.0.1:9';
const env = {
  ALIGNMENT_HMAC_KEY: 'a key of more than thirty-two bytes, for the bench',
  ALIGNMENT_PAGER_URL: nobody,
};
const built = configs => Object.fromEntries(Object.entries(configs).map(([name, make]) => [name, make()]));
/** Every destination of routing/ is the backend. */
const toBackend = configs => {
  const text = JSON.stringify(configs).replaceAll(/\$\{env:ALIGNMENT_(REVIEW|ARCHIVE)\}/g, () => BACKEND);
  return JSON.parse(text);
};

const steps = await alternate(found.path, built(STEPS), rounds, spans, env);
const additions = await alternate(found.path, toBackend(built(ADDITIONS)), rounds, spans, env);

/** Runs one after the other; the median of what `read` gives. */
async function repeated(config, count, options, read) {
  const results = [];
  for (let i = 0; i < 3; i++)
    results.push(read(await measure(found.path, config, count, { env, ...options })));
  return median(results);
}

// with a long wait all traces of the load wait at the same time
const waiting = {};
for (const count of [50_000, 150_000])
  waiting[count] = await repeated(CONFIGS.full(), count, { decisionSeconds: 25 }, ({ peak }) => peak);
const aSpan = ((waiting[150_000] - waiting[50_000]) * 2 ** 20) / 100_000;

const stored = {};
for (const count of [10_000, 60_000])
  stored[count] = await repeated(CONFIGS.full(), count, { status: 503 }, run => run.stored);
const aSignal = (stored[60_000] - stored[10_000]) / 5_000;

const text = `# What each part costs

Written by \`npm exec -- node bench/collector/sizing.mjs --rounds ${rounds} --spans ${spans} --write\` on ${machine()}, with the load and the backend on the same machine: median of ${rounds} alternating runs of ${spans.toLocaleString('en')} spans. The load is that of [results.md](results.md).

## CPU, part by part

Each row has what the row above has, and a part more.

${table(steps, Object.keys(STEPS)[0])}

## What may be added

${table(additions, 'alignment.yaml')}

An edge delivers over HTTP here, and stores every span on disk; a gateway is fed by the load itself. Nothing in the load is grave enough for the pager, so its part is the filtering.

## Memory and disk

${[
  row(['', '']),
  row(['---', '---']),
  row(["memory of a span that waits for the sampler's decision", `${(aSpan / 1024).toFixed(1)} KiB`]),
  row(['peak with 10,000 traces of 5 spans waiting', `${Math.round(waiting[50_000])} MiB`]),
  row(['peak with 30,000 traces of 5 spans waiting', `${Math.round(waiting[150_000])} MiB`]),
  row(['disk of a span with one signal that waits for the backend', `${Math.round(aSignal)} bytes`]),
].join('\n')}
`;
process.stdout.write(text);
if (values.write) writeFileSync(new URL('sizing.md', import.meta.url), text);
