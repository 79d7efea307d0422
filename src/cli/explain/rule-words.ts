import { WORDS_A_L } from './rule-words-a-l.ts';
import { WORDS_M_Z } from './rule-words-m-z.ts';

const WORDS: Readonly<Record<string, string>> = { ...WORDS_A_L, ...WORDS_M_Z };

/**
 * What a rule found, as the end of a sentence that begins with "It". A rule of somebody's own pack has no words here: its id says what it can.
 */
export function wordsOf(rule: string): string {
  return Object.hasOwn(WORDS, rule) ? (WORDS[rule] as string) : `meets the rule ${rule}`;
}

export const WORDED_RULES: readonly string[] = Object.keys(WORDS);
