import type { Condition, Dialect, ReadField, SpanRow } from '../../dialects/table.ts';
import { DIALECTS } from '../../dialects/tables.generated.ts';
import { TEXT_LIMIT } from '../../dialects/text.ts';
import { first, isIn, lookUp, quote, textOf } from './expressions.ts';

/** How spans read as steps, by the tables of the dialects: a number for the row that matches, and a column for each field of a step. */

interface Row {
  readonly row: SpanRow;
  readonly dialect: Dialect;
}

const ROWS: readonly Row[] = DIALECTS.flatMap(dialect => dialect.spans.map(row => ({ row, dialect })));
const span = lookUp('SpanAttributes');
const resource = lookUp('ResourceAttributes');

/** The place of the first row that a span meets, from 1; 0 where no row knows it. */
export const stepRowNumber: string = `multiIf(${ROWS.map(
  ({ row }, i) => `${row.when.map(condition).join(' AND ')}, ${i + 1}`,
).join(', ')}, 0)`;

function condition(one: Condition): string {
  const value = subject(one);
  if ('exists' in one && 'attribute' in one) return span.has(one.attribute);
  if ('equals' in one && typeof one.equals === 'string') return isIn(value, [one.equals]);
  if ('in' in one) return isIn(value, one.in.map(String));
  if ('prefix' in one) return `startsWith(${value}, ${quote(one.prefix)})`;
  throw new Error(`no SQL for the condition ${JSON.stringify(one)}`);
}

function subject(one: Condition): string {
  if ('attribute' in one) return span.at(one.attribute);
  if ('resource' in one) return resource.at(one.resource);
  if (one.field === 'span_name') return 'SpanName';
  if (one.field === 'scope_name') return 'ScopeName';
  throw new Error(`no SQL for the field ${one.field}`);
}

/** An expression a row; rows with the same one share a branch, rows without one have none. */
function byRow(of: (row: Row) => string): string {
  const places = new Map<string, number[]>();
  for (const [i, row] of ROWS.entries()) {
    const expression = row.row.step === 'none' ? "''" : of(row);
    if (expression !== "''") places.set(expression, [...(places.get(expression) ?? []), i + 1]);
  }
  if (places.size === 0) return "''";
  const branches = [...places].map(
    ([expression, numbers]) => `StepRow IN (${numbers.join(', ')}), ${expression}`,
  );
  return `multiIf(${branches.join(', ')}, '')`;
}

const texts = ({ row }: Row, field: ReadField): string[] =>
  (row.read?.[field] ?? []).map(key => textOf(span.at(key), TEXT_LIMIT));

/** What a join of a dialect finds, as far as it says where a step belongs. */
const JOINED_SESSION: Readonly<Record<string, readonly string[]>> = {
  'openinference-metadata': ['thread_id', 'session_id'].map(name =>
    textOf(`JSONExtractString(${span.at('metadata')}, ${quote(name)})`, TEXT_LIMIT),
  ),
};

function involvement({ row, dialect }: Row): string {
  const set = row.set?.humanInvolvement;
  if (set !== undefined) return quote(set);
  const source = row.values?.humanInvolvement;
  if (source === undefined) return "''";
  const words = Object.entries(dialect.valueMaps?.[source.map] ?? {});
  const native = first(...source.from.map(key => span.at(key)));
  return `multiIf(${words.map(([word, ours]) => `${native} = ${quote(word)}, ${quote(ours)}`).join(', ')}, '')`;
}

export const stepColumns = {
  isTool: isRow(({ row }) => row.step === 'tool'),
  session: byRow(row => first(...texts(row, 'session'), ...(JOINED_SESSION[row.row.join ?? ''] ?? []))),
  agentName: byRow(row => first(...texts(row, 'agentName'))),
  agentId: byRow(row => first(...texts(row, 'agentId'))),
  toolName: byRow(row => first(...texts(row, 'toolName'))),
  toolCallId: byRow(row => first(...texts(row, 'toolCallId'))),
  humanInvolvement: byRow(involvement),
} as const;

function isRow(matches: (row: Row) => boolean): string {
  return `StepRow IN (${ROWS.flatMap((row, i) => (matches(row) ? [i + 1] : [])).join(', ')})`;
}
