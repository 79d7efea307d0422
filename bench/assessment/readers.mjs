// The rules against people's and our own labels: `test/assess/labelled.jsonl` (two readers' consensus) and `test/assess/unseen.jsonl`.
import { agreement, FIELDS, readItems } from '../../test/assess/compare.ts';

const BARS = { action_type: 0.95, reversibility: 0.95, authorization: 0.85, autonomy_level: 0.85 };

/**
 * Share of the calls of each round on which the rules said what the label says when they were first run on them, measured then and kept here: afterwards the rules were corrected
 * for what the round had shown, so that it cannot be measured again.
 */
export const FIRST_TRY = [
  { round: 1, action_type: 0.894, reversibility: 0.898, risk_level: 0.838, authorization: 0.779 },
  { round: 2, action_type: 0.827, reversibility: 0.846, risk_level: 0.75, authorization: 0.675 },
  { round: 3, action_type: 0.902, reversibility: 0.928, risk_level: 0.85, authorization: 0.881 },
  { round: 4, action_type: 0.912, reversibility: 0.934, risk_level: 0.891, authorization: 0.814 },
  { round: 5, action_type: 0.5, reversibility: 0.477, risk_level: 0.439, authorization: 0.417 },
];

const percent = share => `${(100 * share).toFixed(1)} %`;
const rows = cells => cells.map(row => `| ${row.join(' | ')} |`).join('\n');

/** What the rules say beside the readers' consensus, by label. */
export function readersTable() {
  const items = readItems('labelled.jsonl');
  return rows([
    ['label', 'rules say the same', 'bar'],
    ['---', '---', '---'],
    ...FIELDS.map(field => {
      const { share, total } = agreement(items, field);
      const bar = BARS[field];
      const verdict = bar === undefined ? '' : `${100 * bar} %: ${share >= bar ? 'met' : 'missed'}`;
      return [`\`${field}\``, `${percent(share)} of ${total}`, verdict];
    }),
  ]);
}

/** The rounds of unseen calls: the first try, and now. */
export function unseenTable() {
  const items = readItems('unseen.jsonl');
  const fields = FIELDS.filter(field => field !== 'autonomy_level');
  return rows([
    ['round', 'calls', ...fields.map(field => `\`${field}\`: first try, now`)],
    ['---', '---', ...fields.map(() => '---')],
    ...FIRST_TRY.map(first => {
      const own = items.filter(item => item.round === first.round);
      const cells = fields.map(field => `${percent(first[field])}, ${percent(agreement(own, field).share)}`);
      return [first.round, own.length, ...cells];
    }),
  ]);
}

/**
 * Recorded steps of the sets, labelled by two readers who had the step, the person's last words and the definitions, and not the rules. The steps are not ours to publish, so these
 * figures were taken when they were labelled and are kept here: shares of the steps on which both readers say the same. `before`: the rules that had met neither sample. Of the
 * first sample (260 steps) single cases of one half were looked at while the rules were corrected, and of the other half the totals. The second (136 steps of other sessions) was labelled
 * afterwards: `after` is the first try of the corrected rules, `since` what they say now that they were corrected for it, too. The third (130 steps that neither has) was labelled when that was done, the fourth (128 that none has) when the rules had been corrected for the third.
 */
export const RECORDED = [
  {
    field: 'action_type',
    readers: 0.968,
    first: { before: 0.788, looked: 0.969, other: 0.894 },
    second: { before: 0.763, after: 0.885, withArguments: 0.939, since: 0.969 },
    third: { after: 0.961, withArguments: 0.983, since: 0.969 },
    fourth: { after: 0.943, withArguments: 0.941 },
  },
  {
    field: 'reversibility',
    readers: 0.929,
    first: { before: 0.624, looked: 0.653, other: 0.619 },
    second: { before: 0.732, after: 0.724, withArguments: 0.937, since: 0.748 },
    third: { after: 0.892, withArguments: 0.93, since: 0.917 },
    fourth: { after: 0.899, withArguments: 0.93 },
  },
  {
    field: 'risk_level',
    readers: 0.945,
    first: { before: 0.566, looked: 0.942, other: 0.843 },
    second: { before: 0.74, after: 0.779, withArguments: 0.806, since: 0.855 },
    third: { after: 0.793, withArguments: 0.793, since: 0.86 },
    fourth: { after: 0.822, withArguments: 0.823 },
  },
  {
    field: 'authorization',
    readers: 0.977,
    first: { before: 0.438, looked: 0.99, other: 0.866 },
    second: { before: 0.457, after: 0.739, withArguments: 0.702, since: 0.946 },
    third: { after: 0.869, withArguments: 0.851, since: 0.857 },
    fourth: { after: 0.777, withArguments: 0.767 },
  },
];

/** What the rules say of recorded steps beside two readers. */
export function recordedTable() {
  return rows([
    [
      'label',
      'readers agree (first sample)',
      'first sample: before',
      'half looked at',
      'other half',
      'second sample: before',
      'first try',
      'of it, arguments recorded',
      'third sample: first try',
      'of it, arguments recorded',
      'since corrected',
      'fourth sample: first try',
      'of it, arguments recorded',
    ],
    Array.from({ length: 13 }, () => '---'),
    ...RECORDED.map(({ field, readers, first, second, third, fourth }) => [
      `\`${field}\``,
      ...[readers, first.before, first.looked, first.other, second.before].map(percent),
      percent(second.after),
      percent(second.withArguments),
      `**${percent(third.after)}**`,
      percent(third.withArguments),
      percent(third.since),
      `**${percent(fourth.after)}**`,
      percent(fourth.withArguments),
    ]),
  ]);
}
