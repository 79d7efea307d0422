/**
 * The same figures as those of files in memory, by SQL: on ClickHouse in this process, or on a server that the Collector's exporter fills.
 *
 * @module
 */
export { hasEmbedded, openEmbedded } from './embedded.ts';
export { type SqlEngine, SqlError } from './engine.ts';
export { Loader } from './load.ts';
export { prepareForFiles } from './prepare.ts';
export { openServer } from './server.ts';
export { parseAddress, type ServerAddress } from './server-address.ts';
export { sqlSource } from './sql-source.ts';
export { checkDatabase, type Stretch, stageViews } from './stage.ts';
