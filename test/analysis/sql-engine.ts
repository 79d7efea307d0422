import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Figures, figuresOf, memorySource, Recording, readRequest } from '../../src/analysis/index.ts';
import {
  hasEmbedded,
  Loader,
  openEmbedded,
  prepareForFiles,
  type SqlEngine,
  sqlSource,
  stageViews,
} from '../../src/analysis/sql/index.ts';

/** Where `npm install --no-save --prefix test/clickhouse` puts the embedded engine. */
export const ENGINE_FOLDER: string = join(
  fileURLToPath(new URL('../..', import.meta.url)),
  'test/clickhouse',
);

/** False, and one line that says so, where chDB is not installed. */
export function requireEmbedded(what: string): boolean {
  if (hasEmbedded(ENGINE_FOLDER)) return true;
  process.stderr.write(`skipped: ${what} needs chDB (npm install --no-save --prefix test/clickhouse)\n`);
  return false;
}

/** One engine for a test file, as a process can have no more. */
export interface TestEngine {
  readonly engine: SqlEngine;
  /** An empty database with the tables of the exporter, or those of files. */
  reset(tables?: readonly string[]): Promise<void>;
  /** Requests into the tables. */
  load(requests: Iterable<unknown>): Promise<void>;
  /** Drops what a report made for itself. */
  forget(): Promise<void>;
  /** What a report says of what is in the tables. */
  figures(): Promise<Figures>;
}

export function openTestEngine(): TestEngine {
  const engine = openEmbedded(ENGINE_FOLDER);
  const own: TestEngine = {
    engine,
    async reset(tables) {
      await own.forget();
      for (const sql of ['DROP DATABASE IF EXISTS alignment', 'CREATE DATABASE alignment', 'USE alignment'])
        await engine.run(sql);
      await prepareForFiles(engine, tables);
    },
    async load(requests) {
      const loader = new Loader(engine);
      for (const request of requests) {
        loader.take(request);
        if (loader.isFull) await loader.finish();
      }
      await loader.finish();
    },
    async forget() {
      const tables = await engine.rows<{ name: string }>('SELECT name FROM system.tables WHERE is_temporary');
      for (const { name } of tables) await engine.run(`DROP TEMPORARY TABLE ${name}`);
    },
    async figures() {
      await own.forget();
      await stageViews(engine);
      return figuresOf(sqlSource(engine));
    },
  };
  return own;
}

/** The same, read into memory. */
export async function inMemory(requests: Iterable<unknown>): Promise<Figures> {
  const recording = new Recording();
  for (const request of requests) readRequest(recording, request);
  return figuresOf(memorySource(recording));
}
