// What the assessment of one step costs, and how it grows with the length of a command.
import { measure } from './lib/child.mjs';
import { install } from './lib/pack.mjs';
import { figure, printAlone, progress, verdict } from './lib/report.mjs';
import { median, quantile } from './lib/stats.mjs';
import { recorded, SKIPPED, SOURCES } from './lib/streams.mjs';

const MEDIAN_BAR = 50;
const HOSTILE_BAR = 50;
/** Time for 16 times the length, over 16 times the time: 1 is linear, 16 is quadratic. */
const LINEAR_BAR = 1.5;
const ROUNDS = { quick: 3, full: 9 };

/** @returns {Promise<import('./lib/report.mjs').Section[]>} */
export async function sections({ full = false } = {}) {
  install();
  const rounds = full ? ROUNDS.full : ROUNDS.quick;
  return [await calls(rounds), await hostile(), await scaling(rounds)];
}

async function calls(rounds) {
  const rows = [];
  for (const { source, label } of SOURCES()) {
    progress(`assess: ${label}`);
    const times = [];
    for (let round = 0; round < rounds; round++) {
      times.push((await measure('assess-child.mjs', ['calls', source])).times.map(ns => ns / 1000));
    }
    const middle = median(times.map(median));
    rows.push([
      label,
      `${times[0].length}`,
      figure(middle, 'µs'),
      figure(median(times.map(list => quantile(list, 0.99))), 'µs'),
      figure(median(times.map(list => Math.max(...list))), 'µs'),
      `≤ ${figure(MEDIAN_BAR, 'µs')}: ${verdict(middle, MEDIAN_BAR)}`,
    ]);
  }
  return {
    title: 'Assessment of one step',
    head: ['calls', 'number', 'median', '99th percentile', 'slowest', 'bar (median)'],
    rows,
    notes: recorded() === undefined ? [SKIPPED] : [],
  };
}

async function hostile() {
  progress('assess: hostile commands of 1 MB');
  const { worst } = await measure('assess-child.mjs', ['hostile']);
  const slowest = worst.map(([name, ns]) => [name, ns / 1e6]).sort((a, b) => b[1] - a[1]);
  return {
    title: 'A hostile command of 1 MB',
    head: ['shape', 'slowest of three', 'bar'],
    rows: slowest
      .slice(0, 5)
      .map(([name, ms]) => [name, figure(ms, 'ms'), `≤ ${HOSTILE_BAR} ms: ${verdict(ms, HOSTILE_BAR)}`]),
    notes: [
      `The five slowest of ${slowest.length} shapes; over the bar: ${slowest.filter(([, ms]) => ms > HOSTILE_BAR).length}.`,
    ],
  };
}

async function scaling(rounds) {
  progress('assess: flat commands of 1,000 to 16,000 characters');
  const runs = [];
  for (let round = 0; round < rounds; round++) runs.push(await measure('assess-child.mjs', ['scaling']));
  const { lengths, shapes } = runs[0];
  const rows = shapes.map(([name], shape) => {
    const times = lengths.map((_, i) => median(runs.map(run => run.shapes[shape][1][i])) / 1000);
    const growth = times.at(-1) / times[0] / (lengths.at(-1) / lengths[0]);
    return [
      name,
      ...times.map(us => figure(us, 'µs')),
      growth.toFixed(2),
      `≤ ${LINEAR_BAR}: ${verdict(growth, LINEAR_BAR)}`,
    ];
  });
  return {
    title: 'Long flat commands',
    head: ['shape', ...lengths.map(length => `${length}`), 'growth', 'bar'],
    rows,
    notes: [
      'Columns are characters. Growth is the time at 16,000 characters over 16 times the time at 1,000: 1 is linear, 16 quadratic.',
    ],
  };
}

await printAlone(import.meta.url, sections);
