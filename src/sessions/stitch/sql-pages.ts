import { quote } from '../../analysis/sql/expressions.ts';
import type { SqlEngine } from '../../analysis/sql/index.ts';

type Row = Readonly<Record<string, unknown>>;

/**
 * The rows of a table in the order of its key, some at a time.
 *
 * @param key columns that no two rows have alike, texts or numbers
 */
export async function* pages<T extends Row>(
  engine: SqlEngine,
  { table, columns, key, rows }: { table: string; columns: string; key: readonly string[]; rows: number },
): AsyncGenerator<T[]> {
  let where = '';
  for (;;) {
    const page = await engine.rows<T>(
      `SELECT ${columns} FROM ${table} ${where} ORDER BY ${key.join(', ')} LIMIT ${rows}`,
    );
    if (page.length > 0) yield page;
    if (page.length < rows) return;
    const last = page.at(-1)!;
    where = `WHERE ${after(key, last)}`;
  }
}

/** The first column by itself, as an index is used for it then. */
function after([first, ...rest]: readonly string[], last: Row): string {
  const value = literal(last[first!]);
  if (rest.length === 0) return `${first} > ${value}`;
  return `${first} >= ${value} AND (${first} > ${value} OR (${after(rest, last)}))`;
}

const literal = (value: unknown): string =>
  typeof value === 'number' ? String(value) : quote(String(value));
