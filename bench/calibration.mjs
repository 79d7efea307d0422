// How well profiles do on made-up providers whose truth is known, and what fitting costs.
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import {
  applyProfile,
  declare,
  fitProfile,
  krippendorffAlpha,
  summarize,
  verifyProfile,
} from '../src/calibration/index.ts';
import { answers, noise, PROVIDERS, panel } from '../src/calibration/testing/simulate.ts';
import { ownProfile, ownRatings } from '../tools/calibration/own-profile.ts';
import { figure, machine, printAlone, progress, toMarkdown, verdict } from './lib/report.mjs';
import { median } from './lib/stats.mjs';

const ANCHORS = 60;
const VERIFICATION = 20;
const RUNS = { quick: 200, full: 1000 };
const TRAFFIC = 500;
const FLOOR_SAMPLES = 400_000;
const OVER_FLOOR = 1.1;
const OVER_RESCALE = 1.01;
const UNIFORM = [0.88, 0.94];
const SKEWED = 0.88;
const FIT_BAR = 100;
const DAY = '2026-11-21';

/** The control strip, the verification scenarios, the whole set: how many scenarios are answered again. */
const AGAIN = [12, 20, 80];
/** For one panel of the other table so many here: a rate of 5 % takes more. */
const DRIFT_RUNS = 3;
const FALSE_ALARMS = 0.05;
/** A shift of the rater, in parts of its scale, that verify should see. */
const SHIFT = 0.1;

/**
 * @param {{ full?: boolean, runs?: number }} options `runs`: panels a provider, for a short trial
 * @returns {Promise<import('./lib/report.mjs').Section[]>}
 */
export async function sections({ full = false, runs = full ? RUNS.full : RUNS.quick } = {}) {
  // the cost of a cold process first
  const fitting = cost();
  return [quality(runs), drift(DRIFT_RUNS * runs), fitting, own()];
}

function quality(runs) {
  const rows = [];
  for (const provider of PROVIDERS) {
    const floor = floorOf(provider);
    for (const repeats of [1, 3]) {
      progress(`calibration: ${provider.name}, ${repeats} answers a scenario`);
      rows.push(row(provider, repeats, runs, floor));
    }
  }
  return {
    title: `Profiles of made-up providers, ${ANCHORS} anchors`,
    head: [
      'provider',
      'answers',
      'without grade',
      'floor',
      'plain rescale',
      'profile',
      'to the floor',
      'to rescale',
      '90 % interval, uniform',
      'skewed',
      'the same of all maps: to the floor, uniform, skewed',
      'grades A/B/C/none',
    ],
    rows,
    notes: [
      `Root mean square error on the reference scale, ${runs} panels of five raters (standard deviation 0.15 each), ${TRAFFIC} single readings each; provider noise 0.1 of the scale. The floor is the error of the best map there can be: the mean truth behind each native value, of ${FLOOR_SAMPLES} readings.`,
      `A profile without a grade maps nothing: its scores are rescaled by their range, without an interval. Errors and intervals are those of the profiles with a grade; "without grade" is the share of the others. The last column but one measures every map that was fitted, with a grade or not, so that the choice flatters nobody.`,
      `Bars: error ≤ ${OVER_FLOOR} × the floor and ≤ ${OVER_RESCALE} × plain rescale; intervals hold the truth in ${UNIFORM[0] * 100}–${UNIFORM[1] * 100} % of uniform traffic and in ≥ ${SKEWED * 100} % of skewed traffic (Beta(1.2, 5)).`,
    ],
  };
}

const empty = () => ({ error: 0, rescale: 0, uniform: 0, skewed: 0, readings: 0 });

function row(provider, repeats, runs, floor) {
  const from = noise(20261121 + repeats);
  const [graded, all] = [empty(), empty()];
  const grades = { A: 0, B: 0, C: 0, none: 0 };
  for (let run = 0; run < runs; run++) {
    const { consensus, truths } = panel(ANCHORS, VERIFICATION, from);
    const ratings = answers(provider, truths, repeats, from);
    const { profile } = fitProfile({ ratings, scale: provider.scale, consensus, created: DAY });
    const { quality } = profile;
    grades[quality.grade] += 1;
    const into = quality.grade === 'none' ? [all] : [all, graded];
    // the map itself, whatever its grade
    const map = {
      ...profile,
      quality: { ...quality, grade: quality.grade === 'none' ? 'C' : quality.grade },
    };
    for (let index = 0; index < TRAFFIC; index++) {
      const truth = from.uniform();
      const native = provider.rate(truth, from);
      const { score, interval } = applyProfile(map, native, DAY);
      const rare = from.beta(1.2, 5);
      const skewed = applyProfile(map, provider.rate(rare, from), DAY).interval;
      for (const sums of into) {
        sums.error += (score - truth) ** 2;
        sums.rescale += (declare(provider.scale, native).score - truth) ** 2;
        sums.uniform += holds(interval, truth);
        sums.skewed += holds(skewed, rare);
        sums.readings += 1;
      }
    }
  }
  const [none, ofAll] = [grades.none / runs, measured(all, floor)];
  const head = [provider.name, `${repeats}`, percent(none), floor.toFixed(4)];
  const tail = [
    `${ofAll.toFloor.toFixed(3)} ×, ${percent(ofAll.uniform)}, ${percent(ofAll.skewed)}`,
    ['A', 'B', 'C', 'none'].map(grade => Math.round((100 * grades[grade]) / runs)).join('/'),
  ];
  if (graded.readings === 0) return [...head, ...Array(6).fill('no profile has a grade'), ...tail];
  const { rescale, error, toFloor, toRescale, uniform, skewed } = measured(graded, floor);
  return [
    ...head,
    rescale.toFixed(4),
    error.toFixed(4),
    `${toFloor.toFixed(3)} ×: ${verdict(toFloor, OVER_FLOOR)}`,
    `${toRescale.toFixed(3)} ×: ${verdict(toRescale, OVER_RESCALE)}`,
    `${percent(uniform)}: ${uniform >= UNIFORM[0] && uniform <= UNIFORM[1] ? 'met' : 'missed'}`,
    `${percent(skewed)}: ${skewed >= SKEWED ? 'met' : 'missed'}`,
    ...tail,
  ];
}

function measured(sums, floor) {
  const error = Math.sqrt(sums.error / sums.readings);
  const rescale = Math.sqrt(sums.rescale / sums.readings);
  return {
    error,
    rescale,
    toFloor: error / floor,
    toRescale: error / rescale,
    uniform: sums.uniform / sums.readings,
    skewed: sums.skewed / sums.readings,
  };
}

/** How often verify says that a rater drifted: one that is as it was, and one that has become bolder. */
function drift(runs) {
  const rows = [];
  for (const provider of PROVIDERS) {
    for (const repeats of [1, 3]) {
      progress(`calibration: drift of ${provider.name}, ${repeats} answers a scenario`);
      const from = noise(100 * rows.length + 7);
      const counts = AGAIN.map(() => ({ same: 0, bolder: 0 }));
      for (let run = 0; run < runs; run++) {
        const { consensus, truths } = panel(ANCHORS, VERIFICATION, from);
        const ratings = answers(provider, truths, repeats, from);
        const { profile } = fitProfile({ ratings, scale: provider.scale, consensus, created: DAY });
        for (const [index, count] of AGAIN.entries()) {
          const step = truths.size / count;
          const some = [...truths].filter((_, at) => Math.floor((at + 1) / step) > Math.floor(at / step));
          const bolder = some.map(([id, truth]) => [id, Math.min(1, truth + SHIFT)]);
          const drifted = given =>
            verifyProfile(profile, answers(provider, new Map(given), repeats, from), consensus).drifted;
          counts[index].same += drifted(some) === true ? 1 : 0;
          counts[index].bolder += drifted(bolder) === true ? 1 : 0;
        }
      }
      rows.push([
        provider.name,
        `${repeats}`,
        ...counts.map(({ same, bolder }) => `${percent(same / runs)}; ${percent(bolder / runs)}`),
      ]);
    }
  }
  const rates = rows.flatMap(cells => cells.slice(2).map(cell => Number.parseFloat(cell)));
  const average = rates.reduce((sum, rate) => sum + rate, 0) / rates.length / 100;
  return {
    title: 'Verifying: a false alarm, and a rater that changed',
    head: ['provider', 'answers', ...AGAIN.map(count => `${count} scenarios again`)],
    rows,
    notes: [
      `Share of ${runs} verifications that say "drifted": of a rater that is as it was (a false alarm); then of one that says ${SHIFT} of the reference scale more than before.`,
      `False alarms on average: ${percent(average)}, at most ${Math.max(...rates).toFixed(1)} % in a cell; bar on average ≤ ${100 * FALSE_ALARMS} %: ${average <= FALSE_ALARMS * 1.1 ? 'met' : 'missed'} (a tenth is left to chance).`,
    ],
  };
}

const holds = ([low, high], truth) => (truth >= low && truth <= high ? 1 : 0);
const percent = share => `${(100 * share).toFixed(1)} %`;

function floorOf(provider) {
  const from = noise(7);
  const cells = new Map();
  for (let index = 0; index < FLOOR_SAMPLES; index++) {
    const truth = from.uniform();
    const native = provider.rate(truth, from);
    const cell = cells.get(native) ?? { n: 0, sum: 0, squares: 0 };
    cells.set(native, {
      n: cell.n + 1,
      sum: cell.sum + truth,
      squares: cell.squares + truth ** 2,
    });
  }
  let squares = 0;
  for (const cell of cells.values()) squares += cell.squares - cell.sum ** 2 / cell.n;
  return Math.sqrt(squares / FLOOR_SAMPLES);
}

function cost() {
  progress('calibration: cost of a fit');
  const from = noise(3);
  const { consensus, truths } = panel(80, 20, from);
  const [linear] = PROVIDERS;
  const continuous = { id: 'made-up.continuous', type: 'interval', min: 0, max: 1 };
  const raters = [...truths].map(([id, truth]) => [
    id,
    Array.from({ length: 50 }, () => Math.min(1, Math.max(0, truth + 0.15 * from.normal()))),
  ]);
  const native = raters.flatMap(([scenario, values]) =>
    values.map((value, index) => ({ scenario, score: String(value), repeat: index + 1, line: 1 })),
  );
  const fromPanel = () => {
    const scenarios = Object.fromEntries(
      raters.map(([id, values]) => [id, { ...consensus.scenarios[id], risk: summarize(values) }]),
    );
    const units = raters.map(([, values]) => values);
    for (const level of ['nominal', 'ordinal', 'interval']) krippendorffAlpha(units, level);
    const ratings = answers(linear, truths, 3, from);
    fitProfile({ ratings, scale: linear.scale, consensus: { ...consensus, scenarios }, created: DAY });
  };
  const fromReadings = () => fitProfile({ ratings: native, scale: continuous, consensus, created: DAY });
  const rows = [
    ['a panel of 50 on 100 scenarios: robust means, α at three levels, and a fit', fromPanel],
    ['a rater with 50 answers to each of 100 scenarios, continuous scale: a fit', fromReadings],
  ].map(([name, act]) => {
    const begin = performance.now();
    act();
    const first = performance.now() - begin;
    const times = Array.from({ length: 15 }, () => {
      const start = performance.now();
      act();
      return performance.now() - start;
    });
    return [
      name,
      figure(first, 'ms'),
      figure(median(times), 'ms'),
      `≤ ${FIT_BAR} ms: ${verdict(first, FIT_BAR)}`,
    ];
  });
  return {
    title: 'Fitting a profile',
    head: ['input', 'first in a process', 'median of 15 more', 'bar (first)'],
    rows,
    notes: [],
  };
}

function own() {
  const rows = ['risk', 'autonomy'].map(signal => {
    const { profile } = ownProfile(signal, ownRatings(signal), DAY);
    const { grade, delta_mean, delta_p95, bias, kendall_tau_b, interval90_halfwidth } = profile.quality;
    return [
      signal,
      `**${grade}**`,
      delta_mean.toFixed(3),
      delta_p95.toFixed(3),
      bias.toFixed(3),
      kendall_tau_b.toFixed(2),
      `± ${interval90_halfwidth.toFixed(3)}`,
    ];
  });
  return {
    title: 'The first rater: our own rules on the 80 reference scenarios',
    head: ['signal', 'grade', 'mean difference', '95 % below', 'bias', "Kendall's tau-b", '90 % interval'],
    rows,
    notes: [
      'Circular: the authors of the rules are the authors of the scenarios and, so far, their only raters. `semconv/calibration/profiles/otel-alignment` has the answers, the profiles and what they mean.',
    ],
  };
}

await printAlone(import.meta.url, async options => {
  const made = await sections(options);
  if (process.argv.includes('--write'))
    writeFileSync(
      new URL('calibration-results.md', import.meta.url),
      `# How well profiles do

Written by \`node bench/calibration.mjs${options.full ? ' --full' : ''} --write\` on ${machine()}, load ${loadavg()[0].toFixed(1)}. All but the
times follow from the seeds. A bar that is missed is marked; none fails the run.

${made.map(toMarkdown).join('\n')}`,
    );
  return made;
});
