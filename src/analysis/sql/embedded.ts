import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf, parseRows, SETTINGS, type SqlEngine, SqlError } from './engine.ts';

/** The part of chDB that is used; the package is not among our dependencies, as its engine is 546 MB. */
interface Chdb {
  readonly Session: new (
    path?: string,
  ) => {
    query(sql: string, format?: string): string;
    insert(rows: { table: string; values: Buffer; format: 'JSONEachRow' }): Promise<unknown>;
    close(): void;
  };
  drainPending?(): Promise<void>;
}

const MISSING =
  'the embedded engine is not installed (546 MB, Linux with glibc or macOS): npm i chdb@3.4.0 in the folder where you run this, or give the address of a ClickHouse server';

/** The folder from which the engine is looked for, after this package's own: the working directory. */
function load(from: string): Chdb {
  for (const place of [import.meta.url, join(from, 'x.js')]) {
    try {
      return createRequire(place)('chdb') as Chdb;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND')
        throw new SqlError(`the embedded engine does not start: ${messageOf(String(error))}`);
    }
  }
  throw new SqlError(MISSING);
}

/** Whether the embedded engine can be used from here. */
export function hasEmbedded(from: string = process.cwd()): boolean {
  try {
    return load(from) !== undefined;
  } catch {
    return false;
  }
}

/**
 * ClickHouse in this process, with a database of its own in a temporary folder that `close` removes.
 *
 * @param from folder whose node_modules may hold `chdb`, beside this package's
 * @throws SqlError where it is not installed or cannot start
 */
export function openEmbedded(from: string = process.cwd()): SqlEngine {
  const chdb = load(from);
  const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-sql-'));
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw new SqlError(messageOf(error instanceof Error ? error.message : String(error)));
    }
  };
  const session = attempt(() => new chdb.Session(folder));
  attempt(() => {
    session.query('CREATE DATABASE alignment');
    session.query('USE alignment');
    for (const [name, value] of Object.entries(SETTINGS)) session.query(`SET ${name} = ${value}`);
  });
  return {
    run: async sql => {
      attempt(() => session.query(sql));
    },
    rows: async sql => attempt(() => parseRows(session.query(sql, 'JSONEachRow'))),
    async insert(table, lines) {
      try {
        await session.insert({ table, values: Buffer.from(lines), format: 'JSONEachRow' });
      } catch (error) {
        throw new SqlError(messageOf(String((error as Error).message)));
      }
    },
    async close() {
      session.close();
      await chdb.drainPending?.();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
