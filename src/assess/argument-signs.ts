import { PRICE_KEYS } from './rules/arguments.ts';
import {
  OFF_VALUES,
  OUTSIDE_KEYS,
  PAYEE_KEYS,
  SEAT_KEYS,
  SETTING_KEYS,
  SETTING_VALUES,
  type Sign,
  SWITCH_ENDS,
  signs,
  TOOLS_KEYS,
  WATCHING_SETTINGS,
} from './rules/circumstances.ts';
import { once } from './rules/rule.ts';
import { TARGET_KEYS } from './rules/targets.ts';

const MAX_SIGN_VALUE = 128;
const MAX_LISTED = 16;
const MAX_TARGETS = 4;

/** What the arguments of one call say of it beside what it does. */
export interface Signs {
  readonly found: Set<Sign>;
  /** Texts that describe what is clicked. At most 4. */
  readonly targets: string[];
  /** Names of the tools that another agent is given. At most 16. */
  readonly tools: string[];
  /** The largest sum of money, and the largest number of what is paid for. */
  amount: number;
  count: number;
  /** A sum of money is written out with its cents. */
  written: boolean;
  /** How many are paid. */
  payees: number;
  /** A setting is named by which people keep watch, and something is set to a word for off. */
  watching: boolean;
  off: boolean;
}

export function newSigns(): Signs {
  return {
    found: new Set(),
    targets: [],
    tools: [],
    amount: 0,
    count: 0,
    payees: 0,
    written: false,
    watching: false,
    off: false,
  };
}

/** What one key can say. */
interface Key {
  readonly rows: readonly { readonly sign: Sign; readonly values?: ReadonlySet<string> }[];
  readonly target: boolean;
  readonly outside: boolean;
  readonly setting: boolean;
  readonly price: boolean;
  readonly count: boolean;
  readonly payees: boolean;
  readonly tools: boolean;
  readonly value: boolean;
}

/** One look-up a key, as most keys say nothing. */
const keysKnown = once(
  (): ReadonlyMap<string, Key> =>
    new Map(
      [
        ...new Set([
          ...signs().keys(),
          ...[
            TARGET_KEYS,
            OUTSIDE_KEYS,
            SETTING_KEYS,
            PRICE_KEYS,
            SEAT_KEYS,
            PAYEE_KEYS,
            TOOLS_KEYS,
            SETTING_VALUES,
          ].flatMap(keys => [...keys]),
        ]),
      ].map(key => [
        key,
        {
          rows: signs().get(key) ?? [],
          target: TARGET_KEYS.has(key),
          outside: OUTSIDE_KEYS.has(key),
          setting: SETTING_KEYS.has(key),
          price: PRICE_KEYS.has(key),
          count: SEAT_KEYS.has(key),
          payees: PAYEE_KEYS.has(key),
          tools: TOOLS_KEYS.has(key),
          value: SETTING_VALUES.has(key),
        },
      ]),
    ),
);

/** Notes what one argument says. `key` is in lower case without `_` and `-`. */
export function noteSign(signs: Signs, key: string, value: unknown): void {
  const known = keysKnown().get(key);
  if (known === undefined || value === null || value === undefined || value === '') return;
  for (const { sign, values } of known.rows) {
    const says =
      values === undefined ? typeof value !== 'object' : isOneOf(values, value, sign === 'administrator');
    if (says) signs.found.add(sign);
  }
  if (typeof value === 'string') noteText(signs, known, value);
  else if (typeof value === 'number') {
    if (known.price) signs.amount = Math.max(signs.amount, value);
    if (known.payees) signs.payees = Math.max(signs.payees, value);
    if (known.count) signs.count = Math.max(signs.count, value);
  } else if (known.tools && Array.isArray(value)) {
    for (const tool of value.slice(0, MAX_LISTED - signs.tools.length))
      if (typeof tool === 'string') signs.tools.push(tool);
  }
  if (known.payees && Array.isArray(value)) signs.payees = Math.max(signs.payees, value.length);
  if (known.value && isOneOf(OFF_VALUES, value)) signs.off = true;
}

function noteText(signs: Signs, { target, outside, setting, price }: Key, value: string): void {
  if (target && signs.targets.length < MAX_TARGETS) signs.targets.push(value);
  if (outside && isOutside(value)) signs.found.add('outside');
  if (setting && value.length <= MAX_SIGN_VALUE && namesWatching(value)) signs.watching = true;
  if (price) {
    const sum = amountIn(value) ?? 0;
    signs.amount = Math.max(signs.amount, sum);
    const point = value.at(-3);
    if (sum > 0 && (point === '.' || point === ',')) signs.written = true;
  }
}

const MAX_AMOUNT_LENGTH = 24;
const isNumeral = (c: string): boolean => (c >= '0' && c <= '9') || c === '.' || c === ',';

/** A sum as people and banks write it: `618233.40`, `1.250,00 €`, `USD 12,400`. The last separator is the point where one or two digits follow. */
export function amountIn(text: string): number | undefined {
  if (text.length > MAX_AMOUNT_LENGTH) return undefined;
  let start = 0;
  while (start < text.length && !isNumeral(text[start] as string)) start += 1;
  let end = start;
  while (end < text.length && (isNumeral(text[end] as string) || text[end] === ' ' || text[end] === "'"))
    end += 1;
  // beside the number a sign or three letters of a currency
  if (end === start || text.length - (end - start) > 5) return undefined;
  const number = text.slice(start, end).replaceAll(' ', '').replaceAll("'", '');
  const last = Math.max(number.lastIndexOf('.'), number.lastIndexOf(','));
  const behind = number.length - last - 1;
  const once = number.indexOf('.') === last || number.indexOf(',') === last;
  const point = last >= 0 && (behind <= 2 || (behind !== 3 && once));
  const whole = (point ? number.slice(0, last) : number).replaceAll('.', '').replaceAll(',', '');
  const sum = Number(point ? `${whole}.${number.slice(last + 1)}` : whole);
  return Number.isFinite(sum) ? sum : undefined;
}

/** A host, a channel or a person. */
function isOutside(value: string): boolean {
  const text = value.slice(0, MAX_SIGN_VALUE);
  return text.includes('://') || text.startsWith('#') || text.includes('@');
}

/** The name of a switch: `oversight.enabled`, and not `audit.page_size`. */
function namesWatching(value: string): boolean {
  const parts = value.toLowerCase().split(/[._\-/ ]/);
  const last = parts.at(-1) as string;
  return (
    (SWITCH_ENDS.has(last) || WATCHING_SETTINGS.has(last)) && parts.some(part => WATCHING_SETTINGS.has(part))
  );
}

/** True where the value, or one of a list, is in the table; with `tail` also of an ARN or a prefixed name its last part. */
function isOneOf(values: ReadonlySet<string>, value: unknown, tail = false): boolean {
  if (Array.isArray(value))
    return value.slice(0, MAX_LISTED).some(one => !Array.isArray(one) && isOneOf(values, one, tail));
  if (typeof value !== 'string') return typeof value !== 'object' && values.has(String(value));
  if (value.length > MAX_SIGN_VALUE) return false;
  const lower = value.toLowerCase();
  if (values.has(lower) || !tail) return values.has(lower);
  const last = Math.max(lower.lastIndexOf('/'), lower.lastIndexOf(':'));
  return last > 0 && values.has(lower.slice(last + 1));
}
