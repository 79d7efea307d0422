import type { Effects } from './effects.ts';
import { GENERAL } from './rules/general.ts';
import type { Rule } from './rules/rule.ts';

const MAX_CODE_LENGTH = 16_384;

/**
 * Adds what the calls in a piece of code mean, found as text and not by a grammar. Code without any known call counts as
 * computing something. At most the first 16 KiB are looked at.
 */
export function addCode(effects: Effects, code: string, floor?: Rule): void {
  if (code.length > MAX_CODE_LENGTH) effects.add(GENERAL.truncated, undefined, floor);
  const text = code.length > MAX_CODE_LENGTH ? code.slice(0, MAX_CODE_LENGTH) : code;
  effects.add(GENERAL.inlineCode, undefined, floor);
  for (const rule of effects.tables.code) {
    if (rule.texts.some(one => text.includes(one))) effects.add(rule, undefined, floor);
  }
  addContent(effects, text, floor);
}

/** Adds what a text that is written to a file, or run, will do. At most the first 16 KiB are looked at; rule texts only, no grammar. */
export function addContent(effects: Effects, content: string, floor?: Rule): void {
  const text = content.length > MAX_CODE_LENGTH ? content.slice(0, MAX_CODE_LENGTH) : content;
  for (const rule of effects.tables.content)
    if (rule.texts.some(one => text.includes(one))) effects.add(rule, undefined, floor);
}

/** Lines that a notebook hands to a shell: `!command` and `%%bash`. At most 16. */
export function shellLinesOf(code: string): string[] {
  if (!code.includes('!') && !code.includes('%%')) return [];
  if (code.startsWith('%%bash') || code.startsWith('%%sh')) return [code.slice(code.indexOf('\n') + 1)];
  const lines: string[] = [];
  for (const line of code.slice(0, MAX_CODE_LENGTH).split('\n')) {
    const trimmed = line.trimStart();
    if (trimmed.startsWith('!') && lines.length < 16) lines.push(trimmed.slice(1));
  }
  return lines;
}
