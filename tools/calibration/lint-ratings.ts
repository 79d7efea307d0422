import { fileNameOf, type RatingsFile } from '../../src/pages/rater/ratings.ts';
import { AGREEMENT, SIGNALS } from './consensus.ts';
import type { Finding, RuleId } from './finding.ts';
import type { CalibrationSet, PlacedRatings } from './load.ts';

/** What is wrong with the files of ratings: what a contribution is checked for. */
export function lintRatings(set: CalibrationSet): Finding[] {
  return set.ratings.flatMap(placed => lintFile(placed, set));
}

function lintFile({ file, ratings, problems }: PlacedRatings, set: CalibrationSet): Finding[] {
  const findings: Finding[] = problems.map(({ line, field, message }) => ({
    file,
    line,
    rule: 'ratings',
    message: field === '' ? message : `${field} ${message}`,
    fix: 'see the schema',
  }));
  const report = (rule: RuleId, message: string, fix: string): void => {
    findings.push({ file, line: 1, rule, message, fix });
  };
  if (ratings === undefined) return findings;
  const { header } = ratings;
  const name = fileNameOf(header);
  if (!file.endsWith(`/${name}`))
    report('ratings-name', `the header says ${header.kind} and ${header.rater}`, `name the file ${name}`);
  if (header.synthetic) report('ratings-synthetic', 'the header says synthetic', 'keep it out of ratings/');
  checkContent(ratings, set, report);
  return findings;
}

function checkContent(
  { header, ratings }: RatingsFile,
  { set, scenarios }: CalibrationSet,
  report: (rule: RuleId, message: string, fix: string) => void,
): void {
  if (header.set !== set) {
    report('ratings-set', `the ratings are of ${header.set}`, `this set is ${set}`);
    return;
  }
  const versions = new Map(scenarios.map(({ scenario }) => [scenario.id, scenario.version]));
  for (const { scenario, version } of ratings) {
    const present = versions.get(scenario);
    if (present === undefined) report('ratings-set', `there is no scenario ${scenario}`, 'take the line out');
    else if (version > present)
      report('ratings-set', `${scenario} has version ${present}, not ${version}`, 'write the version rated');
  }
  const valid = ratings.filter(({ scenario, version }) => versions.get(scenario) === version);
  if (valid.length < AGREEMENT.scenarios)
    report(
      'ratings-count',
      `${valid.length} ratings of present texts`,
      `rate ${AGREEMENT.scenarios} or more`,
    );
  for (const signal of SIGNALS)
    if (valid.length > 1 && new Set(valid.map(rating => rating[signal])).size === 1)
      report('ratings-constant', `every ${signal} is ${valid[0]![signal]}`, 'rate each scenario by itself');
}
