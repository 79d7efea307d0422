import type { Effects } from './effects.ts';
import { GENERAL } from './rules/general.ts';
import { SENSITIVE_COLUMN_WORDS } from './rules/general-words.ts';
import type { Rule } from './rules/rule.ts';
import type { SqlRule } from './rules/sql.ts';
import { isSecretName } from './secret-variables.ts';

const MAX_SQL_LENGTH = 16_384;
const MAX_STATEMENTS = 64;
const CHANGING: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);
/** Functions that answer with one number rather than with rows. */
const AGGREGATES: ReadonlySet<string> = new Set([
  'COUNT',
  'SUM',
  'AVG',
  'MIN',
  'MAX',
  'EXISTS',
  'VERSION',
  'NOW',
]);
const WIDE: ReadonlySet<string> = new Set(['PUBLIC', 'SUPERUSER']);
/** Words between a verb and what it is done to. */
const FILLERS: ReadonlySet<string> = new Set([
  'OR',
  'REPLACE',
  'TEMP',
  'TEMPORARY',
  'UNIQUE',
  'IF',
  'EXISTS',
  'NOT',
  'GLOBAL',
  'LOCAL',
]);

/** What one statement shows at its outer level, and of the selections and changes within it. */
interface Statement {
  /** Leading words in upper case, at most eight. */
  readonly head: string[];
  /** A changing verb that opens a parenthesis, as in a common table expression. */
  nested: string | undefined;
  /** Changing verbs and `SELECT` at the outer level behind `WITH` or `EXPLAIN`. */
  outer: string | undefined;
  where: boolean;
  into: boolean;
  drops: boolean;
  adds: boolean;
  /** The second part of a rule's keyword for whoever gets rights: everybody, or all of them. */
  to: string;
  from: boolean;
  secret: string | undefined;
  sensitive: boolean;
}

/**
 * Adds each statement by its keyword, what it is done to, and whether it has a condition. Strings, quoted names and comments are
 * skipped. What does not add up (an open string, a parenthesis too many) is assessed by its leading keyword with the rule `unparsed`.
 * Linear; at most the first 16 KiB.
 *
 * @returns false where no statement has a known keyword
 */
export function addSql(effects: Effects, text: string, floor?: Rule): boolean {
  if (text.length > MAX_SQL_LENGTH) effects.add(GENERAL.truncated, undefined, floor);
  const { statements, whole } = read(text.slice(0, MAX_SQL_LENGTH));
  let found = false;
  for (const statement of statements) {
    const rule = ruleOf(statement, effects.tables.sql);
    if (rule === undefined) continue;
    found = true;
    const reads = rule.actionType === 'read';
    effects.add(rule, undefined, floor);
    if (reads && statement.secret !== undefined)
      effects.add(GENERAL.secretColumn, `column:${statement.secret.toLowerCase()}`, floor);
    if (reads && statement.sensitive) effects.add(GENERAL.sensitiveColumn, undefined, floor);
  }
  if (found && !whole && text.length <= MAX_SQL_LENGTH) effects.add(GENERAL.unparsed, undefined, floor);
  return found;
}

function ruleOf(statement: Statement, rules: ReadonlyMap<string, SqlRule>): SqlRule | undefined {
  const [first] = statement.head;
  if (first === undefined) return undefined;
  let verb = first;
  if (verb === 'WITH') verb = statement.outer ?? 'SELECT';
  if (verb === 'EXPLAIN' && statement.head[1] === 'ANALYZE') verb = statement.outer ?? 'EXPLAIN';
  if (statement.nested !== undefined && !CHANGING.has(verb)) verb = statement.nested;
  let object = '';
  if (verb === 'DELETE' || verb === 'UPDATE') object = statement.where ? '' : 'ALL';
  else if (verb === 'SELECT' && statement.into) object = 'INTO';
  else if (verb === 'SELECT')
    object = first !== 'EXPLAIN' && statement.from && !AGGREGATES.has(statement.head[1] ?? '') ? 'ROWS' : '';
  else if (statement.to === 'SUPERUSER' && (verb === 'CREATE' || verb === 'ALTER')) object = statement.to;
  else if (verb === 'ALTER' && (statement.drops || statement.adds)) object = statement.drops ? 'DROP' : 'ADD';
  else if (verb === 'GRANT') object = statement.to;
  else if (verb === first) object = statement.head.slice(1).find(word => !FILLERS.has(word)) ?? '';
  return rules.get(`${verb} ${object}`) ?? rules.get(verb);
}

function read(text: string): { statements: Statement[]; whole: boolean } {
  const statements: Statement[] = [];
  let current: Statement | undefined;
  let depth = 0;
  let whole = true;
  let opened = false;
  let i = 0;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (isLetter(code)) {
      let end = i + 1;
      while (end < text.length && isWordPart(text.charCodeAt(end))) end += 1;
      if (current === undefined) {
        if (statements.length >= MAX_STATEMENTS) break;
        current = {
          head: [],
          nested: undefined,
          outer: undefined,
          where: false,
          into: false,
          drops: false,
          adds: false,
          to: '',
          from: false,
          secret: undefined,
          sensitive: false,
        };
        statements.push(current);
      }
      if (end - i <= 64) note(current, text.slice(i, end), depth, opened);
      opened = false;
      i = end;
      continue;
    }
    const next = skipped(text, i, code);
    if (next > i) {
      if (next > text.length) whole = false;
      i = next;
      continue;
    }
    if (code === 40) {
      depth += 1;
      opened = true;
    } else if (code === 41) {
      depth -= 1;
      if (depth < 0) whole = false;
    } else if (code === 59) {
      if (depth !== 0) whole = false;
      depth = 0;
      current = undefined;
    }
    i += 1;
  }
  return { statements, whole: whole && depth === 0 };
}

function note(statement: Statement, raw: string, depth: number, opened: boolean): void {
  const word = raw.toUpperCase();
  const { head } = statement;
  if (head.length < 8) head.push(word);
  if (opened && CHANGING.has(word)) statement.nested ??= word;
  if (depth === 0 && head.length > 1 && (word === 'SELECT' || CHANGING.has(word))) statement.outer ??= word;
  if (word === 'WHERE') statement.where = true;
  else if (word === 'INTO' && depth === 0) statement.into = true;
  else if (word === 'DROP' && depth === 0) statement.drops = true;
  else if (word === 'ADD' && depth === 0) statement.adds = true;
  else if (word === 'FROM' && depth === 0) statement.from = true;
  else if (WIDE.has(word)) statement.to = word;
  else if (statement.secret === undefined && isSecretName(raw)) statement.secret = raw;
  else if (word.split('_').some(part => SENSITIVE_COLUMN_WORDS.has(part))) statement.sensitive = true;
}

/** The index behind a string, a quoted name or a comment that begins at `i`; `i` where none does; past the end where it is open. */
function skipped(text: string, i: number, code: number): number {
  if (code === 39 || code === 34 || code === 96) {
    const end = text.indexOf(text[i] as string, i + 1);
    return end < 0 ? text.length + 1 : end + 1;
  }
  if ((code === 45 && text.charCodeAt(i + 1) === 45) || code === 35) {
    const end = text.indexOf('\n', i);
    return end < 0 ? text.length : end + 1;
  }
  if (code === 47 && text.charCodeAt(i + 1) === 42) {
    const end = text.indexOf('*/', i + 2);
    return end < 0 ? text.length + 1 : end + 2;
  }
  return i;
}

function isLetter(code: number): boolean {
  const lower = code | 32;
  return (lower >= 97 && lower <= 122) || code === 95;
}

function isWordPart(code: number): boolean {
  return isLetter(code) || (code >= 48 && code <= 57) || code === 36;
}
