import { parseArgs } from 'node:util';
import { aggregate } from './consensus.ts';
import { type Finding, formatFinding, RULES } from './finding.ts';
import { lintRatings } from './lint-ratings.ts';
import { lintScenarios } from './lint-scenarios.ts';
import { type CalibrationSet, loadSet } from './load.ts';

const HELP = `Checks the reference scenarios and the files of ratings.

  node tools/calibration/lint.ts            semconv/calibration
  node tools/calibration/lint.ts DIR        another set: set.json, scenarios/, ratings/

Each problem is one line: FILE:LINE: RULE: what is wrong; what to do.
Exit codes: 0 no problem, 1 problems, 2 the set cannot be read.

Rules:
${Object.entries(RULES)
  .map(([id, text]) => `  ${id.padEnd(18)} ${text}`)
  .join('\n')}
`;

export function lint(set: CalibrationSet): Finding[] {
  const ofRatings = lintRatings(set);
  const scenarios = set.scenarios.map(({ scenario }) => scenario);
  // what the set was designed for: a rater who sees it otherwise tells us something and breaks no rule
  const files = set.ratings.flatMap(({ ratings }) => (ratings?.header.kind === 'author' ? ratings : []));
  return [...lintScenarios(set, aggregate(set, scenarios, files).consensus), ...ofRatings];
}

function main(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const set = loadSet(positionals[0]);
  const findings = lint(set);
  for (const finding of findings) console.log(formatFinding(finding));
  const count = `${set.scenarios.length} scenarios, ${set.pairs.length} pairs, ${set.ratings.length} file${set.ratings.length === 1 ? '' : 's'} of ratings`;
  console.log(
    `${set.set} ${set.version}: ${count}: ${findings.length === 0 ? 'no' : findings.length} problem${findings.length === 1 ? '' : 's'}`,
  );
  return findings.length === 0 ? 0 : 1;
}

if (import.meta.main) {
  try {
    process.exitCode = main(process.argv.slice(2));
  } catch (error) {
    console.error(`lint: ${(error as Error).message}`);
    process.exitCode = 2;
  }
}
