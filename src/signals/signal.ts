import type { AlignmentAttributes, SignalClass } from '../semconv/index.ts';

/** A moment as `[seconds, nanoseconds]` since the Unix epoch: OpenTelemetry's `HrTime`. */
export type UnixTime = readonly [seconds: number, nanoseconds: number];

/** A value that a span event can hold: a primitive or an array of one primitive type. */
export type SignalValue =
  | string
  | number
  | boolean
  | readonly string[]
  | readonly number[]
  | readonly boolean[];

/**
 * Every other key of a signal, under its registry name: `alignment.*` (without class and severity, which are
 * fields of the signal), the reused `gen_ai.*` keys, `session.id`, `error.type`. Keys and enum values that this version does not
 * know pass through.
 */
export type SignalAttributes = AlignmentAttributes & { readonly [key: string]: SignalValue | undefined };

/** One alignment signal, independent of the face in which it travels (span event, log record, JSON document). */
export interface Signal {
  readonly class: SignalClass;
  /** How bad the thing reported is, if the report is right. Range [0.0, 1.0]. */
  readonly severity: number;
  readonly time: UnixTime;
  /** 32 lower-case hex digits. */
  readonly traceId?: string;
  /** 16 lower-case hex digits. */
  readonly spanId?: string;
  readonly attributes: SignalAttributes;
}
