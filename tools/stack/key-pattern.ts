/**
 * One RE2 pattern for many keys, which reads a key once, from left to right: at each character at most one way is open. Go's
 * regexp runs such a pattern in a single pass, several times as fast as alternatives written one after the other, as long as
 * it compiles to fewer than 1000 instructions.
 */

/** Characters of a pattern that certainly stay below that: at most 0.69 instructions a character were seen. */
const SINGLE_PASS = 1_450;

/** A character, a digit (`#`), one segment without a dot (`*`) or whatever is left (`**`). */
type Token = string;
/** What is left of a key. */
type Rest = readonly Token[];

const DIGITS = '0123456789';
const literal = (char: string): string => char.replace(/[.\\+*?()|[\]{}^$]/g, '\\$&');
/** The inside of a class; a digit class is written short. */
const inClass = (chars: readonly string[]): string =>
  chars.map(char => (char === '#' ? '0-9' : char)).join('');

function read(key: string): Rest {
  const [before, after, ...more] = key.split('*') as [string, string | undefined, ...string[]];
  if (more.length > 0 || (after && !(before.endsWith('.') && after.startsWith('.'))))
    throw new Error(`${key}: a * at the end, or one whole segment`);
  return [...before, ...(after === undefined ? [] : after === '' ? ['**'] : ['*', ...after])];
}

const distinct = (rests: readonly Rest[]): Rest[] => [
  ...new Map(rests.map(rest => [rest.join('\0'), rest])).values(),
];

/** The pattern of all that may follow where each of these may be what is left. */
function write(rests: readonly Rest[]): string {
  if (rests.some(([token]) => token === '**')) return '(?s:.*)$';
  const segments = rests.filter(([token]) => token === '*');
  // a segment may be empty: what follows it may come at once
  const rest = distinct([...rests.filter(([token]) => token !== '*'), ...segments.map(one => one.slice(1))]);
  if (segments.length > 0 && rest.length === distinct(segments).length) return `[^.]*${write(rest)}`;
  const heads = new Set(rest.flatMap(([token]) => (token === undefined ? [] : [token])));
  const ways = [...heads].sort().map(head => {
    const after = rest
      .filter(([token]) => token === head || (token === '#' && DIGITS.includes(head)))
      .map(one => one.slice(1));
    const others = head === '#' ? [...DIGITS].filter(digit => !heads.has(digit)) : [];
    const text = head !== '#' ? literal(head) : `[${others.length === 10 ? '0-9' : others.join('')}]`;
    return text + write(distinct(head === '.' ? after : [...after, ...segments]));
  });
  if (segments.length > 0) ways.push(`[^${inClass([...new Set([...heads, '.'])].sort())}]${write(segments)}`);
  if (rest.some(one => one.length === 0)) ways.push('$');
  return ways.length === 1 ? ways[0]! : `(?:${ways.join('|')})`;
}

/**
 * The pattern of keys. At the end of a key `*` is anything; inside it is one segment, without a dot; `#` is a digit.
 *
 * @throws where a key has more than one `*`, or one that is neither at the end nor a whole segment, and where the pattern is
 *   too long for a single pass
 */
export function keyPattern(keys: readonly string[]): string {
  const pattern = `^${write(distinct(keys.map(read)))}`;
  if (pattern.length > SINGLE_PASS)
    throw new Error(`${pattern.length} characters: too long for a single pass`);
  return pattern;
}
