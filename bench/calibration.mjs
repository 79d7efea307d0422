// How well profiles do on made-up providers whose truth is known, and what fitting costs.
import { applyProfile, declare, fitProfile, krippendorffAlpha, summarize } from '../src/calibration/index.ts';
import { answers, noise, PROVIDERS, panel } from '../src/calibration/testing/simulate.ts';
import { ownProfile, ownRatings } from '../tools/calibration/own-profile.ts';
import { figure, printAlone, progress, verdict } from './lib/report.mjs';
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

/** @returns {Promise<import('./lib/report.mjs').Section[]>} */
export async function sections({ full = false } = {}) {
  // the cost of a cold process first
  const fitting = cost();
  return [quality(full ? RUNS.full : RUNS.quick), fitting, own()];
}

function quality(runs) {
  const rows = [];
  for (const repeats of [1, 3]) {
    for (const provider of PROVIDERS) {
      progress(`calibration: ${provider.name}, ${repeats} answers a scenario`);
      rows.push(row(provider, repeats, runs));
    }
  }
  return {
    title: `Profiles of made-up providers, ${ANCHORS} anchors`,
    head: [
      'provider',
      'answers',
      'floor',
      'plain rescale',
      'profile',
      'to the floor',
      'to rescale',
      '90 % interval, uniform',
      'skewed',
      'grades A/B/C/none',
    ],
    rows,
    notes: [
      `Root mean square error on the reference scale, ${runs} panels of five raters (standard deviation 0.15 each), ${TRAFFIC} single readings each; provider noise 0.1 of the scale. The floor is the error of the best map there can be: the mean truth behind each native value, of ${FLOOR_SAMPLES} readings.`,
      `Bars: error ≤ ${OVER_FLOOR} × the floor and ≤ ${OVER_RESCALE} × plain rescale; intervals hold the truth in ${UNIFORM[0] * 100}–${UNIFORM[1] * 100} % of uniform traffic and in ≥ ${SKEWED * 100} % of skewed traffic (Beta(1.2, 5)).`,
    ],
  };
}

function row(provider, repeats, runs) {
  const from = noise(20261121 + repeats);
  const sums = { error: 0, rescale: 0, uniform: 0, skewed: 0, readings: 0 };
  const grades = { A: 0, B: 0, C: 0, none: 0 };
  for (let run = 0; run < runs; run++) {
    const { consensus, truths } = panel(ANCHORS, VERIFICATION, from);
    const ratings = answers(provider, truths, repeats, from);
    const { profile } = fitProfile({ ratings, scale: provider.scale, consensus, created: DAY });
    grades[profile.quality.grade] += 1;
    for (let index = 0; index < TRAFFIC; index++) {
      const truth = from.uniform();
      const native = provider.rate(truth, from);
      const { score, interval } = applyProfile(profile, native, DAY);
      sums.error += (score - truth) ** 2;
      sums.rescale += (declare(provider.scale, native).score - truth) ** 2;
      sums.uniform += holds(interval, truth);
      const rare = from.beta(1.2, 5);
      sums.skewed += holds(applyProfile(profile, provider.rate(rare, from), DAY).interval, rare);
      sums.readings += 1;
    }
  }
  const error = Math.sqrt(sums.error / sums.readings);
  const rescale = Math.sqrt(sums.rescale / sums.readings);
  const floor = floorOf(provider);
  const [uniform, skewed] = [sums.uniform / sums.readings, sums.skewed / sums.readings];
  return [
    provider.name,
    `${repeats}`,
    floor.toFixed(4),
    rescale.toFixed(4),
    error.toFixed(4),
    `${(error / floor).toFixed(3)} ×: ${verdict(error / floor, OVER_FLOOR)}`,
    `${(error / rescale).toFixed(3)} ×: ${verdict(error / rescale, OVER_RESCALE)}`,
    `${percent(uniform)}: ${uniform >= UNIFORM[0] && uniform <= UNIFORM[1] ? 'met' : 'missed'}`,
    `${percent(skewed)}: ${skewed >= SKEWED ? 'met' : 'missed'}`,
    ['A', 'B', 'C', 'none'].map(grade => Math.round((100 * grades[grade]) / runs)).join('/'),
  ];
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

await printAlone(import.meta.url, sections);
