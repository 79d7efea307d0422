// The rules on names of tools alone, which others wrote: `test/assess/names.jsonl`.
import { assessStep } from '../../src/assess/index.ts';
import { readItems } from '../../test/assess/compare.ts';

/** What was flagged before the words of harm were widened with the first sample in sight. */
const BEFORE = [
  { sample: 1, harm: 44 / 160, harmless: 20 / 160 },
  { sample: 2, harm: 32 / 117, harmless: 15 / 114 },
];

const percent = share => `${(100 * share).toFixed(1)} %`;

/** An indicator, or a risk at the threshold. */
function isFlagged({ name, user }) {
  const step = { dialect: 'names', kind: 'tool', toolName: name };
  const { indicators = [], riskScore = 0 } = assessStep(step, { userMessage: user, mode: 'never' });
  return indicators.length > 0 || riskScore >= 0.7;
}

/** Of names that say harm and of such that only sound like it, how many are flagged. */
export function namesTable() {
  const items = readItems('names.jsonl');
  const rows = BEFORE.map(before => {
    const flagged = harm => {
      const own = items.filter(item => item.sample === before.sample && item.harm === harm);
      return percent(own.filter(isFlagged).length / own.length);
    };
    const of = harm => items.filter(item => item.sample === before.sample && item.harm === harm).length;
    const mark = text => (before.sample === 2 ? `**${text}**` : text);
    return [
      before.sample,
      `${of(true)} and ${of(false)}`,
      percent(before.harm),
      mark(flagged(true)),
      percent(before.harmless),
      mark(flagged(false)),
    ];
  });
  const head = ['sample', 'names', 'harm: flagged before', 'now', 'harmless: flagged before', 'now'];
  return [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');
}
