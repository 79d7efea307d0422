// The order of the reference values beside that of the cluster means published by others. Reported, never tuned on.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseConsensus } from '../../src/calibration/consensus.ts';
import { kendallTauB, spearman } from '../../src/calibration/statistics/index.ts';
import { SIGNALS } from './consensus.ts';
import { SET_FOLDER } from './load.ts';

interface Published {
  readonly clusters: readonly { readonly risk: number; readonly autonomy: number }[];
}
interface Nearest {
  readonly clusters: readonly { readonly kind: string; readonly scenario: string }[];
}

const NEAREST: string = resolve(import.meta.dirname, 'external-clusters.json');
const PUBLISHED = 'published/anthropic-2026-02-clusters.json';
/** Spearman's correlation that ten pairs without any relation exceed in size once in twenty times. */
const CHANCE = 0.648;

export interface ExternalCheck {
  readonly n: number;
  readonly risk: { readonly spearman: number; readonly kendall: number };
  readonly autonomy: { readonly spearman: number; readonly kendall: number };
}

/** @param data folder with the published clusters */
export function externalCheck(data: string): ExternalCheck {
  const { clusters: published } = JSON.parse(readFileSync(join(data, PUBLISHED), 'utf8')) as Published;
  const { clusters: nearest } = JSON.parse(readFileSync(NEAREST, 'utf8')) as Nearest;
  if (published.length !== nearest.length)
    throw new Error(`${published.length} published clusters, ${nearest.length} in external-clusters.json`);
  const path = join(SET_FOLDER, 'consensus.json');
  const { scenarios } = parseConsensus(readFileSync(path, 'utf8'), path);
  const [risk, autonomy] = SIGNALS.map(signal => {
    const ours = nearest.map(({ scenario }) => scenarios[scenario]![signal]!.mean);
    const theirs = published.map(cluster => cluster[signal]);
    return { spearman: spearman(ours, theirs)!, kendall: kendallTauB(ours, theirs)! };
  });
  return { n: published.length, risk: risk!, autonomy: autonomy! };
}

export function externalPage({ n, ...of }: ExternalCheck): string {
  const rows = SIGNALS.map(
    signal =>
      `| ${signal.padEnd(8)} | ${of[signal].spearman.toFixed(2).padEnd(8)} | ${of[signal].kendall.toFixed(2).padEnd(13)} |`,
  );
  return `# A check against published numbers

McCain et al., _[Measuring AI agent autonomy in practice](https://www.anthropic.com/research/measuring-agent-autonomy)_ (2026), publish mean risk
and autonomy of ${n} clusters of tool calls, rated by a model on a scale from 1 to 10. For each cluster one scenario of ours is nearest in
kind (\`tools/calibration/external-clusters.json\`). Rank correlation of the reference values with the published means, n = ${n}:

| Scale    | Spearman | Kendall tau-b |
| -------- | -------- | ------------- |
${rows.join('\n')}

**What this says, and what it does not.** Ten unrelated pairs exceed a Spearman correlation of ${CHANCE} in size once in twenty times. The clusters are
means over many calls that nobody else can read, our scenarios are single calls; and those who wrote the scenarios knew the published
numbers. So a high figure is no proof, and nothing was changed after this one was computed. The published means are on no reference scale:
no profile can be made of them.

Made by \`ALIGNMENT_DATA=FOLDER node tools/calibration/external-check.ts --write\`; the published numbers are not in this repository.
`;
}

if (import.meta.main) {
  const data = process.env['ALIGNMENT_DATA'];
  if (data === undefined)
    console.log(`external check: skipped, ALIGNMENT_DATA names no folder with ${PUBLISHED}`);
  else {
    const page = externalPage(externalCheck(data));
    if (process.argv.includes('--write')) writeFileSync(join(SET_FOLDER, 'external-check.md'), page);
    console.log(page);
  }
}
