import { describe, expect, it } from 'vitest';
import { Effects } from './effects.ts';
import { addSql } from './sql.ts';
import { defaultTables } from './tables.ts';

function rules(text: string): readonly string[] {
  const effects = new Effects(defaultTables());
  addSql(effects, text);
  return effects.summary()?.rules ?? [];
}

describe('addSql', () => {
  it.each([
    ['select 1', 'sql.read'],
    ['-- DROP TABLE a\nselect 1', 'sql.read'],
    ["SELECT 'DELETE FROM a'", 'sql.read'],
    ['SELECT "drop" FROM a', 'sql.read_rows'],
    ['SELECT count(*) FROM a', 'sql.read'],
    ['/* DROP */ SHOW TABLES', 'sql.read'],
    ['WITH a AS (SELECT 1) SELECT * FROM a', 'sql.read_rows'],
    ['EXPLAIN DELETE FROM a', 'sql.read'],
    ['EXPLAIN ANALYZE DELETE FROM a WHERE b = 1', 'sql.delete'],
    ['WITH a AS (DELETE FROM b WHERE c = 1 RETURNING *) SELECT * FROM a', 'sql.delete'],
    ['WITH a AS (SELECT 1) INSERT INTO b SELECT * FROM a', 'sql.insert'],
    ['SELECT * INTO b FROM a', 'sql.create'],
    ['DELETE FROM a', 'sql.drop'],
    ['DELETE FROM a WHERE b = 1', 'sql.delete'],
    ['UPDATE a SET b = 1', 'sql.update_all'],
    ['UPDATE a SET b = 1 WHERE c = 2', 'sql.update'],
    ['DROP TABLE IF EXISTS a', 'sql.drop'],
    ['DROP VIEW a', 'sql.drop_derived'],
    ['CREATE OR REPLACE VIEW a AS SELECT 1', 'sql.create'],
    ['CREATE USER eve', 'sql.grant'],
    ['ALTER TABLE a DROP COLUMN b', 'sql.drop'],
    ['ALTER TABLE a ADD COLUMN b int', 'sql.add'],
    ['ALTER TABLE a RENAME TO b', 'sql.alter'],
    ['GRANT ALL ON a TO PUBLIC', 'sql.grant_everyone'],
    ['SELECT 1; DROP TABLE a', 'sql.drop'],
    ['BEGIN; SELECT 1; COMMIT', 'sql.read'],
  ])('%s: %s', (text, rule) => {
    expect(rules(text)[0]).toBe(rule);
  });

  it.each(["SELECT 'open", 'SELECT (1', 'SELECT 1)', 'SELECT /* open'])('%s does not add up', text => {
    expect(rules(text)).toEqual(expect.arrayContaining(['sql.read', 'unparsed']));
  });

  it('knows nothing of what is no SQL', () => {
    expect(rules('hello world')).toEqual([]);
    expect(rules('')).toEqual([]);
  });

  it('reads the first 16 KiB', () => {
    const text = `SELECT 1 ${' '.repeat(20_000)}; DROP TABLE a`;
    expect(rules(text)).toEqual(expect.arrayContaining(['sql.read', 'truncated']));
    expect(rules(text)).not.toContain('sql.drop');
  });
});
