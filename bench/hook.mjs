// What one call of `otel-alignment hook` costs over the same Node starting with an empty file: median and 95th percentile for each
// event, and milliseconds for a tool call (the event before it and the one after it); and for how long the agent waits for the command
// that `hook install` writes, over `sh` doing nothing. Needs a build; `--runs N` (default 40).
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { asideOf } from '../src/taps/hook/install/settings.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '40' }, cli: { type: 'string' } },
});
const runs = Number(values.runs);
const cli = values.cli ?? fileURLToPath(new URL('../dist/esm/cli/main.js', import.meta.url));
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
const base = { session_id: 's', cwd: '/workspace', permission_mode: 'default', transcript_path: '/nowhere' };
const tool = (id, command) => ({
  tool_name: 'Bash',
  tool_use_id: id,
  tool_input: { command, description: 'x' },
});

/** Name, agent, event; `fresh` makes it give a signal each time, by a session of its own. */
const EVENTS = [
  ['SessionStart', { hook_event_name: 'SessionStart' }],
  ['UserPromptSubmit', { hook_event_name: 'UserPromptSubmit', prompt: 'x' }],
  ['PreToolUse', { hook_event_name: 'PreToolUse', ...tool('t1', 'npm test -- --run src') }],
  ['PermissionRequest', { hook_event_name: 'PermissionRequest', ...tool('t1', 'npm test -- --run src') }],
  [
    'PostToolUse',
    {
      hook_event_name: 'PostToolUse',
      ...tool('t1', 'npm test -- --run src'),
      tool_response: { stdout: 'ok' },
    },
  ],
  ['Stop', { hook_event_name: 'Stop', last_assistant_message: 'Done.' }],
  ['SessionEnd', { hook_event_name: 'SessionEnd', reason: 'other' }],
  [
    'PreToolUse, two signals sent',
    { hook_event_name: 'PreToolUse', ...tool('t1', 'rm -rf /srv/none/*') },
    true,
  ],
];

function time(args, input) {
  const start = process.hrtime.bigint();
  const { status, stdout } = spawnSync(process.execPath, args, { input, env });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0 || stdout.length > 0) throw new Error(`exit ${status}, output ${stdout}`);
  return ms;
}

/** As an agent starts the command of a tool call's event: it goes on when the shell ends. */
function timeShell(command, input) {
  const start = process.hrtime.bigint();
  const { status } = spawnSync('sh', ['-c', command], { input, env });
  if (status !== 0) throw new Error(`sh: exit ${status}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}
const installed = asideOf(`'${process.execPath}' '${cli}' hook --agent claude-code`);

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
const figures = samples => {
  const sorted = [...samples].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
};

const idle = [];
const shell = [];
const waited = [];
const taken = new Map(EVENTS.map(([name]) => [name, []]));
for (let run = -3; run < runs; run++) {
  // in turns, so that whatever else the machine does meets all of them
  const bare = time([empty], '');
  if (run >= 0) idle.push(bare);
  for (const [name, event, fresh] of EVENTS) {
    const input = JSON.stringify({ ...base, ...event, session_id: fresh ? `s${run}` : `r${run}` });
    const ms = time([cli, 'hook', '--agent', 'claude-code'], input);
    if (run >= 0) taken.get(name).push(ms);
  }
  const nothing = timeShell('true', '');
  const event = { ...base, ...EVENTS[2][1], session_id: `w${run}` };
  const ms = timeShell(installed, JSON.stringify(event));
  // what runs on after it is not to meet the next one
  time([empty], '');
  if (run >= 0) {
    shell.push(nothing);
    waited.push(ms);
  }
}
const start = figures(idle);
const fixed = value => value.toFixed(1).padStart(7);
console.log(
  `Node ${process.version}, ${cpus()[0]?.model}, ${cpus().length} CPUs, ${runs} runs; milliseconds`,
);
console.log(`empty file:${fixed(start.median)} median,${fixed(start.p95)} 95th percentile`);
console.log(`\n| event | median over empty | 95th percentile over empty's median |\n|---|---|---|`);
for (const [name, samples] of taken) {
  const { median, p95 } = figures(samples);
  console.log(`| ${name} |${fixed(median - start.median)} |${fixed(p95 - start.median)} |`);
}
const pair = taken.get('PreToolUse').map((ms, i) => ms + taken.get('PostToolUse')[i] - 2 * idle[i]);
console.log(
  `| a tool call (PreToolUse and PostToolUse) |${fixed(figures(pair).median)} |${fixed(figures(pair).p95)} |`,
);
const over = figures(waited.map((ms, i) => ms - shell[i]));
console.log(
  `\nthe agent waits, before and after a tool call each:${fixed(over.median)} ms median over \`sh -c true\`,${fixed(over.p95)} 95th percentile`,
);
await sink.terminate();
rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
