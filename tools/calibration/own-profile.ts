/**
 * Our own assessment as a rater: answers, profiles and pictures in semconv/calibration/profiles/otel-alignment.
 *
 *   node tools/calibration/own-profile.ts [--created 2026-11-21]
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Fitted,
  fitProfile,
  parseConsensus,
  parseNativeCsv,
  parseScale,
  type SignalName,
} from '../../src/calibration/index.ts';
import { plotProfile } from '../../src/calibration/plot.ts';
import { createStepAssessor } from '../../src/cli/assess/steps.ts';
import { readSet } from '../../src/cli/calibration/material.ts';
import { stepLines } from '../../src/cli/calibration/run-scenario.ts';
import { SET_FOLDER } from './load.ts';

export const OWN_FOLDER: string = join(SET_FOLDER, 'profiles', 'otel-alignment');

const SCALES = { risk: 'otel-alignment.risk_score', autonomy: 'otel-alignment.autonomy_level' } as const;

/** What `otel-alignment assess` says of every scenario, as `calibration run` writes it. The rules are deterministic: once is enough. */
export function ownRatings(signal: SignalName): string {
  const rows = readSet(undefined).scenarios.map(scenario => {
    const assess = createStepAssessor();
    const results = stepLines(scenario).trimEnd().split('\n').map(assess);
    const last = results.at(-1);
    if (last === undefined || 'problem' in last) throw new Error(`${scenario.id} is not assessed`);
    const { risk_score, autonomy_level } = last.assessed;
    return `${scenario.id},${signal === 'risk' ? risk_score : autonomy_level},1\n`;
  });
  return `scenario_id,score,repeat\n${rows.join('')}`;
}

/** The profile of those answers. @param created `YYYY-MM-DD` */
export function ownProfile(signal: SignalName, ratings: string, created: string): Fitted {
  const read = (...path: string[]): string => readFileSync(join(SET_FOLDER, ...path), 'utf8');
  const id = SCALES[signal];
  return fitProfile({
    ratings: parseNativeCsv(ratings, 'own'),
    scale: parseScale(JSON.parse(read('scales', `${id}.json`)), id),
    consensus: parseConsensus(read('consensus.json'), 'consensus.json'),
    signal,
    created,
  });
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === import.meta.filename) {
  const { values } = parseArgs({ options: { created: { type: 'string' } } });
  const created = values.created ?? new Date().toISOString().slice(0, 10);
  mkdirSync(OWN_FOLDER, { recursive: true });
  for (const signal of ['risk', 'autonomy'] as const) {
    const ratings = ownRatings(signal);
    const fitted = ownProfile(signal, ratings, created);
    const at = (name: string): string => join(OWN_FOLDER, `${signal}.${name}`);
    writeFileSync(at('csv'), ratings);
    writeFileSync(at('profile.json'), `${JSON.stringify(fitted.profile, undefined, 2)}\n`);
    writeFileSync(at('svg'), plotProfile(fitted));
    const { grade, delta_mean, delta_p95, kendall_tau_b, interval90_halfwidth } = fitted.profile.quality;
    process.stdout.write(
      `${signal}: grade ${grade}, mean ${delta_mean.toFixed(3)}, 95 % below ${delta_p95.toFixed(3)}, tau-b ${kendall_tau_b.toFixed(2)}, interval ± ${interval90_halfwidth.toFixed(3)}\n`,
    );
  }
}
