import { diag } from '@opentelemetry/api';
import type { AlignmentContext } from './context.ts';
import { attributesOf, closeRecord, type Identity } from './identity.ts';
import type { SignalLogger } from './log-face.ts';
import type { Signal } from './signal.ts';
import type { Detail } from './span-event.ts';

/** A signal on its way to a span, with what its caller gave besides. */
export interface PendingSignal {
  readonly signal: Signal;
  /** The keys that the caller stated itself. */
  readonly stated: readonly string[] | undefined;
  /** The caller gave the time: it is kept as it is. */
  readonly timed: boolean;
  /** Already sent as a log record: it only counts in the mirror. */
  readonly sent: boolean;
  /** What the application had handed over where it reported the signal. */
  readonly handed: AlignmentContext | undefined;
  readonly detail: Detail | undefined;
  readonly logger: SignalLogger | undefined;
}

/** Settings of a processor, for the signals on the spans that it looks after. */
export interface Settings {
  readonly detail: Detail;
  readonly events: 'span' | 'log';
  readonly logger?: SignalLogger | undefined;
  readonly spanEventLimit: number;
  /** Ids may come from inbound baggage. */
  readonly baggage?: boolean;
  readonly onSignal?: ((signal: Signal) => void) | undefined;
  /** Turns free text into what may be written; without one no free text is. */
  readonly redact?: ((key: string, value: string) => string | undefined) | undefined;
}

/** What is remembered of a span between its start and its end. One shape for all. */
export class SpanRecord {
  readonly own = true;
  /** The span's live attributes. */
  readonly attributes: Readonly<Record<string, unknown>> | undefined;
  /** Dropped when both are closed, so that a chain of spans is not kept alive by its last one. */
  parent: SpanRecord | undefined;
  readonly context: AlignmentContext | undefined;
  /** The processor that looks after the span: its settings hold, and a second one keeps off. */
  readonly owner: Owner;
  /** Who and which session, once it had to be resolved. */
  identity: Identity | undefined = undefined;
  pending: PendingSignal[] | undefined = undefined;
  /** The owner has written what it had; later signals go their own way. */
  closed = false;
  /** What the span's child that started last inherits: its siblings mostly inherit the same. */
  below: Inherited | undefined = undefined;

  constructor(
    attributes: SpanRecord['attributes'],
    parent: SpanRecord | undefined,
    context: AlignmentContext | undefined,
    owner: Owner,
  ) {
    this.attributes = attributes;
    this.parent = parent;
    this.context = context;
    this.owner = owner;
  }
}

/** The part of a processor that a span's record points to. */
export interface Owner {
  readonly settings: Settings;
}

/**
 * What a span has from above. It stands in for a record of the span's own as long as nobody asks for that: most spans of a
 * host are no agent's and have no spans below, and share one of these with their siblings.
 */
export class Inherited {
  readonly own = false;
  readonly parent: SpanRecord | undefined;
  readonly context: AlignmentContext | undefined;
  readonly owner: Owner;

  constructor(parent: SpanRecord | undefined, context: AlignmentContext | undefined, owner: Owner) {
    this.parent = parent;
    this.context = context;
    this.owner = owner;
  }
}

/**
 * Where a span holds its record. A symbol on the span costs about a fiftieth of what the span itself costs, an entry in
 * a WeakMap about a fifth; both end with the span, and no exporter reads symbols.
 */
const RECORD = Symbol.for('otel-alignment.record');
type Holder = { [RECORD]?: SpanRecord | Inherited };

/** What stands on the span: its own record or what it inherits, `undefined` where no processor looks after it. */
export const heldBy = (span: object): SpanRecord | Inherited | undefined => (span as Holder)[RECORD];

/** @throws TypeError where the span takes no new property: it then stays without a record */
export const hold = (span: object, held: SpanRecord | Inherited): void => {
  (span as Holder)[RECORD] = held;
};

/** The span's own record, made now where there is none yet; `undefined` where no processor looks after the span. */
export function recordOf(span: object): SpanRecord | undefined {
  const held = heldBy(span);
  if (held === undefined || held.own) return held;
  const record = makeRecord(span, held);
  if (isOver(span as EndingSpan)) closeRecord(record);
  return record;
}

/** A record of the span's own, open, in the place of what it inherits. */
export function makeRecord(span: object, { parent, context, owner }: Inherited): SpanRecord {
  const record = new SpanRecord(attributesOf(span), parent, context, owner);
  hold(span, record);
  return record;
}

interface EndingSpan {
  isRecording?(): boolean;
  readonly endTime?: readonly [number, number];
}

/** A span that ends, or has ended, is past its owner: the SDK sets the end before it tells the processors. */
const isOver = (span: EndingSpan): boolean => span.isRecording?.() === false || (span.endTime?.[0] ?? 0) > 0;

export interface Shared {
  readonly warned: Set<string>;
  /** Of the first processor: for signals on no span, or on one that no processor looks after. */
  settings: Settings;
  claimed: boolean;
  /** Processors made in this process. */
  processors: number;
  /** The application is being told of a signal right now. */
  notifying: boolean;
  /** State of other rooms that two copies of the package share. */
  readonly rooms: Record<string, unknown>;
}

/** The one state of this process, whichever copies of the package are loaded. */
export const shared: Shared = sharedState();

function sharedState(): Shared {
  const holder = globalThis as { [key: symbol]: Shared | undefined };
  const symbol = Symbol.for('otel-alignment');
  holder[symbol] ??= {
    warned: new Set(),
    settings: { detail: 'default', events: 'span', spanEventLimit: 128 },
    claimed: false,
    processors: 0,
    notifying: false,
    rooms: {},
  };
  return holder[symbol];
}

/** One `diag.warn` a cause. */
export function warnOnce(cause: string, message: string, error?: unknown): void {
  if (shared.warned.has(cause) || shared.warned.size > 200) return;
  shared.warned.add(cause);
  diag.warn(`otel-alignment: ${message}`, ...(error === undefined ? [] : [error]));
}

/** The README in the package: the address that holds wherever the package is installed. */
const DOCS = 'Docs: node_modules/otel-alignment/README.md';

/** A mistake in the set-up: one process warning a code, because `diag` prints nothing by default. */
export function warnSetup(code: `ALIGNMENT_${number}`, message: string): void {
  if (shared.warned.has(code)) return;
  shared.warned.add(code);
  process.emitWarning(`${message} ${DOCS}#warnings`, {
    type: 'AlignmentWarning',
    code,
  });
}
