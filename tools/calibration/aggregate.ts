import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Consensus, parseConsensus } from '../../src/calibration/consensus.ts';
import { format } from '../semconv/format.ts';
import { agreementPage } from './agreement-page.ts';
import { aggregate } from './consensus.ts';
import { type CalibrationSet, loadSet, SET_FOLDER } from './load.ts';

const HELP = `Makes the reference values from the scenarios and the files of ratings.

  node tools/calibration/aggregate.ts            writes consensus.json and agreement.md of semconv/calibration
  node tools/calibration/aggregate.ts --check    says which of the two is stale, and writes nothing
  node tools/calibration/aggregate.ts DIR        the same for another set: set.json, scenarios/, ratings/

Values that were published under a version stay as they are: raise "version" in set.json first, or, where that version was never
published, add --amend.

Exit codes: 0 all is well, 1 a file is stale, 2 the set cannot be read or its version has to be raised.
`;

/** @throws CalibrationError where a file cannot be read; files of ratings with problems are refused as a whole */
export function build(set: CalibrationSet): { readonly consensus: string; readonly page: string } {
  const broken = set.ratings.find(({ problems }) => problems.length > 0);
  if (broken !== undefined)
    throw new Error(
      `${broken.file}:${broken.problems[0]!.line}: cannot be used; npm run --silent calibration:check says what is wrong`,
    );
  const scenarios = set.scenarios.map(({ scenario }) => scenario);
  const files = set.ratings.flatMap(({ ratings }) => ratings ?? []);
  const about = { set: set.set, version: set.version, sha256: set.sha256 };
  const { consensus, panel } = aggregate(about, scenarios, files);
  return {
    consensus: format(JSON.stringify(consensus), 'consensus.json'),
    page: agreementPage(set, consensus, panel),
  };
}

function main(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      check: { type: 'boolean', default: false },
      amend: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const folder = positionals[0] ?? SET_FOLDER;
  const set = loadSet(folder);
  const { consensus, page } = build(set);
  const files = { 'consensus.json': consensus, 'agreement.md': page };
  const stale = Object.entries(files).filter(
    ([name, text]) => !existsSync(join(folder, name)) || readFileSync(join(folder, name), 'utf8') !== text,
  );
  if (values.check) {
    for (const [name] of stale)
      console.log(`${name}: stale; run npm run --silent calibration:aggregate and commit what it writes`);
    if (stale.length === 0)
      console.log(`${set.set} ${set.version}: consensus.json and agreement.md are fresh`);
    return stale.length === 0 ? 0 : 1;
  }
  const before = published(join(folder, 'consensus.json'));
  if (!values.amend && before?.version === set.version && before.sha256 !== set.sha256)
    throw new Error(
      `version ${set.version} stands with other values already; raise "version" in set.json (README.md, versions)`,
    );
  for (const [name, text] of stale) writeFileSync(join(folder, name), text);
  console.log(`${set.set} ${set.version}: ${stale.map(([name]) => name).join(', ') || 'nothing'} written`);
  return 0;
}

const published = (path: string): Consensus | undefined =>
  existsSync(path) ? parseConsensus(readFileSync(path, 'utf8'), path) : undefined;

if (import.meta.main) {
  try {
    process.exitCode = main(process.argv.slice(2));
  } catch (error) {
    console.error(`aggregate: ${(error as Error).message}`);
    process.exitCode = 2;
  }
}
