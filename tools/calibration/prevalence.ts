// What profiles do to the share of grave events: measured on made-up providers whose truth is known.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyProfile, declare, fitProfile } from '../../src/calibration/index.ts';
import { answers, noise, PROVIDERS, panel } from '../../src/calibration/testing/simulate.ts';
import { SET_FOLDER } from './load.ts';

const THRESHOLD = 0.6;
const PROFILES = 40;
const EVENTS = 5000;
const DAY = '2026-11-21';

export interface Shares {
  readonly provider: string;
  /** Of events above the threshold, range [0, 1]: in truth, by plain rescaling, and by each profile the lowest and the highest. */
  readonly truth: number;
  readonly declared: number;
  readonly profiled: { readonly mean: number; readonly lowest: number; readonly highest: number };
  /** Profiles that reached a grade. The others map nothing, and are left out of `profiled`. */
  readonly graded: number;
}

export function prevalence(): Shares[] {
  return PROVIDERS.map(provider => {
    const from = noise(1);
    let [grave, declared] = [0, 0];
    const shares: number[] = [];
    for (let made = 0; made < PROFILES; made++) {
      const { consensus, truths } = panel(60, 20, from);
      const ratings = answers(provider, truths, 3, from);
      const { profile } = fitProfile({ ratings, scale: provider.scale, consensus, created: DAY });
      let profiled = 0;
      for (let event = 0; event < EVENTS; event++) {
        const truth = from.beta(1.2, 5);
        const native = provider.rate(truth, from);
        if (truth > THRESHOLD) grave += 1;
        if (declare(provider.scale, native).score! > THRESHOLD) declared += 1;
        if (applyProfile(profile, native, DAY).score! > THRESHOLD) profiled += 1;
      }
      if (profile.quality.grade !== 'none') shares.push(profiled / EVENTS);
    }
    if (shares.length === 0) throw new Error(`no profile of ${provider.name} reached a grade`);
    return {
      provider: provider.name,
      truth: grave / (PROFILES * EVENTS),
      declared: declared / (PROFILES * EVENTS),
      profiled: {
        mean: shares.reduce((sum, share) => sum + share, 0) / shares.length,
        lowest: Math.min(...shares),
        highest: Math.max(...shares),
      },
      graded: shares.length,
    };
  });
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export function prevalencePage(shares: readonly Shares[]): string {
  const rows = shares.map(({ provider, truth, declared, profiled, graded }) =>
    [
      provider.padEnd(10),
      percent(truth).padEnd(6),
      percent(declared).padEnd(15),
      `${graded} of ${PROFILES}`.padEnd(10),
      percent(profiled.mean).padEnd(14),
      `${percent(profiled.lowest)} to ${percent(profiled.highest)}`.padEnd(17),
    ].join(' | '),
  );
  return `# Why a profile does not license prevalence

Share of events above ${THRESHOLD} on the reference scale, in traffic where grave events are rare (Beta(1.2, 5)). Five made-up providers with
scales as they are found in the wild, each with noise of a tenth of the reference scale; ${PROFILES} profiles each, of 60 anchors with five raters and
three answers; ${EVENTS} events a profile.

| Scale      | Truth  | Plain rescaling | Graded     | Profiled, mean | Profiled, range   |
| ---------- | ------ | --------------- | ---------- | -------------- | ----------------- |
${rows.map(row => `| ${row} |`).join('\n')}

The last two columns are of the profiles that reached a grade (A to C). One without a grade maps nothing: what is left of it is plain
rescaling, with all of its error. Most profiles are good ones, and still the shares that they give differ from the truth and from each other: a scorer's noise lifts ordinary
events over a high threshold, and there are far more ordinary events. Nor does a better map help; what is lost in the noise is lost. Whoever
compares how often grave things happen needs a sample of each provider's own events, labelled by people.

Made by \`node tools/calibration/prevalence.ts --write\`.
`;
}

if (import.meta.main) {
  const page = prevalencePage(prevalence());
  if (process.argv.includes('--write')) writeFileSync(join(SET_FOLDER, 'prevalence.md'), page);
  console.log(page);
}
