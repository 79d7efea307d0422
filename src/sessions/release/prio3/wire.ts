import { epochOf } from '../../epoch.ts';
import { CONTRIBUTOR } from '../../fragment/schema.ts';
import { decode, isObject, PROTOCOL } from '../../voprf/wire.ts';
import { Prio3Error } from './errors.ts';
import { decodeVector, ELEMENT_BYTES } from './field.ts';
import {
  CELLS,
  INPUT_SHARE_BYTES,
  NONCE_BYTES,
  PREPARATION_SHARE_BYTES,
  PUBLIC_SHARE_BYTES,
  VDAF,
} from './vdaf.ts';

/** What stands in front of every file of the mode. */
export interface Head {
  readonly v: string;
  readonly type: string;
  readonly vdaf: string;
}

/** A report's half, from a contributor to one aggregator. */
export interface ReportFile extends Head {
  readonly task: string;
  readonly epoch: string;
  readonly contributor: string;
  readonly aggregator: string;
  readonly salt: string;
  readonly public_share: string;
  readonly input_share: string;
}

/** A report and who made it. */
export interface Named {
  readonly contributor: string;
  /** 22 characters of base64url: the nonce. */
  readonly report: string;
}

/** From one aggregator to the other. */
export interface PreparationFile extends Head {
  readonly task: string;
  readonly epoch: string;
  readonly aggregator: string;
  readonly reports: readonly (Named & { readonly preparation_share: string })[];
}

/** Half of the noisy sum. */
export interface AggregateFile extends Head {
  readonly task: string;
  readonly epoch: string;
  readonly aggregator: string;
  readonly reports: readonly Named[];
  readonly share: string;
}

/** What an aggregator keeps to itself between its two steps: the reports, or once there is a sum the sum alone. */
export interface StateFile extends Head {
  readonly task: string;
  readonly epoch: string;
  readonly aggregator: string;
  readonly reports: readonly (Named & {
    readonly preparation_share: string;
    readonly joint_rand_seed: string;
    readonly output_share: string;
  })[];
  readonly aggregate?: AggregateFile;
}

type Check = (value: unknown) => boolean;
/** What a value must be, and how that is said. */
type Rule = readonly [check: Check, must: string];
type Rules = Readonly<Record<string, Rule>>;

export const text = (length: number): Rule => [
  value => decode(value, length) !== undefined,
  `must be ${length} bytes in base64url without padding`,
];
const vector = (elements: number): Rule => [
  value => decodeVector(decode(value, elements * ELEMENT_BYTES) ?? new Uint8Array(1)) !== undefined,
  `must be ${elements} elements of the field, ${elements * ELEMENT_BYTES} bytes in base64url without padding`,
];
export const NAME: Rule = [
  value => typeof value === 'string' && CONTRIBUTOR.test(value),
  'must be lower-case letters, digits, dots and hyphens, at most 64',
];
const EPOCH: Rule = [
  value => typeof value === 'string' && epochOf(value) !== undefined,
  'must be an ISO week such as 2026-W47',
];
const TASK: Rule = text(32);
/** Parties of a task. */
export const MOST_CONTRIBUTORS = 1_000;

const COMMON: Rules = { task: TASK, epoch: EPOCH, aggregator: NAME };
const NAMED: Rules = { contributor: NAME, report: text(NONCE_BYTES) };

const REPORT: Rules = {
  ...COMMON,
  contributor: NAME,
  salt: text(16),
  public_share: text(PUBLIC_SHARE_BYTES),
  input_share: [
    value => INPUT_SHARE_BYTES.some(length => decode(value, length) !== undefined),
    `must be ${INPUT_SHARE_BYTES.join(' or ')} bytes in base64url without padding`,
  ],
};
const PREPARATION: Rules = {
  ...COMMON,
  reports: listOf({ ...NAMED, preparation_share: text(PREPARATION_SHARE_BYTES) }),
};
const AGGREGATE: Rules = { ...COMMON, reports: listOf(NAMED), share: vector(CELLS) };
const STATE: Rules = {
  ...COMMON,
  reports: listOf({
    ...NAMED,
    preparation_share: text(PREPARATION_SHARE_BYTES),
    joint_rand_seed: text(16),
    output_share: vector(CELLS),
  }),
};

function listOf(rules: Rules): Rule {
  const fits = (value: unknown): boolean =>
    isObject(value) &&
    Object.keys(value).length === Object.keys(rules).length &&
    Object.entries(rules).every(([key, [check]]) => check(value[key]));
  return [
    value =>
      Array.isArray(value) &&
      value.length <= MOST_CONTRIBUTORS &&
      value.every(fits) &&
      new Set(value.map(one => one.contributor)).size === value.length,
    `must be a list with ${Object.keys(rules).join(', ')} of each contributor once`,
  ];
}

export const head = (type: string): Head => ({ v: PROTOCOL, type: `prio3-2p.${type}`, vdaf: VDAF });

/**
 * A file of the mode, with the fields of its type and no others.
 *
 * @param name as errors call it
 * @throws Prio3Error `invalid_file`, naming the file, the field and what should stand there. No value is quoted
 */
export function checked<T>(json: unknown, name: string, type: string, rules: Rules): T {
  const refuse = (what: string): never => {
    throw new Prio3Error('invalid_file', `${name}: ${what}`);
  };
  if (!isObject(json)) return refuse(`must be a JSON object: a file of type prio3-2p.${type}`);
  const wanted = head(type);
  if (json['type'] !== wanted.type) refuse(`type must be ${wanted.type}; another file was given`);
  for (const key of ['v', 'vdaf'] as const)
    if (json[key] !== wanted[key])
      refuse(`${key} must be ${wanted[key]}; all parties need software of the same version`);
  for (const [key, [check, must]] of Object.entries(rules)) if (!check(json[key])) refuse(`${key} ${must}`);
  for (const key of Object.keys(json))
    if (!(key in wanted) && !Object.hasOwn(rules, key)) refuse('has a field that does not belong there');
  return json as unknown as T;
}

export const parseReport = (json: unknown, name: string): ReportFile => checked(json, name, 'report', REPORT);
export const parsePreparation = (json: unknown, name: string): PreparationFile =>
  checked(json, name, 'preparation', PREPARATION);
export const parseAggregate = (json: unknown, name: string): AggregateFile =>
  checked(json, name, 'aggregate', AGGREGATE);

export function parseState(json: unknown, name: string): StateFile {
  const { aggregate, ...rest } = isObject(json) ? json : {};
  const state = checked<StateFile>(rest, name, 'state', STATE);
  return aggregate === undefined
    ? state
    : { ...state, aggregate: parseAggregate(aggregate, `${name}: aggregate`) };
}
