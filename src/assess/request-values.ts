import { STOP_WORDS, TYPES_BY_VERB } from './rules/request.ts';
import { CURRENCY_SIGNS, NUMBER_WORDS } from './rules/request-acts.ts';
import {
  COMMON_CAPITALS,
  MONTHS,
  MULTIPLES,
  NAME_VERBS,
  NO_ORDERS,
  WEEKDAYS,
} from './rules/request-values.ts';
import { hasDigit } from './words.ts';

const MAX_VALUES = 256;
const MAX_TOKEN = 64;
/** From so many characters on, a word with a digit is no other's by chance. */
const SURE_LENGTH = 4;
/** So far apart stand the parts of a plate or a telephone number at most. */
const SHORT = 6;

/** How much a value says: a name may be shared by chance, the number of an order is not. */
export const [WEAK, SURE] = [1, 2] as const;

/** A value that a person wrote down, such as a number or a name. */
export interface Value {
  readonly weight: typeof WEAK | typeof SURE;
  /** Values that stand together are one: first and family name. */
  readonly group: number;
  /** Its words as `eachWord` would hand them over, to find the clause that it stands in. */
  readonly word: string;
}

/** The values of a text, by what an argument would say for them. Linear; at most 256. */
export function valuesOf(text: string): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  const tokens = text.split(WHITESPACE);
  let group = 0;
  let starts = true;
  let before = '';
  let named = false;
  for (let i = 0; i < tokens.length && found.size < MAX_VALUES; i++) {
    const raw = tokens[i] as string;
    const token = raw.length > MAX_TOKEN ? '' : trimmed(raw);
    const word = firstWord(token);
    const add = (key: string, weight: typeof WEAK | typeof SURE): void => {
      if (!found.has(key)) found.set(key, { weight, group, word });
    };
    const isName = token !== '' && namesSomething(token, starts, trimmed(tokens[i + 1] ?? ''));
    if (!(named && isName)) group += 1;
    if (token !== '') {
      const lower = token.toLowerCase();
      if (hasDigit(token)) addNumber(lower, before, add);
      else if (token.includes('@') || INNER_DOT.test(token)) add(compact(lower), SURE);
      else if (isName) add(withoutGenitive(lower), WEAK);
      const weekday = WEEKDAYS.get(withoutGenitive(lower));
      if (weekday !== undefined && (lower.length > 4 || !starts)) add(`day:${weekday}`, WEAK);
      addDate(lower, before, add);
      addPair(lower, before, add);
      before = lower;
    }
    named = isName && raw.endsWith(token);
    const last = raw.at(-1) ?? '';
    starts = '.!?:;'.includes(last);
  }
  return found;
}

const WHITESPACE = /\s+/;
const INNER_DOT = /[A-Za-z0-9][./][A-Za-z0-9]/;
const EDGES = `.,;:!?()[]{}<>"'\`*#\u201c\u201d\u2018\u2019${CURRENCY_SIGNS}%`;

type Add = (key: string, weight: typeof WEAK | typeof SURE) => void;

/** A word without the marks around it. */
export function trimmed(raw: string): string {
  let start = 0;
  let end = raw.length;
  while (end > start && EDGES.includes(raw[end - 1] as string)) end -= 1;
  while (start < end && EDGES.includes(raw[start] as string)) start += 1;
  return raw.slice(start, end);
}

/** A name or number without what parts it: `KX19-LRB`, `kx19lrb`. */
export function compact(word: string): string {
  let out = '';
  for (const one of word) if (!'-_./ :+@\\'.includes(one)) out += one;
  return out;
}

function firstWord(token: string): string {
  let end = 0;
  while (end < token.length && !'-_./:+@%'.includes(token[end] as string)) end += 1;
  return token.slice(0, end).toLowerCase().replaceAll(',', '').replaceAll('\u2019', "'");
}

const withoutGenitive = (word: string): string =>
  word.endsWith("'s") || word.endsWith('\u2019s') ? word.slice(0, -2) : word;

/** The number that a word states, also with a comma or `k`; none where it has other letters. */
export function numberOf(word: string): number | undefined {
  const multiple = MULTIPLES.get(word.at(-1) ?? '');
  const plain = (multiple === undefined ? word : word.slice(0, -1)).replaceAll(',', '');
  if (plain === '' || plain.length > 16 || !DIGITS.test(plain)) return undefined;
  return Number(plain) * (multiple ?? 1);
}

const DIGITS = /^\d+(?:\.\d+)?$/;

function addNumber(word: string, before: string, add: Add): void {
  const value = numberOf(word);
  if (value === undefined) {
    const key = compact(word);
    if (key.length >= 2) add(key, key.length >= SURE_LENGTH ? SURE : WEAK);
    return;
  }
  add(`${before}=${value}`, WEAK);
  const weight = weightOf(value);
  if (weight !== undefined) add(`n:${value}`, weight);
}

/** How much a number says: a year and what is counted on two hands say nothing. */
export function weightOf(value: number): typeof WEAK | typeof SURE | undefined {
  if (!Number.isInteger(value)) return value >= 10 ? SURE : WEAK;
  if (value >= 1900 && value <= 2100) return undefined;
  if (value >= 1000) return value % 1000 === 0 && value < 10_000 ? WEAK : SURE;
  return value >= 100 ? WEAK : undefined;
}

/** `KX19 LRB`, `rev 7`, `+44 7700 900123`: parts that belong together. */
function addPair(word: string, before: string, add: Add): void {
  if (before === '' || word.length > SHORT || before.length > SHORT) return;
  if (!hasDigit(word) && !hasDigit(before)) return;
  if (STOP_WORDS.has(before) || STOP_WORDS.has(word) || NO_ORDERS.has(before)) return;
  const joined = compact(before + word);
  if (joined.length >= SURE_LENGTH && !(numberOf(joined) !== undefined && joined.length < SHORT))
    add(joined, hasLetter(joined) && joined.length >= SURE_LENGTH ? SURE : WEAK);
}

const hasLetter = (word: string): boolean => /[a-z]/.test(word);

/** `14 May`, `9 am`, `19:30`. */
function addDate(word: string, before: string, add: Add): void {
  const month = MONTHS.get(word) ?? MONTHS.get(before);
  const day = Number.parseInt(MONTHS.has(word) ? before : word, 10);
  if (month !== undefined && day > 0 && day < 32) add(`date:${month}-${day}`, WEAK);
  const clock = /^(\d{1,2})(?:[:.](\d\d))?(am|pm|h)?$/.exec(word);
  if (clock !== null) {
    const part = clock[3];
    if (clock[2] !== undefined || part !== undefined || before === 'at')
      add(`time:${hours(Number(clock[1]), part)}:${Number(clock[2] ?? 0)}`, WEAK);
  } else if (word === 'am' || word === 'pm' || word === "o'clock") {
    const hour = NUMBER_WORDS.get(before) ?? Number.parseInt(before, 10);
    const minute = Number(/[:.](\d\d)$/.exec(before)?.[1] ?? 0);
    if (hour > 0 && hour < 25) add(`time:${hours(hour, word)}:${minute}`, WEAK);
  }
}

const hours = (hour: number, part: string | undefined): number =>
  part === 'pm' && hour < 12 ? hour + 12 : hour;

/** True for a word with a capital that is a name: within a sentence, or with a verb or another name behind it. */
function namesSomething(token: string, starts: boolean, next: string): boolean {
  const first = token.charCodeAt(0);
  if (first < 65 || first > 90 || token.length < 3) return false;
  const lower = withoutGenitive(token.toLowerCase());
  if (COMMON_CAPITALS.has(lower) || STOP_WORDS.has(lower) || NO_ORDERS.has(lower)) return false;
  if (!starts) return true;
  const genitive = lower.length < token.length;
  const named = NAME_VERBS.has(next) || (next.charCodeAt(0) >= 65 && next.charCodeAt(0) <= 90);
  return (genitive || named) && !TYPES_BY_VERB.has(lower);
}
