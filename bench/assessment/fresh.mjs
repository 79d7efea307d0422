// The rules against calls that others wrote, and two readers labelled, who all had not seen them: `test/assess/fresh.jsonl`.
import { agreement, readItems } from '../../test/assess/compare.ts';

const FIELDS = ['action_type', 'reversibility', 'risk_level', 'authorization'];

/**
 * Shares of the calls on which the rules said what both readers said, measured when they were labelled and kept here: afterwards the rules were corrected. `before`: the rules that had met none of the
 * three samples. Of the first two samples one half was looked at while the rules were corrected; the third was tried when all was done.
 */
export const BEFORE = [
  { sample: 1, action_type: 0.763, reversibility: 0.653, risk_level: 0.55, authorization: 0.732 },
  { sample: 2, action_type: 0.761, reversibility: 0.664, risk_level: 0.536, authorization: 0.665 },
  { sample: 3, action_type: 0.804, reversibility: 0.773, risk_level: 0.556, authorization: 0.607 },
];

const percent = share => `${(100 * share).toFixed(1)} %`;

/** Three samples: how far the readers agree, what the rules said before, and what they say of the half looked at and of the rest. */
export function freshTable() {
  const items = readItems('fresh.jsonl');
  const head = [
    'label',
    'sample',
    'calls',
    'readers agree',
    'rules, before',
    'half looked at, now',
    'the rest, now',
  ];
  const lines = FIELDS.flatMap(field =>
    BEFORE.map(before => {
      const own = items.filter(({ sample }) => sample === before.sample);
      const agreed = own.filter(({ labels }) => Object.hasOwn(labels, field)).length / own.length;
      const looked = own.filter(item => item.looked === true);
      const rest = own.filter(item => item.looked !== true);
      const now = some => (some.length === 0 ? '' : percent(agreement(some, field).share));
      const last = looked.length === 0 ? `**${now(rest)}**` : now(rest);
      return [
        `\`${field}\``,
        before.sample,
        own.length,
        percent(agreed),
        percent(before[field]),
        now(looked),
        last,
      ];
    }),
  );
  return [head, head.map(() => '---'), ...lines].map(row => `| ${row.join(' | ')} |`).join('\n');
}

const LEVELS = ['none', 'low', 'medium', 'high', 'critical'];

/** Share of the calls, none of which was looked at, whose risk level is the readers' or the one beside it. */
export function withinOneBand(ours) {
  const rest = readItems('fresh.jsonl').filter(({ labels, looked }) => looked !== true && labels.risk_level);
  const near = rest.filter(item => {
    const said = LEVELS.indexOf(ours(item).risk_level);
    return said >= 0 && Math.abs(said - LEVELS.indexOf(item.labels.risk_level)) <= 1;
  });
  return percent(near.length / rest.length);
}
