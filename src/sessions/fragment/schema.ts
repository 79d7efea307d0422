import { ATTRIBUTES } from '../../semconv/index.ts';
import { epochOf } from '../epoch.ts';
import { JOIN_TYPE_IDS, MAX_TAGS } from './join-keys.ts';

export const FRAGMENT_VERSION = 'asr/1';

export type FragmentName = 'alignment.session' | 'alignment.edge' | 'alignment.step';
export type FragmentValue = string | number | readonly string[];

export interface FragmentEvent {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
}

/** All that leaves a contributor about one span. */
export interface Fragment {
  readonly name: FragmentName;
  /** 32 and 16 hex digits, derived. */
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  /** OTLP's numbers, 1 to 5. */
  readonly kind: number;
  /** Unix milliseconds: a bucket's start and the ordinal. The end is one millisecond later. */
  readonly startMs: number;
  readonly attributes: Readonly<Record<string, FragmentValue>>;
  readonly events: readonly FragmentEvent[];
}

export const CONTRIBUTOR = /^[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?$/;

type Check = (value: unknown) => boolean;

const isInt =
  (min: number, max: number): Check =>
  value =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
const bucket = isInt(0, 4);
const member =
  (key: string): Check =>
  value =>
    typeof value === 'string' && (ATTRIBUTES[key]?.values?.includes(value) ?? false);
const strings =
  (max: number, check: (item: string) => boolean): Check =>
  value =>
    Array.isArray(value) &&
    value.length <= max &&
    value.every(item => typeof item === 'string' && check(item));
const TAG = /^[A-Za-z0-9_-]{22}$/;

/** Keys of a fragment, and what each may be: nothing else is taken. */
export const FRAGMENT_ATTRIBUTES: Readonly<Record<string, Check>> = {
  __proto__: null as never,
  'alignment.fragment.version': value => value === FRAGMENT_VERSION,
  'alignment.fragment.epoch': value => typeof value === 'string' && epochOf(value) !== undefined,
  'alignment.fragment.role': member('alignment.fragment.role'),
  'alignment.fragment.edge': member('alignment.fragment.edge'),
  'alignment.fragment.ordinal': isInt(0, 1023),
  'alignment.fragment.risk_bucket': bucket,
  'alignment.fragment.severity_bucket': bucket,
  'alignment.join.tags': strings(MAX_TAGS, item => TAG.test(item)),
  'alignment.join.types': strings(MAX_TAGS, item => JOIN_TYPE_IDS.has(item)),
  'alignment.autonomy.level': member('alignment.autonomy.level'),
  'alignment.action.reversibility': member('alignment.action.reversibility'),
  'alignment.human.involvement': member('alignment.human.involvement'),
};

const REQUIRED = [
  'alignment.fragment.version',
  'alignment.fragment.epoch',
  'alignment.fragment.role',
  'alignment.fragment.ordinal',
];

/** Enums of a signal that a fragment's event keeps. */
const EVENT_ENUMS = [
  'alignment.signal.class',
  'alignment.source.type',
  'alignment.intervention.type',
  'alignment.intervention.initiator',
  'alignment.intervention.outcome',
  'alignment.intervention.decision.source',
  'alignment.intervention.reason',
  'alignment.clarification.reason',
  'alignment.boundary.type',
  'alignment.indicator.type',
  'alignment.indicator.evidence',
  'alignment.human.involvement',
  'alignment.action.reversibility',
] as const;

export const EVENT_ATTRIBUTES: Readonly<Record<string, Check>> = {
  __proto__: null as never,
  ...Object.fromEntries(EVENT_ENUMS.map(key => [key, member(key)])),
  'alignment.fragment.severity_bucket': bucket,
  'alignment.fragment.risk_bucket': bucket,
};
export const EVENT_ENUM_KEYS: readonly string[] = EVENT_ENUMS;

export const EVENT_NAMES: ReadonlySet<string> = new Set([
  'alignment.risk_escalation',
  'alignment.autonomy_boundary',
  'alignment.intervention',
  'alignment.clarification_request',
  'alignment.misalignment_indicator',
]);

/** A start is the beginning of its bucket, so at most a day before the week; a trace that began in the week ends at most a day after it. */
const DAY_MS = 24 * 3_600_000;
/** Clocks differ. */
const AHEAD_MS = 15 * 60_000;

/** Of one fragment. */
export const MAX_EVENTS = 64;

const NAMES: ReadonlySet<string> = new Set(['alignment.session', 'alignment.edge', 'alignment.step']);
const HEX = { trace: /^(?!0{32})[0-9a-f]{32}$/, span: /^(?!0{16})[0-9a-f]{16}$/ };

/**
 * What is wrong with a fragment, by the name of the field; `undefined` for one that may be taken. Values are never quoted.
 *
 * @param now Unix milliseconds: what starts later, by more than a quarter of an hour, is refused. Without it no clock is looked at
 */
export function fragmentProblem(fragment: Fragment, now: number = Infinity): string | undefined {
  if (!NAMES.has(fragment.name)) return 'name';
  if (!HEX.trace.test(fragment.traceId)) return 'trace id';
  if (!HEX.span.test(fragment.spanId)) return 'span id';
  if (fragment.parentSpanId !== undefined && !HEX.span.test(fragment.parentSpanId)) return 'parent span id';
  if (!isInt(1, 5)(fragment.kind)) return 'kind';
  if (fragment.name === 'alignment.session' && fragment.attributes['alignment.fragment.edge'] !== undefined)
    return 'alignment.fragment.edge';
  if (fragment.name === 'alignment.edge' && fragment.attributes['alignment.fragment.edge'] === undefined)
    return 'alignment.fragment.edge';
  for (const key of REQUIRED) if (fragment.attributes[key] === undefined) return key;
  for (const [key, value] of Object.entries(fragment.attributes)) {
    const check = FRAGMENT_ATTRIBUTES[key];
    if (check === undefined) return 'an attribute that no fragment has';
    if (!check(value)) return key;
  }
  const { 'alignment.join.tags': tags = [], 'alignment.join.types': types = [] } =
    fragment.attributes as Record<string, readonly string[]>;
  if (tags.length !== types.length) return 'alignment.join.types';
  const ordinal = fragment.attributes['alignment.fragment.ordinal'] as number;
  if (!Number.isSafeInteger(fragment.startMs) || (fragment.startMs - ordinal) % 900_000 !== 0)
    return 'start time';
  if (fragment.startMs > now + AHEAD_MS) return 'start time: it is still to come';
  // another week would keep it out of its own week's table, and have it removed too early or too late
  const epoch = epochOf(fragment.attributes['alignment.fragment.epoch'] as string);
  if (
    epoch !== undefined &&
    !(fragment.startMs >= epoch.start - DAY_MS && fragment.startMs < epoch.end + DAY_MS)
  )
    return 'alignment.fragment.epoch';
  if (fragment.events.length > MAX_EVENTS) return 'events';
  for (const event of fragment.events) {
    if (!EVENT_NAMES.has(event.name)) return 'event name';
    for (const [key, value] of Object.entries(event.attributes)) {
      const check = EVENT_ATTRIBUTES[key];
      if (check === undefined) return `${event.name}: an attribute that no fragment has`;
      if (!check(value)) return `${event.name}: ${key}`;
    }
  }
  return undefined;
}
