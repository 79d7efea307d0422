import type { EventName } from '../semconv/index.ts';
import type { AgentStep, StepKind } from '../step/step.ts';

/** A part of a span that is no attribute. */
export type SpanField = 'span_name' | 'scope_name' | 'status_code' | 'status_message';
/** A part of a log record or of a span event that is no attribute. */
export type RecordField = 'event_name' | 'body' | 'scope_name';

type Subject =
  | { readonly attribute: string }
  | { readonly resource: string }
  | { readonly field: SpanField | RecordField };

type Test =
  | { readonly exists: true }
  /** The value is a list that has these texts side by side. */
  | { readonly contains: readonly string[] }
  /** On a span event: another text than that of this attribute of the span. */
  | { readonly differs_from_span: string }
  | { readonly equals: string | number | boolean }
  | { readonly in: readonly (string | number | boolean)[] }
  | { readonly prefix: string }
  | { readonly pattern: string };

/** One test of one part of a span or record. The conditions of a row all have to hold. */
export type Condition = Subject & Test;

/** The fields of a step that hold text of limited length. */
export type TextField =
  | 'agentId'
  | 'agentName'
  | 'agentVersion'
  | 'providerName'
  | 'toolName'
  | 'toolCallId'
  | 'errorType';

/** The fields of a step that a table can fill from native keys; of the keys listed, the first usable one wins. */
export type ReadField = TextField | 'session' | 'toolDescription' | 'arguments' | 'result' | 'mode';

/** The fields of a step that hold a word of the vocabulary, mapped from a native word. */
export type ValueField = 'humanInvolvement' | 'actionType';

/** Our word for a native word: the first of the keys that is present, looked up in one of the dialect's value maps. */
export interface ValueSource {
  readonly from: readonly string[];
  readonly map: string;
}

export type JoinName = 'openinference-metadata' | 'traceloop-input';

/** How one kind of native span reads as an agent step. `step: 'none'` is a span of an agent that is no step. */
export interface SpanRow {
  readonly id: string;
  readonly step: StepKind | 'none';
  readonly when: readonly Condition[];
  readonly read?: { readonly [field in ReadField]?: readonly string[] };
  /** Arguments put together from several native keys: name of the argument ← native keys. */
  readonly compose?: { readonly arguments: { readonly [name: string]: readonly string[] } };
  readonly values?: { readonly [field in ValueField]?: ValueSource };
  readonly set?: Pick<AgentStep, ValueField>;
  readonly join?: JoinName;
}

/** How one kind of native span, span event or log record reads as one of our events. `event: 'none'` is no event. */
export interface EventRow {
  readonly id: string;
  readonly on: 'span' | 'span_event' | 'log';
  /** A second fact of the same record: asked on its own, whatever the other rows say. */
  readonly beside?: true;
  readonly when: readonly Condition[];
  readonly event: EventName | 'none';
  /** Our key ← a constant. */
  readonly set?: { readonly [key: string]: string | number | boolean };
  /** Our key ← native keys, the first usable one wins. */
  readonly copy?: { readonly [key: string]: readonly string[] };
  /** Our key ← a native word, mapped. */
  readonly values?: { readonly [key: string]: ValueSource };
  /** Native keys of the mode's word. */
  readonly mode?: readonly string[];
}

/** An agent program whose own telemetry states events, and what they all carry. */
export interface Harness {
  /** `alignment.source.name`. */
  readonly name: string;
  /** Where the version stands; the attribute wins. */
  readonly version?: { readonly attribute?: string; readonly resource?: string };
  /** Which log records and which spans are the program's. */
  readonly records?: readonly Condition[];
  readonly spans?: readonly Condition[];
  /** On every event of a log record. */
  readonly copy?: EventRow['copy'];
  readonly values?: EventRow['values'];
}

/** The table of one framework, as `semconv/dialects/` states it. */
export interface Dialect {
  readonly name: string;
  /** The scale that the words read as `mode` belong to. */
  readonly modeScale?: string;
  readonly valueMaps?: { readonly [name: string]: { readonly [native: string]: string } };
  readonly harness?: Harness;
  readonly spans: readonly SpanRow[];
  readonly events?: readonly EventRow[];
}
