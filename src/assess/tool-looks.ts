import { FILLING_WORDS, IMPERSONAL_WORDS, LOOKING_WORDS, OWN_WORDS, READ_OWN } from './rules/public-nouns.ts';
import type { ToolRule } from './rules/tool-rule.ts';

const PLAIN_READS: ReadonlySet<string> = new Set(['tool.read', 'tool.list']);

/** The row for looking, or the one for looking into what is an organisation's own, as the things in the name say. */
export function asLook(rule: ToolRule, parts: readonly string[], space: readonly string[]): ToolRule {
  if (!PLAIN_READS.has(rule.id) || rule.access === undefined || !looksAtOwn(parts, space)) return rule;
  return { ...READ_OWN, access: rule.access };
}

/** A name of a public or impersonal thing decides for it; where no thing is named, what the tool belongs to is asked. */
function looksAtOwn(parts: readonly string[], space: readonly string[]): boolean {
  if (!parts.some(part => LOOKING_WORDS.has(part))) return false;
  const things = parts.filter(isThing);
  const named = things.length > 0 ? things : space.filter(isThing);
  if (named.length === 0) return false;
  if (named.some(thing => OWN_WORDS.has(thing))) return true;
  return !named.some(isImpersonal) && !space.some(isImpersonal);
}

const isThing = (part: string): boolean =>
  !LOOKING_WORDS.has(part) &&
  !FILLING_WORDS.has(part) &&
  !(part.length < 3 && part !== 'kb' && part !== 'kv');

const isImpersonal = (part: string): boolean => IMPERSONAL_WORDS.has(part);
