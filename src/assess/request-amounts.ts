import { BOUND_WORDS, CURRENCIES, CURRENCY_SIGNS, NUMBER_WORDS } from './rules/request-acts.ts';

const MAX_AMOUNTS = 64;
const MAX_DIGITS = 16;
/** So long is the longest word for a number. */
const MAX_WORD = 6;

/** The numbers that a person states, by what they count. */
export interface Amounts {
  readonly percents: ReadonlySet<number>;
  readonly money: ReadonlySet<number>;
  /** The most that may be spent. */
  readonly most: number | undefined;
  /** What something is to be set to: `raise it to 500`. */
  readonly targets: ReadonlySet<number>;
  /** Every number, also such as stand in words. */
  readonly numbers: ReadonlySet<number>;
}

/**
 * Reads the numbers of a text: `5 %`, `40 dollars`, `up to €400`, `two copies`. Linear.
 *
 * @param words its words in lower case
 */
export function amountsOf(text: string, words: readonly string[]): Amounts {
  if (!DIGIT.test(text)) return inWords(words);
  const percents = new Set<number>();
  const money = new Set<number>();
  const numbers = new Set<number>();
  const targets = new Set<number>();
  let most: number | undefined;
  const tokens = text.split(WHITESPACE);
  for (let i = 0; i < tokens.length && numbers.size < MAX_AMOUNTS; i++) {
    const token = tokens[i] as string;
    const value =
      numberIn(token) ?? (token.length <= MAX_WORD ? NUMBER_WORDS.get(token.toLowerCase()) : undefined);
    if (value === undefined) continue;
    numbers.add(value);
    const next = bare(tokens[i + 1]);
    const before = bare(tokens[i - 1]);
    if (before === 'to') targets.add(value);
    if (token.includes('%') || next.startsWith('%') || next === 'percent' || next === 'per')
      percents.add(value);
    const sum = hasSign(token) || hasSign(tokens[i - 1]) || CURRENCIES.has(next) || CURRENCIES.has(before);
    if (!sum && !(tokens[i + 1] !== undefined && hasSign(tokens[i + 1]))) continue;
    money.add(value);
    if (BOUND_WORDS.has(before)) most = Math.max(most ?? 0, value);
  }
  return { percents, money, numbers, targets, most };
}

const DIGIT = /[0-9]/;
const NONE: ReadonlySet<number> = new Set();

/** Where no digit stands, only words can count. */
function inWords(words: readonly string[]): Amounts {
  const numbers = new Set<number>();
  const targets = new Set<number>();
  words.forEach((word, i) => {
    const value = NUMBER_WORDS.get(word);
    if (value === undefined) return;
    numbers.add(value);
    if (words[i - 1] === 'to') targets.add(value);
  });
  return { percents: NONE, money: NONE, numbers, targets, most: undefined };
}

const WHITESPACE = /\s+/;

const hasSign = (token: string | undefined): boolean =>
  token !== undefined && token.length <= MAX_DIGITS && [...CURRENCY_SIGNS].some(sign => token.includes(sign));

/** A word in lower case without the marks behind it. */
function bare(token: string | undefined): string {
  if (token === undefined || token.length > MAX_DIGITS) return '';
  let end = token.length;
  while (end > 0 && '.,;:!?)'.includes(token[end - 1] as string)) end -= 1;
  return token.slice(0, end).toLowerCase();
}

/** The number that a word states: `1,200`, `€40.`, `5%`; none where letters stand in it. */
function numberIn(token: string): number | undefined {
  if (token.length > MAX_DIGITS) return undefined;
  let digits = '';
  for (const one of token) {
    if (one >= '0' && one <= '9') digits += one;
    else if (one === '.' && digits !== '') digits += one;
    else if (!IGNORED.includes(one)) return undefined;
  }
  if (digits === '') return undefined;
  const value = Number(digits.endsWith('.') ? digits.slice(0, -1) : digits);
  return Number.isFinite(value) ? value : undefined;
}

const IGNORED = `${CURRENCY_SIGNS},%;:!?()"'#`;
