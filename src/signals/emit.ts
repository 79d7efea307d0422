import { type Context, context, type Span, type TimeInput, trace } from '@opentelemetry/api';
import type { SignalClass } from '../semconv/index.ts';
import { addToMirror, attachEvent, isSampled } from './attach.ts';
import { withBaggage } from './baggage.ts';
import { complete, type Place, standAlone } from './complete.ts';
import { type AlignmentContext, getAlignmentContext } from './context.ts';
import { attributesOf, identify } from './identity.ts';
import { emitLog, type SignalLogger } from './log-face.ts';
import { prepare } from './prepare.ts';
import { type PendingSignal, recordOf, type SpanRecord, shared, warnOnce } from './shared.ts';
import type { Signal, SignalAttributes } from './signal.ts';
import type { Detail } from './span-event.ts';

/** A signal as an application reports it. */
export interface SignalInput {
  readonly class: SignalClass;
  /** Range [0.0, 1.0]; values outside are clamped. Default: the vocabulary's table. */
  readonly severity?: number | undefined;
  /** When it happened. Default: now. */
  readonly time?: TimeInput | undefined;
  /** Every key given here is written, whatever the detail. Unusable ones are left out with one warning. */
  readonly attributes?: SignalAttributes | undefined;
}

/** Where a signal goes. All optional. */
export interface EmitOptions {
  /** The span that the signal is about. Default: the active span. */
  readonly span?: Span | undefined;
  /** The context to take the active span, the session and the agent from. Default: the active context. */
  readonly context?: Context | undefined;
  /** `span`: an event on the span, a log record where no span can carry it. `log`: always a log record. */
  readonly events?: 'span' | 'log' | undefined;
  readonly detail?: Detail | undefined;
  readonly logger?: SignalLogger | undefined;
}

/**
 * Reports a signal. Never throws: what cannot be used is left out and said once through `diag`.
 *
 * A signal on a span that ended, is not sampled, has no room, or on no span at all goes out as a log record.
 */
export function recordSignal(input: SignalInput, options: EmitOptions = {}): void {
  try {
    emit(input, options ?? {});
  } catch (error) {
    warnOnce('emit', 'a signal could not be recorded', error);
  }
}

function emit(input: SignalInput, options: EmitOptions): void {
  const prepared = prepare(input);
  if (prepared === undefined) return;
  const { signal, stated } = prepared;
  const active = options.context ?? context.active();
  const span = options.span ?? trace.getSpan(active);
  const record = span === undefined ? undefined : recordOf(span);
  const settings = record?.owner.settings ?? shared.settings;
  const recording = span?.isRecording() === true;
  const open = recording && record !== undefined && !record.closed;
  // a span that is looked after took them up as it started
  const fromBaggage = settings.baggage === true && record === undefined;
  const given = getAlignmentContext(active);
  const handed = fromBaggage ? withBaggage(given, active) : given;
  const pending = { stated, handed, detail: options.detail, logger: options.logger };
  const timed = input.time !== undefined;
  const carries = recording && (options.events ?? settings.events) === 'span' && isSampled(span);
  // written when the span ends, so that nothing of ours takes room that the user's own events will need
  if (open && carries && hold(record, { ...pending, signal, timed, sent: false })) return;

  const place = placeOf(span, record, handed);
  const completed = complete(signal, place);
  const { detail = settings.detail } = options;
  const attached = carries && !open && attachEvent(span, completed, detail, stated, settings.spanEventLimit);
  if (!attached) {
    const at = span === undefined ? active : trace.setSpan(active, span);
    emitLog(standAlone(completed, place), at, options.logger ?? settings.logger);
  }
  if (open) hold(record, { ...pending, signal: completed, timed: true, sent: true });
  else if (recording) addToMirror(span, completed);
  notify(completed, place);
}

/** More than any real step has; a bound against a loop. What comes after goes out as a log record at once. */
const MAX_PENDING = 256;

function hold(record: SpanRecord, pending: PendingSignal): boolean {
  record.pending ??= [];
  if (record.pending.length >= MAX_PENDING) return false;
  record.pending.push(pending);
  return true;
}

function placeOf(
  span: Span | undefined,
  record: SpanRecord | undefined,
  handed: AlignmentContext | undefined,
): Place {
  const attributes = attributesOf(span);
  const spanContext = span?.spanContext();
  return {
    identity: identify(attributes, { ...record?.context, ...handed }, record),
    span: attributes,
    resource: (span as { resource?: { attributes?: Place['resource'] } } | undefined)?.resource?.attributes,
    traceId: spanContext?.traceId,
    spanId: spanContext?.spanId,
    settings: record?.owner.settings ?? shared.settings,
  };
}

/** Tells the application of a signal. A signal that it reports while being told is written, and not told again. */
export function notify(signal: Signal, place: Place): void {
  const { onSignal } = place.settings;
  if (onSignal === undefined || shared.notifying) return;
  shared.notifying = true;
  try {
    onSignal(standAlone(signal, place));
  } catch (error) {
    warnOnce('onSignal', 'the option `onSignal` threw', error);
  } finally {
    shared.notifying = false;
  }
}
