import type { SqlEngine } from './engine.ts';
import { rollupsSql, statementsOf } from './files.ts';
import { tablesForFiles } from './schema.ts';

/**
 * Makes an empty database ready to take files: the exporter's tables, and the facts that are kept of them.
 *
 * @param tables statements that make the exporter's tables; without them, tables with the columns that are read
 */
export async function prepareForFiles(
  engine: SqlEngine,
  tables: readonly string[] = tablesForFiles(),
): Promise<void> {
  for (const statement of [...tables, ...statementsOf(rollupsSql())]) await engine.run(statement);
}
