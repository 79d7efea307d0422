// What a call costs that is assessed for real: each call of a stream of distinct ones, once.
import { measure } from './lib/child.mjs';
import { install } from './lib/pack.mjs';
import { figure, printAlone, progress, verdict } from './lib/report.mjs';
import { median, quantile } from './lib/stats.mjs';
import { recorded, SKIPPED, SOURCES } from './lib/streams.mjs';

const MEDIAN_BAR = 60;
const TAIL_BAR = 1000;
const ROUNDS = { quick: 5, full: 15 };

/** @returns {Promise<import('./lib/report.mjs').Section[]>} */
export async function sections({ full = false } = {}) {
  install();
  const rows = [];
  for (const { source, label } of SOURCES()) {
    progress(`stream: ${label}`);
    rows.push(...(await rowsOf(source, label, full ? ROUNDS.full : ROUNDS.quick)));
  }
  return [
    {
      title: 'Assessing for real: a stream of distinct calls',
      head: ['stream', 'calls', 'bare span', 'with ours', 'added', 'bar'],
      rows,
      notes: [
        'A span with the call is started and ended under the default options. Every call is new to its process and is measured once there; its time is the median over the ' +
          'processes, so that what the machine does beside falls out; "within a process" leaves it in, and with it pauses of the garbage collector and the compiler. The assessment keeps no cache, so there is no hit rate to print. "Cold" are the first 200 calls of a process, before the code is compiled.',
        ...(recorded() === undefined ? [SKIPPED] : []),
      ],
    },
  ];
}

async function rowsOf(source, label, rounds) {
  const figures = { bare: undefined, ours: undefined };
  for (const variant of ['bare', 'ours']) {
    const made = [];
    for (let round = 0; round < rounds; round++)
      made.push(await measure('stream-child.mjs', [variant, source]));
    // what the machine does beside falls on other calls in every round
    const times = made[0].times.map((_, call) => median(made.map(round => round.times[call])));
    figures[variant] = {
      calls: times.length,
      median: median(times) / 1000,
      tail: quantile(times, 0.99) / 1000,
      within: median(made.map(round => quantile(round.times, 0.99))) / 1000,
      cold: median(made.map(({ cold }) => median(cold))) / 1000,
    };
  }
  const row = (name, key, bar) => {
    const bare = figures.bare[key];
    const ours = figures.ours[key];
    const added = ours - bare;
    return [
      `${label}, ${name}`,
      key === 'cold' ? '200' : `${figures.ours.calls}`,
      figure(bare, 'µs'),
      figure(ours, 'µs'),
      figure(added, 'µs'),
      bar === undefined ? '' : `≤ ${figure(bar, 'µs')}: ${verdict(added, bar)}`,
    ];
  };
  const rows = [
    row('median', 'median', MEDIAN_BAR),
    row('99th percentile', 'tail', TAIL_BAR),
    row('99th percentile within a process', 'within'),
  ];
  return source === 'built-in' ? [...rows, row('cold median', 'cold')] : rows;
}

await printAlone(import.meta.url, sections);
