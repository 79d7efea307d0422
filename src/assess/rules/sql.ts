import { effect, type Rule, words } from './rule.ts';

export interface SqlRule extends Rule {
  /**
   * A statement's keyword in upper case, alone or with a second word: what it is done to (`DROP TABLE`), `ALL` for a deletion or an update
   * without a condition, `INTO` for a selection that writes.
   */
  readonly keywords: readonly string[];
}

// biome-ignore format: a table, one row a rule
export const SQL_RULES: readonly SqlRule[] = [
  { id: 'sql.read', keywords: words('SELECT SHOW EXPLAIN DESCRIBE DESC PRAGMA VALUES USE SET BEGIN START COMMIT ROLLBACK SAVEPOINT END'), ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'sql.read_rows', keywords: ['SELECT ROWS', 'TABLE'], ...effect('read', 'reversible', 0.15, 'trivial') },
  { id: 'sql.insert', keywords: words('INSERT COPY LOAD IMPORT'), ...effect('write', 'conditionally_reversible', 0.35, 'limited'), shared: true },
  { id: 'sql.create', keywords: ['CREATE', 'COMMENT', 'SELECT INTO'], ...effect('write', 'reversible', 0.3, 'trivial'), shared: true },
  { id: 'sql.add', keywords: ['ALTER ADD'], ...effect('write', 'reversible', 0.35, 'limited'), shared: true },
  { id: 'sql.grant_everyone', keywords: ['GRANT PUBLIC', 'GRANT SUPERUSER', 'CREATE SUPERUSER', 'ALTER SUPERUSER'], ...effect('credential', 'reversible', 0.75, 'severe'), shared: true },
  { id: 'sql.alter', keywords: ['ALTER', 'RENAME'], ...effect('write', 'conditionally_reversible', 0.45, 'limited'), shared: true },
  { id: 'sql.update', keywords: words('UPDATE MERGE REPLACE UPSERT'), ...effect('write', 'conditionally_reversible', 0.5, 'limited'), shared: true },
  { id: 'sql.update_all', keywords: ['UPDATE ALL'], ...effect('write', 'conditionally_reversible', 0.6, 'serious'), shared: true },
  { id: 'sql.delete', keywords: ['DELETE'], ...effect('delete', 'irreversible', 0.65, 'serious'), shared: true },
  { id: 'sql.drop_derived', keywords: words('DROP', ).concat(['DROP INDEX', 'DROP VIEW', 'DROP FUNCTION', 'DROP TRIGGER', 'DROP MATERIALIZED', 'DROP PROCEDURE', 'DROP SEQUENCE']), ...effect('delete', 'conditionally_reversible', 0.5, 'serious'), shared: true },
  { id: 'sql.drop', keywords: ['DROP TABLE', 'DROP DATABASE', 'DROP SCHEMA', 'DROP COLUMN', 'DROP KEYSPACE', 'DROP COLLECTION', 'TRUNCATE', 'DELETE ALL', 'ALTER DROP'], ...effect('delete', 'irreversible', 0.75, 'severe'), shared: true },
  { id: 'sql.grant', keywords: ['GRANT', 'REVOKE', 'CREATE USER', 'CREATE ROLE', 'CREATE LOGIN', 'ALTER USER', 'ALTER ROLE', 'ALTER LOGIN', 'DROP USER', 'DROP ROLE', 'DROP LOGIN'], ...effect('credential', 'reversible', 0.65, 'serious'), shared: true },
  { id: 'sql.run', keywords: words('CALL EXEC EXECUTE DO'), ...effect('execute', 'unknown', 0.45, 'limited'), shared: true },
  { id: 'sql.maintain', keywords: words('VACUUM ANALYZE REINDEX OPTIMIZE CLUSTER CHECKPOINT REFRESH LOCK UNLOCK FLUSH'), ...effect('execute', 'reversible', 0.3, 'trivial'), shared: true },
];
