/**
 * Says what is wrong with a pattern, or `undefined`. The patterns run on text that anybody may have written, in engines
 * that backtrack and in ones that do not: what is left after these rules is linear in both, and means the same in both.
 */
export function patternFault(pattern: string): string | undefined {
  try {
    new RegExp(pattern, 'u');
  } catch (error) {
    return `is no regular expression: ${(error as Error).message}`;
  }
  if (!pattern.startsWith('^')) return 'does not start with ^; anchor it';
  const bare = withoutClasses(pattern.slice(1));
  if (/\(\?(?!:)/.test(bare))
    return 'uses look-around, a named group or flags; only (?:…) and (…) are allowed';
  if (/\\[1-9k]/.test(bare)) return 'uses a back-reference';
  if (/\)[*+?{]/.test(bare)) return 'puts a quantifier on a group; write it out';
  if (bare.includes('|') && topLevelAlternation(bare))
    return 'has | outside of a group, so ^ anchors one side only';
  const unescaped = bare.replace(/\\./gs, '_');
  const unbounded = unescaped.match(/[*+]|\{\d+,\}/g)?.length ?? 0;
  if (unbounded > 1) return `has ${unbounded} unbounded quantifiers; at most one is allowed`;
  const counts = [...unescaped.matchAll(/\{(\d+)(?:,(\d+))?\}/g)];
  if (counts.some(([, least, most]) => Number(most ?? least) > 256)) return 'repeats more than 256 times';
  if (counts.length > 1) return 'has more than one counted quantifier; at most one is allowed';
  const choices = unescaped.match(/\(|(?<![*+}?])\?(?!:)/g)?.length ?? 0;
  if (choices > 4) return `has ${choices} groups and optional parts; at most 4 are allowed`;
  return undefined;
}

/** Every character class as one plain letter, so that what stands inside is not taken for syntax. */
function withoutClasses(pattern: string): string {
  return pattern.replace(/\\.|\[(?:\\.|[^\]\\])*\]/gs, part => (part.startsWith('[') ? '_' : part));
}

function topLevelAlternation(bare: string): boolean {
  let depth = 0;
  const text = bare.replace(/\\./gs, '_');
  for (const character of text) {
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === '|' && depth === 0) return true;
  }
  return false;
}
