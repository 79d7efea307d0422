// What one call of `otel-alignment hook` costs over the same Node starting with an empty file: median and 95th percentile for each event
// that `hook install` installs, for each agent, and milliseconds for a tool call (the event before it and the one after it); and for how
// long the agent waits for the command that `hook install` writes, over `sh` doing nothing. Needs a build.
//   npm exec -- node bench/hook.mjs [--runs N] [--cli FILE] [--write] [agent…]
// Default: 40 runs, all four agents. `--write` writes bench/hook-results.md.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { HOOK_AGENT_NAMES } from '../src/taps/hook/agents.ts';
import { asideOf } from '../src/taps/hook/install/settings.ts';
import { graveEvent, installedEvents } from './lib/hook-events.mjs';
import { circumstances, writePart } from './lib/hook-page.mjs';
import { progress, toMarkdown, verdict } from './lib/report.mjs';
import { median, quantile } from './lib/stats.mjs';

const BAR_MS = 60;
const WARM_UP = 3;

const { values, positionals } = parseArgs({
  options: {
    runs: { type: 'string', default: '40' },
    cli: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const runs = Number(values.runs);
const cli = values.cli ?? fileURLToPath(new URL('../dist/esm/cli/main.js', import.meta.url));
const agents = positionals.length > 0 ? positionals : HOOK_AGENT_NAMES;
const measured = circumstances(`npm exec -- node bench/hook.mjs --runs ${runs}`);

const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-bench-hook-'));
const empty = join(folder, 'empty.mjs');
writeFileSync(empty, '');
mkdirSync(join(folder, 'state', 'running'), { recursive: true });

// the sink answers from a thread of its own, or it would wait for this one, which waits for the hook
const sink = new Worker(
  `const { createServer } = require('node:http');
   const { parentPort } = require('node:worker_threads');
   const server = createServer((q, s) => { q.resume(); q.on('end', () => s.end('{}')); });
   server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`,
  { eval: true },
);
const port = await new Promise(done => sink.once('message', done));

const env = {
  PATH: process.env.PATH,
  ALIGNMENT_HOOK_DIR: join(folder, 'state'),
  OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
};

function time(command, args, input) {
  const start = process.hrtime.bigint();
  const { status, stdout } = spawnSync(command, args, { input, env });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0 || stdout.length > 0)
    throw new Error(`${args.join(' ')}: exit ${status}, output ${stdout}`);
  return ms;
}
const node = (args, input) => time(process.execPath, args, input);

/** Milliseconds of each run, by row of the table. @param {string} agent */
function measure(agent) {
  const events = installedEvents(agent);
  const grave = graveEvent(agent);
  const hook = [cli, 'hook', '--agent', agent];
  // as an agent starts the command of an event: it goes on when the shell ends
  const installed = asideOf(`'${process.execPath}' '${cli}' hook --agent ${agent}`);
  const before = events.find(({ kind }) => kind === 'tool_before');
  const taken = { empty: [], grave: [], shell: [], waited: [], events: events.map(() => []) };
  for (let run = -WARM_UP; run < runs; run++) {
    const keep = (list, ms) => void (run >= 0 && list.push(ms));
    const session = `${agent}-${run}`;
    // in turns, so that whatever else the machine does meets all of them
    for (const [index, { input }] of events.entries()) {
      keep(taken.empty, node([empty], ''));
      keep(taken.events[index], node(hook, input(session)));
    }
    keep(taken.grave, node(hook, grave(`${session}-grave`)));
    keep(taken.shell, time('sh', ['-c', 'true'], ''));
    keep(taken.waited, time('sh', ['-c', installed], before.input(`${session}-waited`)));
    // what runs on after it is not to meet the next one
    node([empty], '');
  }
  return { events, taken };
}

const fixed = value => value.toFixed(1);
const P95 = 0.95;
let worst = 0;

/** @param {string} agent @returns {import('./lib/report.mjs').Section} */
function section(agent) {
  progress(agent);
  const { events, taken } = measure(agent);
  const start = median(taken.empty);
  const row = (name, waits, samples) => {
    worst = Math.max(worst, median(samples) - start);
    return [name, waits, fixed(median(samples) - start), fixed(quantile(samples, P95) - start)];
  };
  const of = kind => taken.events[events.findIndex(event => event.kind === kind)];
  const pairs = of('tool_before').map((ms, run) => ms + of('tool_after')[run] - 2 * start);
  const waits = taken.waited.map((ms, run) => ms - taken.shell[run]);
  return {
    title: agent,
    head: ['event', 'the agent waits for', 'median, ms', '95th percentile, ms'],
    rows: [
      ...events.map(({ name, aside }, index) => row(name, aside ? '`sh`' : 'the hook', taken.events[index])),
      row('before a call, with two signals to send', '`sh`', taken.grave),
      ['a tool call: before and after', '', fixed(median(pairs)), fixed(quantile(pairs, P95))],
      ['what the agent waits for `sh`', '', fixed(median(waits)), fixed(quantile(waits, P95))],
    ],
  };
}

const sections = agents.map(section);
await sink.terminate();
rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

const intro = `${measured}

Each event ${runs} times, from its standard input to the end of the process, signals sent included. Median and 95th percentile are over the median of the same Node with
an empty file, which was started before each of them; a tool call is over that twice. What the agent waits for is \`sh\` with the installed command over \`sh -c true\`.

Greatest median of an event: ${fixed(worst)} ms; bar ${BAR_MS} ms, ${verdict(worst, BAR_MS)}.`;
process.stdout.write(`${intro}\n\n${sections.map(toMarkdown).join('\n')}`);
if (values.write) writePart('Each event', intro, sections);
