import { AREAS, type Area, type Finding, type Status } from './finding.ts';

const TITLES: Readonly<Record<Area, string>> = {
  node: 'Node',
  packages: 'Packages',
  provider: 'The running application',
  collector: 'Collector',
  agents: 'Command-line agents',
};

const LABEL: Readonly<Record<Status, string>> = {
  ok: 'ok',
  note: 'note',
  warning: 'warning',
  problem: 'PROBLEM',
};
const WIDTH = Math.max(...Object.values(LABEL).map(label => label.length));

export const countOf = (findings: readonly Finding[], status: Status): number =>
  findings.filter(finding => finding.status === status).length;

/** The findings for a person. */
export function describeFindings(findings: readonly Finding[]): string {
  const lines = AREAS.flatMap(area => {
    const some = findings.filter(finding => finding.area === area);
    return some.length === 0 ? [] : [TITLES[area], ...some.flatMap(lineOf), ''];
  });
  return `${lines.join('\n')}\n${verdict(findings)}\n`;
}

function lineOf({ status, message, mend }: Finding): string[] {
  const first = `  ${LABEL[status].padEnd(WIDTH)}  ${plain(message)}`;
  return mend === undefined ? [first] : [first, `  ${' '.repeat(WIDTH)}  → ${plain(mend)}`];
}

function verdict(findings: readonly Finding[]): string {
  const problems = countOf(findings, 'problem');
  const warnings = countOf(findings, 'warning');
  if (problems + warnings === 0) return 'Nothing to mend.';
  return [counted(problems, 'problem'), counted(warnings, 'warning')].filter(text => text !== '').join(', ');
}

const counted = (count: number, word: string): string =>
  count === 0 ? '' : `${count} ${word}${count === 1 ? '' : 's'}`;

/** Names of files and packages must not steer the terminal. */
const plain = (text: string): string => text.replace(/\p{Cc}/gu, ' ');
