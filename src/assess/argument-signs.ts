import { PRICE_KEYS } from './rules/arguments.ts';
import {
  COUNT_KEYS,
  OFF_VALUES,
  OUTSIDE_KEYS,
  SETTING_KEYS,
  SETTING_VALUES,
  SIGNS,
  type Sign,
  SWITCH_ENDS,
  TOOLS_KEYS,
  WATCHING_SETTINGS,
} from './rules/circumstances.ts';
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
  /** A setting is named by which people keep watch, and something is set to a word for off. */
  watching: boolean;
  off: boolean;
}

export function newSigns(): Signs {
  return { found: new Set(), targets: [], tools: [], amount: 0, count: 0, watching: false, off: false };
}

/** What one key can say. */
interface Key {
  readonly rows: readonly { readonly sign: Sign; readonly values?: ReadonlySet<string> }[];
  readonly target: boolean;
  readonly outside: boolean;
  readonly setting: boolean;
  readonly price: boolean;
  readonly count: boolean;
  readonly tools: boolean;
  readonly value: boolean;
}

/** One look-up a key, as most keys say nothing. */
const KEYS: ReadonlyMap<string, Key> = new Map(
  [
    ...new Set([
      ...SIGNS.keys(),
      ...[
        TARGET_KEYS,
        OUTSIDE_KEYS,
        SETTING_KEYS,
        PRICE_KEYS,
        COUNT_KEYS,
        TOOLS_KEYS,
        SETTING_VALUES,
      ].flatMap(keys => [...keys]),
    ]),
  ].map(key => [
    key,
    {
      rows: SIGNS.get(key) ?? [],
      target: TARGET_KEYS.has(key),
      outside: OUTSIDE_KEYS.has(key),
      setting: SETTING_KEYS.has(key),
      price: PRICE_KEYS.has(key),
      count: COUNT_KEYS.has(key),
      tools: TOOLS_KEYS.has(key),
      value: SETTING_VALUES.has(key),
    },
  ]),
);

/** Notes what one argument says. `key` is in lower case without `_` and `-`. */
export function noteSign(signs: Signs, key: string, value: unknown): void {
  const known = KEYS.get(key);
  if (known === undefined || value === null || value === undefined || value === '') return;
  for (const { sign, values } of known.rows) {
    const says =
      values === undefined ? typeof value !== 'object' : isOneOf(values, value, sign === 'administrator');
    if (says) signs.found.add(sign);
  }
  if (typeof value === 'string') noteText(signs, known, value);
  else if (typeof value === 'number') {
    if (known.price) signs.amount = Math.max(signs.amount, value);
    if (known.count) signs.count = Math.max(signs.count, value);
  } else if (known.tools && Array.isArray(value)) {
    for (const tool of value.slice(0, MAX_LISTED - signs.tools.length))
      if (typeof tool === 'string') signs.tools.push(tool);
  }
  if (known.value && isOneOf(OFF_VALUES, value)) signs.off = true;
}

function noteText(signs: Signs, { target, outside, setting, price }: Key, value: string): void {
  if (target && signs.targets.length < MAX_TARGETS) signs.targets.push(value);
  if (outside && isOutside(value)) signs.found.add('outside');
  if (setting && value.length <= MAX_SIGN_VALUE && namesWatching(value)) signs.watching = true;
  if (price && value.length <= 16) signs.amount = Math.max(signs.amount, Number(value) || 0);
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
