import { type SqlEngine, SqlError } from './engine.ts';
import { readSql, viewsOf } from './files.ts';
import { FACTS, REPORT_VIEWS, TABLES } from './schema.ts';

/** Milliseconds since the Unix epoch: what began before `since`, or at `until` and later, is left out. */
export interface Stretch {
  readonly since?: number;
  readonly until?: number;
}

/**
 * Runs the views of `views.sql` once, each into a temporary table of its name: a statement that names it then reads the table, as
 * ClickHouse looks there first. The database is not changed.
 *
 * @throws SqlError
 */
export async function stageViews(engine: SqlEngine, stretch: Stretch = {}): Promise<void> {
  const views = viewsOf(readSql('views.sql'));
  for (const name of REPORT_VIEWS) {
    const select = views.get(name);
    if (select === undefined) throw new Error(`views.sql has no ${name}`);
    await engine.run(`CREATE TEMPORARY TABLE ${name} ENGINE = Memory AS ${limited(select, stretch)}`);
  }
}

const TIMES: Readonly<Record<(typeof FACTS)[number], string>> = {
  alignment_span_facts: 'Begin',
  alignment_signal_facts: 'Time',
};

/** A SELECT over the facts of a stretch of time. */
export function limited(select: string, { since, until }: Stretch): string {
  if (since === undefined && until === undefined) return select;
  return FACTS.reduce((sql, table) => {
    const time = TIMES[table];
    const conditions = [
      ...(since === undefined ? [] : [`${time} >= ${nanos(since)}`]),
      ...(until === undefined ? [] : [`${time} < ${nanos(until)}`]),
    ];
    return sql.replaceAll(
      new RegExp(`FROM ${table}\\b`, 'g'),
      `FROM (SELECT * FROM ${table} WHERE ${conditions.join(' AND ')})`,
    );
  }, select);
}

const nanos = (milliseconds: number): string => `${BigInt(Math.round(milliseconds)) * 1_000_000n}`;

/**
 * Whether a database is one that the Collector's exporter fills and our SQL was run on.
 *
 * @returns whether it keeps the views of `views.sql` itself, so that they need not be run
 * @throws SqlError that says what is missing and what to do
 */
export async function checkDatabase(engine: SqlEngine, named: string): Promise<boolean> {
  const found = await engine.rows<{ table: string; name: string; type: string }>(
    `SELECT table, name, type FROM system.columns WHERE database = currentDatabase() AND table IN (${[...Object.keys(TABLES), ...FACTS].map(name => `'${name}'`).join(', ')})`,
  );
  const columns = new Map(found.map(({ table, name, type }) => [`${table}.${name}`, type]));
  const tables = new Set(found.map(({ table }) => table));
  for (const [table, wanted] of Object.entries(TABLES)) {
    if (!tables.has(table))
      throw new SqlError(
        `${named} has no table ${table}: name the database that the Collector's ClickHouse exporter writes to, as clickhouse://host:8123/otel`,
      );
    for (const [column, type] of Object.entries(wanted)) {
      const there = columns.get(`${table}.${column}`);
      if (there === undefined)
        throw new SqlError(
          `${named}: ${table} has no column ${column}. It is not as the Collector's ClickHouse exporter makes it (v0.157.0, with json: false)`,
        );
      if (there !== type)
        throw new SqlError(
          `${named}: ${table}.${column} is ${there} and not ${type}. The Collector's ClickHouse exporter makes it so with json: false`,
        );
    }
  }
  for (const table of FACTS) {
    if (!tables.has(table))
      throw new SqlError(
        `${named} has no ${table}: run collector-config/clickhouse/facts.sql there, or rollups.sql for many spans (collector-config/clickhouse/README.md)`,
      );
  }
  const [{ n } = { n: 0 }] = await engine.rows<{ n: number }>(
    `SELECT count() AS n FROM system.tables WHERE database = currentDatabase() AND name IN (${REPORT_VIEWS.map(name => `'${name}'`).join(', ')})`,
  );
  return n === REPORT_VIEWS.length;
}
