// The report of a long recording: time, memory and size of the page, and how soon a browser can use it.
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { writeRecording } from './lib/recorded.mjs';
import { figure, printAlone, progress, verdict } from './lib/report.mjs';
import { median } from './lib/stats.mjs';

const SPANS = 1_000_000;
const BARS = { seconds: 20, megabytes: 1500, page: 3, interactive: 2 };
const cli = fileURLToPath(new URL('../tools/cli.mjs', import.meta.url));

/** @returns {Promise<import('./lib/report.mjs').Section[]>} */
export async function sections({ full = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-bench-report-'));
  try {
    const file = join(folder, 'recorded.jsonl');
    progress(`report: writing ${SPANS.toLocaleString('en-US')} spans`);
    const written = await writeRecording(file, SPANS);
    const page = join(folder, 'report.html');
    const runs = [];
    for (let i = 0; i < (full ? 5 : 3); i++) {
      progress('report: making the page');
      runs.push(await measured(['report', file, '--out', page]));
    }
    const seconds = median(runs.map(run => run.seconds));
    const megabytes = Math.max(...runs.map(run => run.megabytes));
    const size = statSync(page).size / 1e6;
    const shown = await interactive(page, full ? 9 : 5);
    const input = statSync(file).size / 1e6;
    return [
      {
        title: 'Report of a recording',
        notes: [
          `${written.spans.toLocaleString('en-US')} spans of ${written.sessions.toLocaleString('en-US')} sessions, ${written.upperRight} of them in the upper ` +
            `right; ${Math.round(input)} MB of OTLP/JSON, 200 spans a line. The command from its sources, the middle of ${runs.length} runs, ` +
            'memory the highest resident size. Interactive: from opening the file until every control answers and the quadrant is drawn.',
        ],
        head: ['`otel-alignment report`', 'figure', 'bar'],
        rows: [
          row('time', figure(seconds, 's'), BARS.seconds, 's', seconds),
          row('memory', figure(megabytes, 'MB'), BARS.megabytes, 'MB', megabytes),
          row('size of the page', figure(size, 'MB'), BARS.page, 'MB', size),
          shown === undefined
            ? ['interactive in Chromium', 'not measured: no Chromium', `≤ ${BARS.interactive} s`]
            : row('interactive in Chromium', figure(shown, 's'), BARS.interactive, 's', shown),
        ],
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const row = (name, text, bar, unit, value) => [name, text, `≤ ${bar} ${unit}: ${verdict(value, bar)}`];

/** Runs the command and looks at its memory ten times a second. */
function measured(args) {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
    let megabytes = 0;
    const look = setInterval(() => {
      megabytes = Math.max(megabytes, residentPeak(child.pid));
    }, 100);
    child.on('close', code => {
      clearInterval(look);
      if (code !== 0) reject(new Error(`report ended with ${code}`));
      else resolve({ seconds: (performance.now() - begin) / 1000, megabytes });
    });
  });
}

/** The highest resident size so far, as Linux counts it. @param {number | undefined} pid */
function residentPeak(pid) {
  try {
    const [, kilobytes = '0'] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1000;
  } catch {
    return 0;
  }
}

function chromiumPath() {
  const named = process.env.CHROMIUM;
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const all = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap(folder => names.map(name => join(folder, name)));
  return [named, ...all].find(path => {
    try {
      if (path) accessSync(path, constants.X_OK);
      return Boolean(path);
    } catch {
      return false;
    }
  });
}

/** Seconds, the middle of several openings. */
async function interactive(page, openings) {
  const executablePath = chromiumPath();
  if (executablePath === undefined) return undefined;
  progress('report: opening the page');
  // the root's, which the tests use: the bench has no browser of its own
  const { chromium } = await import(
    new URL('../node_modules/playwright-core/index.mjs', import.meta.url).href
  );
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const times = [];
    for (let i = 0; i < openings; i++) {
      const tab = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      const begin = performance.now();
      await tab.goto(pathToFileURL(page).href);
      await tab.waitForSelector('html[data-ready]', { state: 'attached' });
      await tab.evaluate(() => document.getElementById('quadrant').scrollIntoView());
      await tab.waitForSelector('#quadrant canvas');
      await tab.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(done))));
      times.push((performance.now() - begin) / 1000);
      await tab.close();
    }
    return median(times);
  } finally {
    await browser.close();
  }
}

await printAlone(import.meta.url, sections);
