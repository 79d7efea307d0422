// Two readers' labels of the items: how far they agree, where they do not, and what the rules say.
//   node test/assess/agreement.mjs                                         prints the page of agreement, from labelled.jsonl
//   node test/assess/agreement.mjs labels-a.jsonl labels-b.jsonl           the same from two readers' files
//   --write   also writes AGREEMENT.md, and labelled.jsonl where readers' files were given
import { readFileSync, writeFileSync } from 'node:fs';
import { kappa } from '../../bench/assessment/metrics.mjs';
import { readersTable, unseenTable } from '../../bench/assessment/readers.mjs';

export const FIELDS = ['action_type', 'reversibility', 'risk_level', 'authorization', 'autonomy_level'];
const here = name => new URL(name, import.meta.url);

/** @param {string | URL} file a JSON object a line */
export const readLines = file =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => JSON.parse(line));

/** Each item with both readers' labels, and the consensus: what both say. A field on which they differ is left out. */
export function consensus(items, one, other) {
  const first = new Map(one.map(row => [row.id, row]));
  const second = new Map(other.map(row => [row.id, row]));
  return items.map(item => {
    const [a, b] = [first.get(item.id), second.get(item.id)];
    if (a === undefined || b === undefined) throw new Error(`item ${item.id} lacks a reader's labels`);
    const agreed = FIELDS.filter(field => (a[field] ?? null) === (b[field] ?? null));
    return {
      ...item,
      labels: Object.fromEntries(agreed.map(field => [field, a[field] ?? null])),
      readers: [pick(a), pick(b)],
    };
  });
}

const pick = row => Object.fromEntries(FIELDS.map(field => [field, row[field] ?? null]));

function page(rows) {
  const lines = FIELDS.map(field => {
    const pairs = rows.map(({ readers: [a, b] }) => [String(a[field]), String(b[field])]);
    const { kappa: k, agreed } = kappa(pairs);
    return `| \`${field}\` | ${(100 * agreed).toFixed(1)} % | ${k.toFixed(2)} | ${Math.round((1 - agreed) * rows.length)} |`;
  });
  const differing = FIELDS.flatMap(field =>
    rows
      .filter(({ readers: [a, b] }) => a[field] !== b[field])
      .map(({ id, tool, arguments: args, readers: [a, b] }) => {
        const call = `${tool} ${JSON.stringify(args)}`.replaceAll('|', '\\|').replaceAll('`', "'");
        return `| \`${field}\` | ${id} | \`${call.slice(0, 100)}\` | ${a[field]} | ${b[field]} |`;
      }),
  );
  return `# How far the readers agree

${rows.length} items, two readers who had not seen the rules. Written by \`node test/assess/agreement.mjs\`.

| label | agreement | Cohen's κ | items that differ |
| --- | --- | --- | --- |
${lines.join('\n')}

What both say is the consensus; a label on which they differ counts neither for nor against the rules.

## What the rules say

On the consensus, with which in sight they were corrected:

${readersTable()}

On calls that were written and labelled before the rules were run on them (\`unseen.jsonl\`, one author's labels): the share on which they agreed at the first try, and now that they
were corrected for it. The first figures of the last round are the ones to believe of calls that nobody looked at: round 5 is of trades that the rules did not know then
(plant and vehicles, medicine, offices, brokers, cloud operations, captions of buttons), so that its first figures say how the rules fare where their words end.

${unseenTable()}

## Where they differ

| label | item | call | one reader | the other |
| --- | --- | --- | --- | --- |
${differing.join('\n')}
`;
}

const [one, other] = process.argv.slice(2).filter(word => !word.startsWith('--'));
const given = one !== undefined && other !== undefined;
const rows = given
  ? consensus(readLines(here('items.jsonl')), readLines(one), readLines(other))
  : readLines(here('labelled.jsonl'));
const text = page(rows);
process.stdout.write(text);
if (process.argv.includes('--write')) {
  if (given) writeFileSync(here('labelled.jsonl'), `${rows.map(row => JSON.stringify(row)).join('\n')}\n`);
  writeFileSync(here('AGREEMENT.md'), text);
}
