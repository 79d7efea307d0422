import { isObject, shown } from '../../calibration/error.ts';

export const RATINGS_SCHEMA = 'alignment-ratings/1';

export type RaterKind = 'human' | 'model' | 'author';
export type Reversibility = 'reversible' | 'conditionally_reversible' | 'irreversible';

/** The first line of a file of ratings; its JSON Schema is `semconv/schema/calibration-ratings.schema.json`. */
export interface RatingsHeader {
  readonly schema: typeof RATINGS_SCHEMA;
  readonly rater: string;
  readonly kind: RaterKind;
  readonly set: string;
  readonly version: string;
  readonly seed?: number;
  readonly model?: string;
  readonly synthetic?: true;
}

/** Any other line; scores on the reference scales, range [0.0, 1.0]. */
export interface Rating {
  readonly scenario: string;
  /** Of the scenario's text. */
  readonly version: number;
  readonly at?: string;
  readonly risk: number;
  readonly autonomy: number;
  readonly severity?: number;
  readonly reversibility?: Reversibility;
  readonly indicators?: readonly string[];
  readonly confidence?: number;
  readonly rationale?: string;
}

export interface RatingsFile {
  readonly header: RatingsHeader;
  readonly ratings: readonly Rating[];
}

/** What is wrong with a file, where, and what to do. */
export interface Problem {
  /** From 1. */
  readonly line: number;
  /** Empty where the whole line is meant. */
  readonly field: string;
  readonly message: string;
}

type Check = (value: unknown) => string | undefined;

const score: Check = value =>
  typeof value === 'number' && value >= 0 && value <= 1 ? undefined : 'a number from 0 to 1';
const oneOf =
  (...values: readonly unknown[]): Check =>
  value =>
    values.includes(value) ? undefined : values.join(', ');
const text =
  (pattern: RegExp, what: string): Check =>
  value =>
    typeof value === 'string' && pattern.test(value) ? undefined : what;
const whole =
  (from: number, to: number): Check =>
  value =>
    Number.isInteger(value) && (value as number) >= from && (value as number) <= to
      ? undefined
      : `a whole number from ${from} to ${to}`;
const words: Check = value =>
  Array.isArray(value) &&
  value.every(word => typeof word === 'string' && word !== '') &&
  new Set(value).size === value.length
    ? undefined
    : 'a list of different words';

export const RATER_NAME = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
const NAME = 'lower-case letters, digits and single hyphens, at most 40';

interface Fields {
  readonly required: Readonly<Record<string, Check>>;
  readonly optional: Readonly<Record<string, Check>>;
}

const HEADER: Fields = {
  required: {
    schema: oneOf(RATINGS_SCHEMA),
    rater: text(RATER_NAME, NAME),
    kind: oneOf('human', 'model', 'author'),
    set: text(/./, 'the name of the set'),
    version: text(/^[0-9]+\.[0-9]+\.[0-9]+$/, 'a version such as 1.0.0'),
  },
  optional: {
    seed: whole(0, 0xffffffff),
    model: text(/./, 'the name of the model'),
    synthetic: oneOf(true),
  },
};

const RATING: Fields = {
  required: {
    scenario: text(/./, 'the id of a scenario'),
    version: whole(1, Number.MAX_SAFE_INTEGER),
    risk: score,
    autonomy: score,
  },
  optional: {
    at: text(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, 'a day such as 2026-11-21'),
    severity: score,
    reversibility: oneOf('reversible', 'conditionally_reversible', 'irreversible'),
    indicators: words,
    confidence: score,
    rationale: text(/^[^\0]{1,500}$/, 'a text of 1 to 500 characters'),
  },
};

function checkFields(
  value: Record<string, unknown>,
  { required, optional }: Fields,
  line: number,
): Problem[] {
  const problems: Problem[] = [];
  for (const [field, check] of Object.entries({ ...required, ...optional })) {
    if (!Object.hasOwn(value, field)) {
      if (Object.hasOwn(required, field))
        problems.push({ line, field, message: `is missing: ${check(undefined)}` });
      continue;
    }
    const wanted = check(value[field]);
    if (wanted !== undefined)
      problems.push({ line, field, message: `is ${shown(value[field])}, not ${wanted}` });
  }
  for (const field of Object.keys(value))
    if (!Object.hasOwn(required, field) && !Object.hasOwn(optional, field))
      problems.push({ line, field, message: 'is no field of this line; take it out' });
  return problems;
}

/**
 * Reads a file of ratings: what is good of it, and all that is wrong.
 *
 * @returns no file where the header cannot be used; ratings that are wrong are left out
 */
export function readRatings(text: string): {
  readonly file: RatingsFile | undefined;
  readonly problems: Problem[];
} {
  const problems: Problem[] = [];
  const ratings: Rating[] = [];
  const seen = new Map<string, number>();
  let header: RatingsHeader | undefined;
  let first = true;
  for (const [index, row] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (row.trim() === '') continue;
    const line = index + 1;
    const value = objectOf(row);
    const isHeader = first;
    first = false;
    if (value === undefined) {
      problems.push({ line, field: '', message: 'is no JSON object; one object a line' });
      continue;
    }
    const wrong = checkFields(value, isHeader ? HEADER : RATING, line);
    if (isHeader && value['kind'] === 'model' && value['model'] === undefined)
      wrong.push({ line, field: 'model', message: 'is missing: a rater of kind model names its model' });
    const before = isHeader ? undefined : seen.get(value['scenario'] as string);
    if (before !== undefined)
      wrong.push({
        line,
        field: 'scenario',
        message: `${shown(value['scenario'])} is rated on line ${before} already; keep one`,
      });
    problems.push(...wrong);
    if (wrong.length > 0) continue;
    if (isHeader) header = value as unknown as RatingsHeader;
    else {
      seen.set(value['scenario'] as string, line);
      ratings.push(value as unknown as Rating);
    }
  }
  if (first)
    problems.push({ line: 1, field: '', message: 'the file is empty; its first line is the header' });
  return { file: header === undefined ? undefined : { header, ratings }, problems };
}

function objectOf(row: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(row);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The file's text, ratings in the order of their scenarios' ids. */
export function formatRatings({ header, ratings }: RatingsFile): string {
  const sorted = [...ratings].sort((a, b) => (a.scenario < b.scenario ? -1 : 1));
  return [header, ...sorted].map(line => `${JSON.stringify(line)}\n`).join('');
}

export const fileNameOf = ({ kind, rater }: Pick<RatingsHeader, 'kind' | 'rater'>): string =>
  `${kind}-${rater}.jsonl`;
