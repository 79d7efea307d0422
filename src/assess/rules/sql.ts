import { effect, type Rule, words } from './rule.ts';

export interface SqlRule extends Rule {
  /** Leading keywords of a statement, upper case. */
  readonly keywords: readonly string[];
}

/** By a statement's leading keyword only. */
// biome-ignore format: a table, one row a rule
export const SQL_RULES: readonly SqlRule[] = [
  { id: 'sql.read', keywords: words('SELECT SHOW EXPLAIN DESCRIBE DESC PRAGMA WITH VALUES USE SET BEGIN COMMIT ROLLBACK'), ...effect('read', 'reversible', 0.1, 'none') },
  { id: 'sql.insert', keywords: words('INSERT CREATE COPY'), ...effect('write', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'sql.update', keywords: words('UPDATE MERGE REPLACE ALTER'), ...effect('write', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'sql.delete', keywords: ['DELETE'], ...effect('delete', 'irreversible', 0.6, 'serious') },
  { id: 'sql.drop', keywords: ['DROP', 'TRUNCATE'], ...effect('delete', 'irreversible', 0.8, 'severe') },
  { id: 'sql.grant', keywords: ['GRANT', 'REVOKE'], ...effect('credential', 'conditionally_reversible', 0.6, 'serious') },
];
