import type { Assess } from '../assess/index.ts';
import type { MonitorQueue } from '../assess/monitor/index.ts';
import type { BoundProfile } from '../calibration/bound.ts';
import type { Detail, Signal, SignalLogger } from '../signals/index.ts';
import { warnSetup } from '../signals/shared.ts';
import type { SpanView } from '../step/step.ts';
import { type ProfileOption, resolveProfiles } from './profiles.ts';

/** The part of a monitor's queue that the processor uses. */
export type StepMonitor = Pick<MonitorQueue, 'offer' | 'flush'>;

/** All optional. Read in the order constructor, environment variable, default; functions have no variable. */
export interface AlignmentOptions {
  /** Attributes on events and spans: the vocabulary's default set, or everything. `ALIGNMENT_DETAIL`. Default `default`. */
  readonly detail?: Detail | undefined;
  /** The face of a signal: an event on its span, or a log record. `ALIGNMENT_EVENTS`. Default `span`. */
  readonly events?: 'span' | 'log' | undefined;
  /**
   * The most events that a span may hold before signals take the log face.
   * `ALIGNMENT_SPAN_EVENT_LIMIT`, else `OTEL_SPAN_EVENT_COUNT_LIMIT`. Default 128.
   */
  readonly spanEventLimit?: number | undefined;
  /** Sessions remembered at a time; those not seen for longest are forgotten. `ALIGNMENT_MAX_SESSIONS`. Default 2000. */
  readonly maxSessions?: number | undefined;
  /** A risk score from here on is an escalation. Range [0.0, 1.0]. `ALIGNMENT_RISK_THRESHOLD`. Default 0.7. */
  readonly riskThreshold?: number | undefined;
  /** A rise over the session's maximum from here on is one too. Range [0.0, 1.0]. `ALIGNMENT_RISK_RISE`. Default 0.3. */
  readonly riskRise?: number | undefined;
  /** Steps with an effect in a row that no person saw, before a boundary `unattended`. `ALIGNMENT_UNATTENDED_STEPS`. Default 10. */
  readonly unattendedSteps?: number | undefined;
  /** Take session and agent ids from inbound baggage (untrusted: opaque ids only). `ALIGNMENT_BAGGAGE`. Default false. */
  readonly baggage?: boolean | undefined;
  /** Prints the first assessed span to standard error. `ALIGNMENT_DEBUG`. Default false. */
  readonly debug?: boolean | undefined;
  /** Which spans are an agent's. Default: those that a dialect knows (`isAgentSpan`). */
  readonly spans?: ((span: SpanView) => boolean) | undefined;
  /** The assessor. Default: the rules of this package. */
  readonly assess?: Assess | undefined;
  /** Called with each signal after it was attached, so that the application can act on it. */
  readonly onSignal?: ((signal: Signal) => void) | undefined;
  /** Where signals go that no span can carry. Default: the registered LoggerProvider. */
  readonly logger?: SignalLogger | undefined;
  /** Gets each tool call after it was assessed; it must only remember it. A `MonitorQueue` of `otel-alignment/monitor`. */
  readonly monitor?: StepMonitor | undefined;
  /**
   * Calibration profiles of providers: their native scores are mapped to the reference scale, and win over our rules. Files, or
   * `{ provider, profile }`. `ALIGNMENT_PROFILES`: `file` or `provider=file`, separated by commas. Default: none.
   */
  readonly profiles?: readonly ProfileOption[] | undefined;
  /** Redacts an explanation before it is written. Without it none is. */
  readonly redact?: (key: string, value: string) => string | undefined;
}

type Functions = 'spans' | 'assess' | 'onSignal' | 'logger' | 'redact' | 'monitor';
export type ResolvedOptions = {
  readonly [K in Exclude<keyof AlignmentOptions, Functions | 'profiles'>]-?: Exclude<
    AlignmentOptions[K],
    undefined
  >;
} & Pick<AlignmentOptions, Functions> & {
    /** Absent where there are none: then nothing is looked for. */
    readonly profiles?: readonly BoundProfile[];
  };

const isScore = (value: number): boolean => value >= 0 && value <= 1;
const isCount = (value: number): boolean => Number.isInteger(value) && value > 0;

export function resolveOptions(options: AlignmentOptions = {}): ResolvedOptions {
  const given = options ?? {};
  const profiles = resolveProfiles(given.profiles);
  return {
    detail: choice<Detail>('detail', given.detail, ['default', 'full']),
    events: choice<'span' | 'log'>('events', given.events, ['span', 'log']),
    spanEventLimit: number('spanEventLimit', given.spanEventLimit, eventLimit(), isCount),
    maxSessions: number('maxSessions', given.maxSessions, 2000, isCount),
    riskThreshold: number('riskThreshold', given.riskThreshold, 0.7, isScore),
    riskRise: number('riskRise', given.riskRise, 0.3, isScore),
    unattendedSteps: number('unattendedSteps', given.unattendedSteps, 10, isCount),
    baggage: flag('baggage', given.baggage),
    debug: flag('debug', given.debug),
    ...callback('spans', given.spans),
    ...callback('assess', given.assess),
    ...callback('onSignal', given.onSignal),
    ...callback('redact', given.redact),
    ...(given.logger === undefined ? {} : { logger: given.logger }),
    ...(given.monitor == null ? {} : { monitor: given.monitor }),
    ...(profiles === undefined ? {} : { profiles }),
  };
}

function eventLimit(): number {
  const given = Number(process.env['OTEL_SPAN_EVENT_COUNT_LIMIT']);
  return isCount(given) ? given : 128;
}

/** `riskThreshold` → `ALIGNMENT_RISK_THRESHOLD`. */
const variable = (option: string): string =>
  `ALIGNMENT_${option.replace(/[A-Z]/g, letter => `_${letter}`).toUpperCase()}`;

function choice<T extends string>(option: string, given: T | undefined, values: readonly [T, ...T[]]): T {
  const value = given ?? process.env[variable(option)] ?? '';
  if (value === '') return values[0];
  if (values.includes(value as T)) return value as T;
  return refuse(option, value, values.join(' or '), values[0]);
}

function number(
  option: string,
  given: number | undefined,
  fallback: number,
  good: (value: number) => boolean,
): number {
  const text = process.env[variable(option)] ?? '';
  if (given === undefined && text === '') return fallback;
  const value = given ?? Number(text);
  if (typeof value === 'number' && good(value)) return value;
  return refuse(
    option,
    given ?? text,
    good === isScore ? 'a number in [0.0, 1.0]' : 'a whole number above 0',
    fallback,
  );
}

function flag(option: string, given: boolean | undefined): boolean {
  if (typeof given === 'boolean') return given;
  const text = process.env[variable(option)] ?? '';
  if (text === '1' || text === 'true') return true;
  if (text !== '' && text !== '0' && text !== 'false') refuse(option, text, 'true or false', 'false');
  return false;
}

function callback<K extends string, F>(option: K, given: F | undefined): { [key in K]?: F } {
  if (given === undefined) return {};
  if (typeof given === 'function') return { [option]: given } as { [key in K]?: F };
  refuse(option, given, 'a function', 'the default');
  return {};
}

/** Hostile values have no text. */
function quote(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'an object' : String(value).slice(0, 40);
}

function refuse<T>(option: string, given: unknown, expected: string, used: T): T {
  warnSetup(
    'ALIGNMENT_006',
    `The option ${option} (or ${variable(option)}) is ${quote(given)}, expected ${expected}; using ${String(used)}.`,
  );
  return used;
}
