// What the hook costs a whole run of an agent: the real program against a scripted model that takes two seconds an answer, with the hook
// and without, in alternating pairs. Needs a build, and the agents: `node tools/agents/install.ts`.
//   node bench/agents.mjs [--pairs N] [--calls N] [agent…]
// Default: 5 pairs, 3 tool calls a run (so 4 answers), all four agents. The order within a pair changes with each pair.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installHook, LIVE_AGENTS } from '../test/agents/agents.ts';
import { startModel } from '../test/agents/model.ts';
import { Sandbox } from '../test/stack/harness.ts';
import { findAgent, howToGetAgent } from '../tools/agents/agents.ts';
import { median, spread } from './lib/stats.mjs';

const THINKS_MS = 2_000;
const BAR = 0.05;

const { values, positionals } = parseArgs({
  options: { pairs: { type: 'string', default: '5' }, calls: { type: 'string', default: '3' } },
  allowPositionals: true,
});
const [pairs, calls] = [Number(values.pairs), Number(values.calls)];
const names = positionals.length > 0 ? positionals : Object.keys(LIVE_AGENTS);

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
  const start = performance.now();
  const child = spawn(program, [...rest, ...agent.args('bypass', place)], {
    cwd: place.cwd,
    env: agent.env(place),
    stdio: 'ignore',
  });
  const status = await new Promise(done => child.once('exit', done));
  const ms = performance.now() - start;
  await model.close();
  if (status !== 0 || model.asked() < calls + 1)
    throw new Error(`${agent.name}: exit ${status}, asked ${model.asked()} times`);
  return ms;
}

console.log(
  `Node ${process.version}, ${cpus()[0]?.model}, ${cpus().length} CPUs, load ${loadavg()[0].toFixed(1)}; ${pairs} pairs, ${calls} tool calls a run, ${THINKS_MS} ms an answer\n`,
);
console.log(
  '| agent | without, s | with, s | difference, ms (least–greatest) | median, % | ms a tool call | bar 5 % |',
);
console.log('|---|---|---|---|---|---|---|');
for (const name of names) {
  const words = findAgent(name);
  if (words === undefined) {
    console.log(`| ${name} | not installed: ${howToGetAgent(name)} | | | | | |`);
    continue;
  }
  const agent = LIVE_AGENTS[name];
  const without = [];
  const with_ = [];
  for (let pair = 0; pair < pairs; pair++) {
    for (const hooked of pair % 2 === 0 ? [false, true] : [true, false])
      (hooked ? with_ : without).push(await run(agent, words, hooked));
  }
  const differences = with_.map((ms, pair) => ms - without[pair]);
  const { least, most } = spread(differences);
  const share = median(differences.map((ms, pair) => ms / without[pair]));
  const seconds = list => (median(list) / 1000).toFixed(2);
  const verdict = share < BAR ? 'met' : 'missed';
  console.log(
    `| ${name} | ${seconds(without)} | ${seconds(with_)} | ${Math.round(median(differences))} (${Math.round(least)}–${Math.round(most)}) | ${(share * 100).toFixed(1)} | ${Math.round(median(differences) / calls)} | ${verdict} |`,
  );
}
sink.close();
sink.closeAllConnections();
await sandbox.clean();
