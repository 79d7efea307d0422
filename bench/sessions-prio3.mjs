// What a week's table of two aggregators costs: CPU time of a contributor, and of each aggregator for one contributor.
import { randomBytes } from 'node:crypto';
import {
  aggregateReports,
  combine,
  makeReport,
  newTask,
  parseTask,
  preparationOf,
  prepareReports,
} from '../src/sessions/release/prio3/index.ts';
import { figure, printAlone, progress } from './lib/report.mjs';
import { spread } from './lib/stats.mjs';

const EPOCH = '2026-W47';
const CONTRIBUTORS = 10;
const CELLS = 30;
/** The clock of CPU time has steps of milliseconds: what takes less is done so often. */
const OFTEN = 50;
const ROUNDS = { quick: 5, full: 20 };

/** CPU time of this thread, in milliseconds. */
async function cpu(what) {
  const before = process.threadCpuUsage();
  const made = await what();
  const { user, system } = process.threadCpuUsage(before);
  return { made, ms: (user + system) / 1e3 };
}

async function often(what) {
  let made;
  for (let i = 0; i < OFTEN; i++) made = await what();
  return made;
}

/** @returns {Promise<import('./lib/report.mjs').Section[]>} */
export async function sections({ full = false } = {}) {
  const rounds = ROUNDS[full ? 'full' : 'quick'];
  const contributors = Array.from({ length: CONTRIBUTORS }, (_, i) => `p${i}`);
  const key = randomBytes(16);
  const task = parseTask(newTask({ aggregators: ['a', 'b'], contributors }, key), 'task');
  const times = new Map();
  const note = (name, ms) => times.set(name, [...(times.get(name) ?? []), ms]);
  let bytes = [];
  // the first round warms the process up, which a command that runs once a week never does: it is a row of its own
  for (let round = 0; round <= rounds; round++) {
    progress(`sessions-prio3: round ${round} of ${rounds}`);
    const cold = round === 0 ? 'first of the process: ' : '';
    const reports = [];
    for (const contributor of contributors) {
      const counts = Array.from({ length: CELLS }, () => Math.floor(Math.random() * 2 ** 20));
      const { made, ms } = await cpu(() => makeReport(task, { epoch: EPOCH, contributor, counts }));
      if (round > 0 || reports.length === 0) note(`${cold}report`, ms);
      reports.push(made);
    }
    const prepared = [];
    for (const [place, aggregator] of task.aggregators.entries()) {
      const received = reports.map(files => ({
        contributor: files[place].contributor,
        json: files[place],
        name: 'report',
      }));
      const { made, ms } = await cpu(() => prepareReports({ task, epoch: EPOCH, aggregator }, key, received));
      if (round > 0) note(`prepare, aggregator ${place}`, ms / CONTRIBUTORS);
      prepared.push(made.state);
    }
    const halves = [];
    for (const [place, aggregator] of task.aggregators.entries()) {
      const other = preparationOf(prepared[1 - place]);
      const { made, ms } = await cpu(() =>
        often(() => aggregateReports({ task, epoch: EPOCH, aggregator }, prepared[place], other)),
      );
      if (round > 0) note('check and add up, with noise', ms / CONTRIBUTORS / OFTEN);
      halves.push(made.aggregate);
    }
    const { ms } = await cpu(() => often(() => combine(task, halves)));
    if (round > 0) note('combine, of all contributors', ms / OFTEN);
    bytes = [...reports[0], preparationOf(prepared[0]), halves[0]].map(file => JSON.stringify(file).length);
  }
  const [leader, second, preparation, half] = bytes;
  return [
    {
      title: 'A table of two aggregators (prio3-2p), CPU for one contributor and week',
      head: ['what', 'median', 'least–most'],
      rows: [...times].map(([name, all]) => {
        const { median, least, most } = spread(all);
        return [name, figure(median, 'ms'), `${Number(least.toPrecision(3))}–${figure(most, 'ms')}`];
      }),
      notes: [
        `30 cells of 20 bits, ${CONTRIBUTORS} contributors, ${rounds} rounds; CPU time of one thread, user and system, without reading and writing files. Files: a report ${leader} bytes for one aggregator and ${second} for the other, ${Math.round(preparation / CONTRIBUTORS)} for each contributor between the aggregators, ${half} for a half of the table.`,
      ],
    },
  ];
}

await printAlone(import.meta.url, sections);
