// Analysis by SQL: ten million spans in the exporter's tables on the embedded engine, and how long a report's questions take.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { figure, printAlone, progress, verdict } from './lib/report.mjs';
import { median } from './lib/stats.mjs';

const SPANS = 10_000_000;
const BARS = { seconds: 5 };
const child = fileURLToPath(new URL('./analysis-child.mjs', import.meta.url));

/** @returns {Promise<import('./lib/report.mjs').Section[]>} */
export async function sections({ full = false } = {}) {
  const measured = await run([String(SPANS), String(full ? 5 : 3)]);
  if (measured === undefined) return [];
  const middle = of => median(measured.runs.map(of));
  const asking = middle(({ figures }) => figures);
  const making = middle(({ figures: _, ...views }) =>
    Object.values(views).reduce((sum, one) => sum + one, 0),
  );
  return [
    {
      title: 'Report by SQL',
      notes: [
        `${measured.spans.toLocaleString('en-US')} spans of ${measured.sessions.toLocaleString('en-US')} sessions, with ${measured.signals.toLocaleString('en-US')} signals, ` +
          `in the tables of the Collector's ClickHouse exporter ${measured.exporter}, with the roll-ups of collector-config/clickhouse. ` +
          `ClickHouse ${measured.version} in the process (chDB). The middle of ${measured.runs.length} runs; memory is the highest resident size of the process, ` +
          'with and without the filling.',
      ],
      head: ['one report', 'figure', 'bar'],
      rows: [
        [
          'its questions, over the views that the database keeps',
          figure(asking, 's'),
          `≤ ${BARS.seconds} s: ${verdict(asking, BARS.seconds)}`,
        ],
        ['making the views first, over the roll-ups', figure(making, 's'), ''],
        ...Object.keys(measured.runs[0])
          .filter(name => name !== 'figures')
          .map(name => [
            `\u2003${name}`,
            figure(
              middle(one => one[name]),
              's',
            ),
            '',
          ]),
        ['memory while asking', figure(measured.megabytes.asked, 'MB'), ''],
        ['memory while filling', figure(measured.megabytes.filled, 'MB'), ''],
        [
          'filling tables and roll-ups',
          figure(measured.spans / measured.filled / 1000, 'thousand spans a second'),
          '',
        ],
        ['on disk, the tables and the roll-ups', measured.disk, ''],
      ],
    },
  ];
}

function run(args) {
  return new Promise((resolve, reject) => {
    const started = spawn(process.execPath, [child, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    started.stdout.on('data', chunk => (text += chunk));
    started.on('close', code => {
      if (code === 3) {
        progress(
          'analysis: not measured, as chDB or the exporter is missing (npm install --no-save --prefix test/clickhouse)',
        );
        resolve(undefined);
      } else if (code !== 0) reject(new Error(`the measuring ended with ${code}`));
      else resolve(JSON.parse(text));
    });
  });
}

await printAlone(import.meta.url, sections);
