import type { SessionRow, StepPoint, TimelineItem } from '../../analysis/index.ts';

/**
 * How rows stand in a page: an array a row, its fields in the order of a table, texts as numbers of one list, what is absent as 0 (texts, counts)
 * or -1 (numbers), and nothing behind the last field that is there. A session takes about 100 bytes so, an item of a timeline 60.
 */
type Kind = 'text' | 'plain' | 'number' | 'time' | 'flag' | 'counts';
type Fields<T> = readonly (readonly [name: keyof T & string, kind: Kind])[];
export type Packed = readonly unknown[];

export const SESSION_FIELDS: Fields<SessionRow> = [
  ['session', 'plain'],
  ['agent', 'text'],
  ['start', 'number'],
  ['end', 'time'],
  ['steps', 'number'],
  ['upperRight', 'number'],
  ['risk', 'number'],
  ['autonomy', 'number'],
  ['severity', 'number'],
  ['named', 'flag'],
  ['signals', 'counts'],
  ['stops', 'counts'],
  ['refusals', 'counts'],
  ['approvals', 'counts'],
];

export const ITEM_FIELDS: Fields<TimelineItem> = [
  ['kind', 'text'],
  ['time', 'time'],
  ['traceId', 'text'],
  ['spanId', 'plain'],
  ['tool', 'text'],
  ['involvement', 'text'],
  ['risk', 'number'],
  ['autonomy', 'number'],
  ['severity', 'number'],
  ['type', 'text'],
  ['by', 'text'],
  ['action', 'text'],
  ['reversibility', 'text'],
  ['end', 'time'],
  ['status', 'text'],
  ['decider', 'text'],
  ['source', 'text'],
  ['sourceName', 'text'],
  ['reason', 'text'],
  ['outcome', 'text'],
  ['native', 'text'],
  ['from', 'text'],
  ['to', 'text'],
];

export const POINT_FIELDS: Fields<Omit<StepPoint, 'session'> & { readonly session: number }> = [
  ['session', 'number'],
  ['risk', 'number'],
  ['autonomy', 'number'],
  ['severity', 'number'],
  ['tool', 'text'],
  ['traceId', 'text'],
  ['spanId', 'plain'],
  ['time', 'number'],
];

/** Longer than any name that a person reads; an id of this length is still one of a kind. */
const MAX_TEXT = 120;

/** Texts of a page, each once. */
export class Words {
  readonly list: string[] = [''];
  readonly #numbers: Map<string, number> = new Map([['', 0]]);
  /** Bytes that the list takes in the page, about. */
  bytes = 0;

  number(text: string): number {
    const short = clip(text);
    const known = this.#numbers.get(short);
    if (known !== undefined) return known;
    this.list.push(short);
    this.bytes += short.length * 2 + 3;
    this.#numbers.set(short, this.list.length - 1);
    return this.list.length - 1;
  }
}

const clip = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text);
const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** @param base what times are counted from, in milliseconds */
export function pack<T extends object>(fields: Fields<T>, row: T, words: Words, base = 0): Packed {
  const packed: unknown[] = fields.map(([name, kind]) => {
    const value: unknown = row[name];
    switch (kind) {
      case 'text':
        return typeof value === 'string' ? words.number(value) : 0;
      case 'plain':
        return typeof value === 'string' ? clip(value) : 0;
      case 'flag':
        return value === true ? 0 : 1;
      case 'counts':
        return Object.entries(value as Record<string, number>).flatMap(([key, n]) => [words.number(key), n]);
      case 'time':
        return typeof value === 'number' ? rounded(value - base) : -1;
      default:
        return typeof value === 'number' ? rounded(value) : -1;
    }
  });
  while (isAbsent(packed.at(-1), fields[packed.length - 1]?.[1])) packed.pop();
  return packed;
}

const isAbsent = (value: unknown, kind: Kind | undefined): boolean => {
  if (kind === undefined) return false;
  if (kind === 'number' || kind === 'time') return value === -1;
  return value === 0 || (Array.isArray(value) && value.length === 0);
};

export function unpack<T>(fields: Fields<T>, packed: Packed, words: readonly string[], base = 0): T {
  const row: Record<string, unknown> = {};
  for (const [at, [name, kind]] of fields.entries()) {
    const value = packed[at] as number | undefined;
    if (kind === 'counts') row[name] = countsOf((value as unknown as number[] | undefined) ?? [], words);
    else if (kind === 'flag') row[name] = value !== 1;
    else if (value === undefined || isAbsent(value, kind)) continue;
    else if (kind === 'text') row[name] = words[value] ?? '';
    else row[name] = kind === 'time' ? value + base : value;
  }
  return row as T;
}

function countsOf(pairs: readonly number[], words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let i = 0; i + 1 < pairs.length; i += 2) counts[words[pairs[i] ?? 0] ?? ''] = pairs[i + 1] ?? 0;
  return counts;
}
