// What a call costs that is assessed for real: each call of a stream of distinct ones, once.
import { measure } from './lib/child.mjs';
import { install } from './lib/pack.mjs';
import { figure, printAlone, progress, verdict } from './lib/report.mjs';
import { median, quantile } from './lib/stats.mjs';
import { recorded, SKIPPED, SOURCES } from './lib/streams.mjs';

const MEDIAN_BAR = 60;
const TAIL_BAR = 1000;
const ROUNDS = { quick: 3, full: 9 };

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
        'A span with the call is started and ended under the default options. Every call is new to the process and is measured once. The assessment ' +
          'keeps no cache, so there is no hit rate to print. Medians over rounds. "Cold" are the first 200 calls of a process, before the code is compiled.',
        ...(recorded() === undefined ? [SKIPPED] : []),
      ],
    },
  ];
}

async function rowsOf(source, label, rounds) {
  const figures = { bare: [], ours: [] };
  for (let round = 0; round < rounds; round++) {
    for (const variant of ['bare', 'ours']) {
      const { cold, times } = await measure('stream-child.mjs', [variant, source]);
      figures[variant].push({
        calls: times.length,
        median: median(times) / 1000,
        tail: quantile(times, 0.99) / 1000,
        cold: median(cold) / 1000,
      });
    }
  }
  const row = (name, key, bar) => {
    const bare = median(figures.bare.map(round => round[key]));
    const ours = median(figures.ours.map(round => round[key]));
    const added = ours - bare;
    return [
      `${label}, ${name}`,
      key === 'cold' ? '200' : `${figures.ours[0].calls}`,
      figure(bare, 'µs'),
      figure(ours, 'µs'),
      figure(added, 'µs'),
      bar === undefined ? '' : `≤ ${figure(bar, 'µs')}: ${verdict(added, bar)}`,
    ];
  };
  const rows = [row('median', 'median', MEDIAN_BAR), row('99th percentile', 'tail', TAIL_BAR)];
  return source === 'built-in' ? [...rows, row('cold median', 'cold')] : rows;
}

await printAlone(import.meta.url, sections);
