import { CalibrationError, isObject, shown } from './error.ts';

/** Which of the two reference scales. */
export type SignalName = 'risk' | 'autonomy';

/** A provider's own scale of numbers. */
export interface IntervalScale {
  /** What a native score names as its scale. Matches `^[\w.+:/-]{1,64}$`. */
  readonly id: string;
  readonly type: 'interval';
  readonly min: number;
  readonly max: number;
  /** Default `higher_is_riskier`; on an autonomy scale read "more autonomous" for "riskier". */
  readonly direction?: 'higher_is_riskier' | 'lower_is_riskier';
}

/** A provider's own scale of named levels. */
export interface OrdinalScale {
  readonly id: string;
  readonly type: 'ordinal';
  /** From the least to the most, two or more, different when case is ignored. */
  readonly levels: readonly string[];
}

export type Scale = IntervalScale | OrdinalScale;

const ID = /^[\w.+:/-]{1,64}$/;

/**
 * Checks a scale's definition. Keys beyond the definition (a title, a source) are passed over.
 *
 * @param source the file, or what else the message should name
 * @throws CalibrationError where the definition is not usable
 */
export function parseScale(value: unknown, source: string): Scale {
  const fail = (field: string, problem: string): never => {
    throw new CalibrationError(`${source}: ${field}: ${problem}`);
  };
  if (!isObject(value))
    return fail('scale', 'a JSON object, as {"id":"acme","type":"interval","min":1,"max":10}');
  const { id, type } = value;
  if (typeof id !== 'string' || !ID.test(id))
    return fail('id', `letters, digits and . _ + : / - (at most 64), not ${shown(id)}`);
  if (type === 'interval') return interval(value, id, fail);
  if (type === 'ordinal') return ordinal(value, id, fail);
  return fail('type', `"interval" or "ordinal", not ${shown(type)}`);
}

type Fail = (field: string, problem: string) => never;

function interval(value: Record<string, unknown>, id: string, fail: Fail): IntervalScale {
  const { min, max, direction } = value;
  if (typeof min !== 'number' || !Number.isFinite(min)) return fail('min', `a number, not ${shown(min)}`);
  if (typeof max !== 'number' || !Number.isFinite(max)) return fail('max', `a number, not ${shown(max)}`);
  if (!(min < max))
    return fail('max', `above min; with ${min} and ${max} put the smaller one into min and say "direction"`);
  if (direction === undefined) return { id, type: 'interval', min, max };
  if (direction !== 'higher_is_riskier' && direction !== 'lower_is_riskier')
    return fail('direction', `"higher_is_riskier" or "lower_is_riskier", not ${shown(direction)}`);
  return { id, type: 'interval', min, max, direction };
}

function ordinal(value: Record<string, unknown>, id: string, fail: Fail): OrdinalScale {
  const { levels, direction } = value;
  if (direction !== undefined && direction !== 'higher_is_riskier')
    return fail('direction', 'an ordinal scale has none; list its levels from the least to the most');
  if (!Array.isArray(levels) || levels.length < 2 || levels.length > 100)
    return fail('levels', 'a list of 2 to 100 names, from the least to the most');
  const seen = new Set<string>();
  for (const level of levels) {
    if (typeof level !== 'string' || level.trim() === '') return fail('levels', `names, not ${shown(level)}`);
    if (seen.has(folded(level))) return fail('levels', `${shown(level)} stands there twice`);
    seen.add(folded(level));
  }
  return { id, type: 'ordinal', levels: levels as string[] };
}

const folded = (label: string): string => label.trim().toLowerCase();

/** A decimal number and nothing else: no hexadecimal, no blank, no `Infinity`. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?$/i;

/**
 * Where a native value lies on its scale: the number itself, or the index of its level.
 *
 * @returns `undefined` where the value is not on the scale
 */
export function position(scale: Scale, native: unknown): number | undefined {
  if (scale.type === 'ordinal') {
    if (typeof native !== 'string' && typeof native !== 'number') return undefined;
    const label = folded(String(native));
    const index = scale.levels.findIndex(level => folded(level) === label);
    return index < 0 ? undefined : index;
  }
  const value = typeof native === 'string' && NUMBER.test(native.trim()) ? Number(native) : native;
  if (typeof value !== 'number' || !(value >= scale.min && value <= scale.max)) return undefined;
  return value;
}

/** The lowest and the highest position. */
export const range = (scale: Scale): readonly [number, number] =>
  scale.type === 'ordinal' ? [0, scale.levels.length - 1] : [scale.min, scale.max];

/** 1 where a higher position is riskier, else −1. */
export const orientation = (scale: Scale): 1 | -1 =>
  scale.type === 'interval' && scale.direction === 'lower_is_riskier' ? -1 : 1;

/** What values the scale has, in words. */
export const spelled = (scale: Scale): string =>
  scale.type === 'ordinal'
    ? `one of ${scale.levels.join(', ')}`
    : `a number from ${scale.min} to ${scale.max}`;
