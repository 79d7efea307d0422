// What pseudonyms of the voprf tier cost: CPU time of an evaluator, and of a contributor that asks two.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { epochAt } from '../src/sessions/epoch.ts';
import { parseDirectory } from '../src/sessions/voprf/directory.ts';
import { voprfPseudonyms } from '../src/sessions/voprf/pseudonyms.ts';
import { fetchEpoch, mergeEpoch } from '../src/sessions/voprf/publish.ts';
import { printAlone, progress } from './lib/report.mjs';
import { spread } from './lib/stats.mjs';

const TOKEN = 'Zr4vYq8mKp2nXs6tWd9hJc3bLf7gRa1e';
const BATCH = 256;
const ROUNDS = { quick: 5, full: 20 };
const BATCHES = 4;
const BARS = { evaluator: 1500, contributor: 500 };

const seconds = ({ user, system }) => (user + system) / 1e6;

class Evaluator {
  constructor(id) {
    this.worker = new Worker(new URL('sessions-voprf-evaluator.mjs', import.meta.url), {
      workerData: { id, token: TOKEN },
    });
  }

  async ready() {
    [this.address] = await once(this.worker, 'message');
    return this;
  }

  async cpu() {
    this.worker.postMessage('cpu');
    const [usage] = await once(this.worker, 'message');
    return seconds(usage);
  }

  async close() {
    this.worker.postMessage('close');
    await once(this.worker, 'exit');
  }
}

const newKeys = count =>
  Array.from({ length: count }, () => ({ type: 'w3c.trace_id', value: randomBytes(16).toString('hex') }));

/** @returns {Promise<import('./lib/report.mjs').Section[]>} */
export async function sections({ full = false } = {}) {
  const evaluators = await Promise.all(['a', 'b'].map(id => new Evaluator(id).ready()));
  const epoch = epochAt(Date.now()).id;
  const document = await fetchEpoch(
    evaluators.map(({ address }) => address),
    epoch,
  );
  const pseudonyms = await voprfPseudonyms({
    directory: parseDirectory(mergeEpoch(undefined, document, 'directory'), 'directory'),
    token: TOKEN,
    timeoutMs: 60_000,
  });
  const rows = [];
  for (const size of [BATCH, 64, 16, 1]) {
    const rates = { evaluator: [], contributor: [] };
    await pseudonyms.derive(epoch, newKeys(size));
    for (let round = 0; round < ROUNDS[full ? 'full' : 'quick']; round++) {
      progress(`sessions-voprf: batches of ${size}, round ${round + 1}`);
      const before = [await evaluators[0].cpu(), seconds(process.threadCpuUsage())];
      for (let i = 0; i < BATCHES; i++) await pseudonyms.derive(epoch, newKeys(size));
      const after = [await evaluators[0].cpu(), seconds(process.threadCpuUsage())];
      rates.evaluator.push((size * BATCHES) / (after[0] - before[0]));
      rates.contributor.push((size * BATCHES) / (after[1] - before[1]));
    }
    for (const [who, all] of Object.entries(rates)) {
      const { median, least, most } = spread(all);
      rows.push([
        who === 'evaluator' ? 'one evaluator' : 'a contributor with two evaluators',
        String(size),
        `${Math.round(median)} /s`,
        `${Math.round(least)}–${Math.round(most)}`,
        size === BATCH ? `≥ ${BARS[who]}: ${median >= BARS[who] ? 'met' : 'missed'}` : '',
      ]);
    }
  }
  pseudonyms.close();
  await Promise.all(evaluators.map(one => one.close()));
  return [
    {
      title: 'Pseudonyms of the voprf tier, traces a second of CPU',
      head: ['who', 'traces a batch', 'median', 'least–most', 'bar'],
      rows,
      notes: [
        `Over HTTP on one machine, every part on a thread of its own, CPU time of that thread alone (user and system, garbage collection on other threads left out); ${BATCHES} batches a round, ${ROUNDS[full ? 'full' : 'quick']} rounds. The evaluator's part: HTTP, JSON, checks, evaluation, proof. The contributor's: blinding, HTTP, two proof checks, sum, output. One join key a trace; nothing comes from the cache.`,
      ],
    },
  ];
}

await printAlone(import.meta.url, sections);
