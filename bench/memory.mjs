// Whether memory stays flat over many spans and sessions.
import { measure } from './lib/child.mjs';
import { install } from './lib/pack.mjs';
import { figure, printAlone, progress } from './lib/report.mjs';

const SESSIONS = { quick: 100_000, full: 1_000_000 };
/** Growth from the second interval on, when the store of sessions is full, that counts as flat. */
const FLAT_MB = 1;

/** @returns {Promise<import('./lib/report.mjs').Section[]>} */
export async function sections({ full = false } = {}) {
  install();
  const sessions = full ? SESSIONS.full : SESSIONS.quick;
  progress(`memory: ${sessions.toLocaleString('en')} sessions of ten spans`);
  const readings = await measure('memory-child.mjs', [`${sessions}`], ['--expose-gc']);
  const settled = readings.slice(1).map(({ heap }) => heap / 1e6);
  const growth = settled.at(-1) - settled[0];
  return [
    {
      title: `Memory over ${readings.at(-1).spans.toLocaleString('en')} spans and ${sessions.toLocaleString('en')} sessions`,
      head: ['spans', 'heap after collection', 'ns a span'],
      rows: readings.map(({ spans, heap, ns }) => [
        spans.toLocaleString('en'),
        figure(heap / 1e6, 'MB'),
        figure(ns, 'ns'),
      ]),
      notes: [
        `From the second reading to the last the heap changed by ${figure(growth, 'MB')} (${figure((growth * 1e6) / (readings.at(-1).spans - readings[1].spans), 'bytes')} a span). ` +
          `Bar: flat (at most ${FLAT_MB} MB): ${growth <= FLAT_MB ? 'met' : 'missed'}. ` +
          'Sessions are an agent span with six assessed tool calls and three requests below them; default options, spans exported to nowhere.',
      ],
    },
  ];
}

await printAlone(import.meta.url, sections);
