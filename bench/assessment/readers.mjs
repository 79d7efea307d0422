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
