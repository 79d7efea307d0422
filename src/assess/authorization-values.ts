import {
  type Action,
  ALONG_BELOW,
  CHANGING,
  isTool,
  overlap,
  SHARED_WORD_BELOW,
} from './authorization-action.ts';
import type { Request } from './request.ts';
import { compact, numberOf, SURE, trimmed, type Value, valuesOf, WEAK, weightOf } from './request-values.ts';
import { TAKING_ACTS } from './rules/request-acts.ts';
import { type Spoken, tellsDeed } from './spoken.ts';
import { hasDigit } from './words.ts';

const MAX_VALUES = 64;
const MAX_TEXT = 512;
const MAX_WORDS = 64;
/** Behind a verb that says little these take something away: `get it off the network`. */
const TAKING_WORDS: readonly string[] = ['off', 'down', 'out', 'away'];

const values = new WeakMap<Request, ReadonlyMap<string, Value>>();
const sources = new WeakMap<Request, ReadonlyMap<string, Value>>();

function allOf(request: Request): ReadonlyMap<string, Value> {
  const known = sources.get(request);
  if (known !== undefined) return known;
  const found = valuesOf(request.source);
  sources.set(request, found);
  return found;
}

/** What the person wrote down of values, by what is ordered or stated with it. Read once a message. */
function valuesIn(request: Request): ReadonlyMap<string, Value> {
  const known = values.get(request);
  if (known !== undefined) return known;
  const all = allOf(request);
  const found = new Map<string, Value>();
  for (const [key, value] of all) if (request.orders.words.has(value.word)) found.set(key, value);
  values.set(request, found);
  return found;
}

/**
 * Whether the call says what the person did in values that are not shared by chance: the number of an order, a sum, a name and a date. Then the order is for this call
 * whatever its verb is.
 */
export function grounded(request: Request, action: Action, said: Spoken): 'explicit' | 'implied' | undefined {
  if (!CHANGING.has(action.type) || !isTool(action) || action.secret) return undefined;
  const { orders } = request;
  if (!(orders.effects || request.states) || (orders.drafts && action.type !== 'write')) return undefined;
  const weight = weigh(valuesIn(request), said);
  if (weight === 0) return undefined;
  // a report of what was done follows from it, and what takes something away was not asked for by another verb
  if (action.type === 'communicate' && tellsDeed(said)) return 'implied';
  if (outlasts(said, request.words)) return undefined;
  // what is only stated asks for nothing by itself
  if (!orders.effects)
    return weight >= SURE && action.risk < ALONG_BELOW && !overlap(said.acts, TAKING_ACTS)
      ? 'implied'
      : undefined;
  const matches = overlap(orders.acts, said.acts);
  const takes = overlap(said.acts, TAKING_ACTS) && !matches;
  if (takes && !(orders.light && TAKING_WORDS.some(word => orders.words.has(word)))) return undefined;
  const other = !orders.unknown && !orders.light && said.acts.size > 0 && !matches;
  if (weight >= (other ? SURE + WEAK : SURE)) return orders.vague ? 'implied' : 'explicit';
  if (action.risk >= SHARED_WORD_BELOW || (other && weight < SURE)) return undefined;
  return 'implied';
}

/** True where the call is about a record that is named as the person named another: `BP-01882` for `BP-01881`. */
export function namesAlike(request: Request, said: Spoken): boolean {
  if (said.records.size === 0) return false;
  const all = allOf(request);
  let alike = false;
  for (const [key, text] of said.parts.slice(0, MAX_VALUES)) {
    if (text.length > MAX_ID || !ID_END.test(key) || !hasDigit(text)) continue;
    const id = compact(text.toLowerCase());
    if (all.has(id) || all.has(`n:${Number(id)}`)) return false;
    for (const one of all.keys()) alike ||= one.length > SHORT_ID && isAlike(one, id);
  }
  return alike;
}

const MAX_ID = 32;
const SHORT_ID = 5;
const ID_END = /(?:id|number|code|ref|key)s?$/;

/** The same but for digits: a letter more or another letter is another kind of name. */
function isAlike(one: string, other: string): boolean {
  if (one.length !== other.length || one === other) return false;
  for (let i = 0; i < one.length; i++) {
    const [a, b] = [one[i] as string, other[i] as string];
    if (a !== b && !(hasDigit(a) && hasDigit(b))) return false;
  }
  return true;
}

/** True for what holds for decades, where nobody spoke of that: `valid_to: 2099-12-31`. */
const outlasts = ({ parts }: Spoken, words: string): boolean =>
  parts.some(([key, text]) => ENDING_KEYS.test(key) && FAR_OFF.test(text)) && !words.includes(' permanent');

const ENDING_KEYS = /(?:to|until)$|^end|expir/;
const FAR_OFF = /^(?:20[5-9]|2[1-9]|[3-9])\d{1,3}-/;

/** How much the call's values share with the person's. */
function weigh(stated: ReadonlyMap<string, Value>, said: Spoken): number {
  if (stated.size === 0) return 0;
  const groups = new Map<number, number>();
  const hit = (key: string): void => {
    const value = stated.get(key);
    if (value !== undefined) groups.set(value.group, Math.max(groups.get(value.group) ?? 0, value.weight));
  };
  for (const [key, value] of said.numbers.slice(0, MAX_VALUES)) {
    if (weightOf(value) !== undefined) hit(`n:${value}`);
    hit(`${key}=${value}`);
  }
  for (const one of said.records) hit(numberOf(one) === undefined ? compact(one) : `n:${Number(one)}`);
  for (const [, text] of said.parts.slice(0, MAX_VALUES)) hitText(text.slice(0, MAX_TEXT), hit);
  let sum = 0;
  for (const weight of groups.values()) sum += weight;
  return sum;
}

function hitText(text: string, hit: (key: string) => void): void {
  const lower = text.toLowerCase();
  if (lower.length <= 64) hit(compact(lower));
  if (hitDate(lower, hit)) return;
  let before = '';
  for (const raw of lower.split(WHITESPACE, MAX_WORDS)) {
    const token = trimmed(raw);
    const number = numberOf(token);
    if (number !== undefined) {
      if (weightOf(number) !== undefined) hit(`n:${number}`);
    } else hit(compact(token));
    if (before !== '' && hasDigit(before + token)) hit(compact(before + token));
    before = token;
    const parts = token.split(SEPARATORS, 8);
    if (parts.length > 1)
      for (const part of parts)
        if (part.length >= 2)
          hit(numberOf(part) === undefined || part.length < 3 ? part : `n:${Number(part)}`);
  }
}

const WHITESPACE = /\s+/;
const SEPARATORS = /[-_./:@#]/;
const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[t ](\d\d):(\d\d))?/;

/** A date as machines write it says the day of the week, the day of the month and the time. */
function hitDate(text: string, hit: (key: string) => void): boolean {
  const date = ISO.exec(text);
  if (date === null) return false;
  const [, year, month, day, hour, minute] = date.map(Number) as number[];
  const time = Date.UTC(year as number, (month as number) - 1, day);
  if (!Number.isNaN(time)) hit(`day:${new Date(time).getUTCDay()}`);
  hit(`date:${month}-${day}`);
  if (date[4] !== undefined) hit(`time:${hour}:${minute}`);
  return true;
}
