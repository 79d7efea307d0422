import type { Effects } from './effects.ts';
import type { Rule } from './rules/rule.ts';
import { SQL_RULES } from './rules/sql.ts';

const BY_KEYWORD = new Map(SQL_RULES.flatMap(rule => rule.keywords.map(keyword => [keyword, rule] as const)));
const MAX_SQL_LENGTH = 16_384;
const MAX_KEYWORD_LENGTH = 16;

/** Adds each statement by its leading keyword. Returns false where no statement has a known one. */
export function addSql(effects: Effects, text: string, floor?: Rule): boolean {
  let found = false;
  for (const statement of text.slice(0, MAX_SQL_LENGTH).split(';')) {
    const rule = BY_KEYWORD.get(leadingWord(statement).toUpperCase());
    if (rule === undefined) continue;
    effects.add(rule, undefined, floor);
    found = true;
  }
  return found;
}

function leadingWord(text: string): string {
  let start = 0;
  while (start < text.length && !isLetter(text.charCodeAt(start))) {
    if (text.startsWith('--', start)) {
      const newline = text.indexOf('\n', start);
      if (newline < 0) return '';
      start = newline;
    }
    start += 1;
  }
  let end = start;
  while (end < text.length && end - start < MAX_KEYWORD_LENGTH && isLetter(text.charCodeAt(end))) end += 1;
  return text.slice(start, end);
}

function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}
