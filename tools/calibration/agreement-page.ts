import type { Consensus } from '../../src/calibration/consensus.ts';
import { AGREEMENT, CONTESTED_SD, type Panel, SIGNALS, SYNTHETIC_SET } from './consensus.ts';
import type { CalibrationSet } from './load.ts';
import { AUTONOMY_BANDS, RISK_BANDS, strata } from './strata.ts';

const number = (value: number | undefined, digits = 3): string =>
  value === undefined ? 'not defined' : value.toFixed(digits);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, at) => Math.max(cell.length, ...rows.map(row => row[at]!.length), 3));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`;
  return [line(head), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** `agreement.md`: how far the panel agrees, and how the set is spread. Made from the same files as the values. */
export function agreementPage(set: CalibrationSet, consensus: Consensus, panel: Panel): string {
  const entries = Object.entries(consensus.scenarios);
  const statuses = ['agreed', 'proposed', 'contested'].map(
    status => `${entries.filter(([, entry]) => entry.status === status).length} ${status}`,
  );
  const kinds = Object.entries(panel.kinds).map(([kind, count]) => `${count} ${kind}`);
  return `# Agreement on ${consensus.set} ${consensus.version}

Generated from \`scenarios/\` and \`ratings/\` by \`tools/calibration/aggregate.ts\`. \`semconv/calibration/README.md\` says what the words mean.
${SYNTHETIC_SET.test(set.set) ? '\n**All of this is made up**, scenarios and raters: it shows what the statistics look like, and nobody said any of it.\n' : ''}
**Values:** ${statuses.join(', ')}. **Raters:** ${kinds.join(', ') || 'none'}.

${verdict(panel)}

## Raters

${table(
  ['People', 'alpha, interval', 'alpha, ordinal', 'alpha, nominal (bands)', 'ICC(2,k)'],
  SIGNALS.map(signal => {
    const { alpha, icc2k } = panel.agreement[signal];
    return [signal, number(alpha.interval), number(alpha.ordinal), number(alpha.nominal), number(icc2k)];
  }),
)}

Ratings of people only; with fewer than two there is nothing to compare. Scenarios with ratings of at least ${AGREEMENT.humanRaters} people: ${panel.covered}.

## Contested

${contested(consensus)}

## Spread

Scenarios by their reference values, risk down, autonomy across:

${table(
  ['Risk', ...AUTONOMY_BANDS.map(band => `${band} autonomy`)],
  strata(consensus).map((row, at) => [RISK_BANDS[at]!, ...row.map(ids => String(ids.length))]),
)}
${set.pairs.length > 0 ? pairsPart(set, consensus) : ''}`;
}

function pairsPart(set: CalibrationSet, consensus: Consensus): string {
  return `
## Pairs

Two scenarios that differ in one thing, and what that does to the values. An involvement or authorization that changes the risk, or an
environment that changes the autonomy, would say that raters mix up the two scales.

${table(
  ['Differs', 'Scenarios', 'Risk', 'Autonomy', 'As expected'],
  set.pairs.map(({ factor, scenarios: [a, b], expect }) => {
    const from = consensus.scenarios[a];
    const to = consensus.scenarios[b];
    const moved = SIGNALS.map(signal => ({
      from: from?.[signal]?.mean ?? Number.NaN,
      to: to?.[signal]?.mean ?? Number.NaN,
      expect: expect[signal],
    }));
    return [
      factor,
      `${a}, ${b}`,
      ...moved.map(pair => `${number(pair.from, 2)} → ${number(pair.to, 2)}`),
      moved.every(pair => asExpected(pair.to - pair.from, pair.expect)) ? 'yes' : '**no**',
    ];
  }),
)}
`;
}

/** A rise is at least half a step between two anchors of the scale; the same is less than that. */
export const asExpected = (difference: number, expect: 'rises' | 'same'): boolean =>
  expect === 'rises' ? difference >= 0.1 : Math.abs(difference) < 0.1;

function verdict({ kinds, reliable }: Panel): string {
  if (reliable) return 'Enough people agree well enough for values to be called agreed.';
  const people = kinds.human ?? 0;
  return `**Nothing here is agreed.** That takes ${AGREEMENT.humanRaters} people who rated ${AGREEMENT.scenarios} scenarios or more with Krippendorff's alpha (interval) of at least ${AGREEMENT.alpha} on
both scales; there ${people === 1 ? 'is 1 person' : `are ${people} people`} so far. ${people === 0 ? "The values are the authors' own proposal: one rubric, applied by those who wrote the scenarios." : 'The values are a proposal.'}`;
}

function contested({ scenarios }: Consensus): string {
  const ids = Object.entries(scenarios).filter(([, { status }]) => status === 'contested');
  if (ids.length === 0) return `None: no standard deviation is above ${CONTESTED_SD}.`;
  return table(
    ['Scenario', 'sd of risk', 'sd of autonomy', 'Raters'],
    ids.map(([id, { risk, autonomy }]) => [
      id,
      number(risk?.sd ?? undefined, 2),
      number(autonomy?.sd ?? undefined, 2),
      String(risk?.n ?? 0),
    ]),
  );
}
