// What the hook costs a whole run of an agent: the real program against a scripted model that takes two seconds an answer, with the hook
// and without, in alternating pairs. Needs a build, and the agents: `node tools/agents/install.ts`.
//   npm exec -- node bench/agents.mjs [--pairs N] [--calls N] [--write] [agent…]
// Default: 5 pairs, 3 tool calls a run (so 4 answers), all four agents. The order within a pair changes with each pair. `--write` writes
// bench/hook-results.md.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installHook, LIVE_AGENTS } from '../test/agents/agents.ts';
import { startModel } from '../test/agents/model.ts';
import { Sandbox } from '../test/stack/harness.ts';
import { findAgent, howToGetAgent } from '../tools/agents/agents.ts';
import { HUB_PORT, stopHub } from '../tools/agents/cline-hub.ts';
import { freePorts } from '../tools/stack/processes.ts';
import { circumstances, writePart } from './lib/hook-page.mjs';
import { progress, toMarkdown } from './lib/report.mjs';
import { median, spread } from './lib/stats.mjs';

const THINKS_MS = 2_000;
const BAR = 0.05;

const { values, positionals } = parseArgs({
  options: {
    pairs: { type: 'string', default: '5' },
    calls: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const [pairs, calls] = [Number(values.pairs), Number(values.calls)];
const names = positionals.length > 0 ? positionals : Object.keys(LIVE_AGENTS);
const measured = circumstances(`npm exec -- node bench/agents.mjs --pairs ${pairs} --calls ${calls}`);

const sandbox = new Sandbox();
// everything that is sent is taken, and thrown away
const sink = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
});
await new Promise(done => sink.listen(0, '127.0.0.1', done));
const otlp = `http://127.0.0.1:${sink.address().port}`;

/** Milliseconds that a run takes. */
async function run(agent, words, withHook) {
  const folder = sandbox.folder();
  const script = [
    ...Array.from({ length: calls }, (_, n) => ({ ...agent.shell(`touch made-${n}.txt`), after: THINKS_MS })),
    { say: 'All done.', after: THINKS_MS },
  ];
  const model = await startModel(script);
  const place = { home: join(folder, 'home'), cwd: join(folder, 'work'), model: model.url, otlp };
  mkdirSync(place.home);
  mkdirSync(place.cwd);
  agent.settle(place, words);
  if (withHook) installHook(agent, 'bypass', place);
  const [program, ...rest] = words;
  const [port] = await freePorts(1);
  const start = performance.now();
  const child = spawn(program, [...rest, ...agent.args('bypass', place)], {
    cwd: place.cwd,
    env: { ...agent.env(place), [HUB_PORT]: String(port) },
    stdio: 'ignore',
  });
  const status = await new Promise(done => child.once('exit', done));
  const ms = performance.now() - start;
  // the next run starts one of its own, as this one did
  if (agent.name === 'cline') await stopHub(place.home);
  await model.close();
  if (status !== 0 || model.asked() < calls + 1)
    throw new Error(`${agent.name}: exit ${status}, asked ${model.asked()} times`);
  return ms;
}

const rows = [];
for (const name of names) {
  const words = findAgent(name);
  if (words === undefined) {
    rows.push([name, `not installed: ${howToGetAgent(name)}`, '', '', '', '', '']);
    continue;
  }
  progress(name);
  const agent = LIVE_AGENTS[name];
  const without = [];
  const with_ = [];
  for (let pair = 0; pair < pairs; pair++) {
    for (const hooked of pair % 2 === 0 ? [false, true] : [true, false])
      (hooked ? with_ : without).push(await run(agent, words, hooked));
  }
  const differences = with_.map((ms, pair) => ms - without[pair]);
  const { median: typical, least, most } = spread(differences);
  const share = median(differences.map((ms, pair) => ms / without[pair]));
  const seconds = list => (median(list) / 1000).toFixed(2);
  rows.push([
    name,
    seconds(without),
    seconds(with_),
    `${Math.round(typical)} (${Math.round(least)} to ${Math.round(most)})`,
    (share * 100).toFixed(1),
    String(Math.round(typical / calls)),
    share < BAR ? 'met' : 'missed',
  ]);
}
sink.close();
sink.closeAllConnections();
await sandbox.clean();

const section = {
  title: `${calls} tool calls, ${THINKS_MS / 1000} s an answer`,
  head: [
    'agent',
    'without, s',
    'with, s',
    'difference, ms (least to greatest)',
    'median, %',
    'ms a tool call',
    `bar ${BAR * 100} %`,
  ],
  rows,
};
const intro = `${measured}

The real program in its mode that asks nobody, with the hook and without, in ${pairs} pairs whose order alternates. Seconds are medians; the differences are those within the pairs.`;
process.stdout.write(`${intro}\n\n${toMarkdown(section)}`);
if (values.write) writePart('Whole runs', intro, [section]);
