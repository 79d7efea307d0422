// Joining fragments to sessions, in memory and by SQL: fragments a second, and memory. `node bench/sessions-stitch.mjs [--full] [FRAGMENTS …]`
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { epochAt } from '../src/sessions/epoch.ts';
import { Fragmenter, fragmentsRequest, hmacPseudonyms } from '../src/sessions/index.ts';
import { population } from '../src/sessions/testing/population.ts';
import { randomOf } from '../src/sessions/testing/random.ts';
import { telemetryOf } from '../src/sessions/testing/telemetry.ts';
import { figure, printAlone, progress } from './lib/report.mjs';

const SIZES = { quick: [200_000, 1_000_000], full: [200_000, 1_000_000, 5_000_000] };
/** With more, Node's heap of 4 GB is not enough for the engine in memory. */
const MOST_IN_MEMORY = 1_500_000;
const SEED = 20261121;
const cli = fileURLToPath(new URL('../tools/cli.mjs', import.meta.url));
/** Where `npm install --no-save --prefix test/clickhouse` puts the embedded engine. */
const engineFolder = fileURLToPath(new URL('../test/clickhouse', import.meta.url));

/** @returns {Promise<import('./lib/report.mjs').Section[]>} */
export async function sections({ full = false } = {}) {
  const given = process.argv.slice(2).map(Number).filter(Number.isInteger);
  const rows = [];
  for (const size of given.length > 0 ? given : SIZES[full ? 'full' : 'quick']) {
    const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-bench-stitch-'));
    try {
      const file = join(folder, 'fragments.jsonl');
      progress(`stitching: writing ${size.toLocaleString('en-US')} fragments`);
      await writeFragments(file, size);
      for (const engine of ['memory', 'sql']) {
        if (engine === 'memory' && size > MOST_IN_MEMORY) continue;
        progress(`stitching: ${engine}`);
        const out = join(folder, 'sessions.jsonl');
        const run = await measured([
          'sessions',
          'stitch',
          '--trial',
          '--in',
          file,
          '--out',
          out,
          '--engine',
          engine,
        ]);
        rows.push([
          size.toLocaleString('en-US'),
          figure(statSync(file).size / 1e6, 'MB'),
          engine,
          ...(run === undefined
            ? ['not measured', '', '', '']
            : [
                figure(size / run.seconds, ''),
                figure(run.cpu, 's'),
                figure(run.megabytes, 'MB'),
                figure((run.megabytes * 1e6) / size, 'bytes'),
              ]),
        ]);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return [
    {
      title: 'Stitching',
      head: [
        'fragments',
        'as OTLP/JSON',
        '`--engine`',
        'a second',
        'CPU time',
        'highest memory',
        'a fragment',
      ],
      rows,
      notes: [
        'The command from its sources, one run each: from files to a file of sessions. Memory is the highest resident size of the process, which with `sql` is that of ' +
          'ClickHouse too. Fragments are those of simulated sessions (six in ten calls carry a trace, two in ten a token), repeated under other ids.',
      ],
    },
  ];
}

/** Fragments of 3,000 sessions, again and again under other ids. */
async function writeFragments(file, size) {
  const sessions = population(3_000, SEED);
  const epochs = new Set(sessions.flatMap(one => one.turns.map(turn => epochAt(turn.start).id)));
  const pseudonyms = hmacPseudonyms(new Map([...epochs].map(epoch => [epoch, randomBytes(32)])));
  const carried = { traceparent: 0.6, token: 0.2, shared: 0.002 };
  const parts = [];
  for (const { contributor, spans } of telemetryOf(sessions, randomOf(SEED), carried).parts) {
    const fragmenter = new Fragmenter({ pseudonyms });
    for (const span of spans) fragmenter.add(span);
    parts.push({ contributor, fragments: await fragmenter.build([...fragmenter.finish()]) });
  }
  const out = createWriteStream(file);
  for (let copy = 0, made = 0; made < size; copy++) {
    const again = renamed(copy);
    for (const { contributor, fragments } of parts) {
      const taken = fragments.slice(0, size - made).map(again);
      if (taken.length === 0) break;
      made += taken.length;
      if (!out.write(`${JSON.stringify(fragmentsRequest(taken, contributor))}\n`)) await once(out, 'drain');
    }
  }
  out.end();
  await once(out, 'finish');
}

function renamed(copy) {
  const number = Math.imul(copy, 2_654_435_761) >>> 0;
  const [trace, tag] = [number.toString(16).padStart(8, '0'), number.toString(36).padStart(7, '0')];
  return fragment => {
    const { 'alignment.join.tags': tags, ...rest } = fragment.attributes;
    return {
      ...fragment,
      traceId: trace + fragment.traceId.slice(8),
      attributes: {
        ...rest,
        ...(tags !== undefined && { 'alignment.join.tags': tags.map(one => tag + one.slice(7)) }),
      },
    };
  };
}

const AT_EXIT = `data:text/javascript,process.on('exit',()=>{const {maxRSS,userCPUTime,systemCPUTime}=process.resourceUsage();process.stdout.write(JSON.stringify({megabytes:maxRSS/1000,cpu:(userCPUTime+systemCPUTime)/1e6}))})`;

/** Nothing where the engine is not installed. */
async function measured(args) {
  const begin = performance.now();
  const child = spawn(process.execPath, ['--import', AT_EXIT, cli, ...args], {
    cwd: engineFolder,
    env: { ...process.env, INIT_CWD: engineFolder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', chunk => (text += chunk));
  const [code] = await once(child, 'close');
  if (code === 2) return undefined;
  if (code !== 0) throw new Error(`sessions stitch ended with ${code}`);
  return { seconds: (performance.now() - begin) / 1000, ...JSON.parse(text) };
}

await printAlone(import.meta.url, sections);
