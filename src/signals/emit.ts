import { type Context, context, type Span, type TimeInput, trace } from '@opentelemetry/api';
import type { SignalClass } from '../semconv/index.ts';
import { attachEvent, mirrorWith, readMirror, writeMirror } from './attach.ts';
import { complete, type Place, standAlone } from './complete.ts';
import { getAlignmentContext } from './context.ts';
import { attributesOf, identify } from './identity.ts';
import { emitLog, type SignalLogger } from './log-face.ts';
import { prepare } from './prepare.ts';
import { recordOf, type SpanRecord, shared, warnOnce } from './shared.ts';
import type { Signal, SignalAttributes } from './signal.ts';
import type { Detail } from './span-event.ts';

/** A signal as an application reports it. */
export interface SignalInput {
  readonly class: SignalClass;
  /** Range [0.0, 1.0]; values outside are clamped. Default: the vocabulary's table. */
  readonly severity?: number;
  /** When it happened. Default: now. */
  readonly time?: TimeInput;
  /** Every key given here is written, whatever the detail. Unusable ones are left out with one warning. */
  readonly attributes?: SignalAttributes;
}

/** Where a signal goes. All optional. */
export interface EmitOptions {
  /** The span that the signal is about. Default: the active span. */
  readonly span?: Span;
  /** The context to take the active span, the session and the agent from. Default: the active context. */
  readonly context?: Context;
  /** `span`: an event on the span, a log record where no span can carry it. `log`: always a log record. */
  readonly events?: 'span' | 'log';
  readonly detail?: Detail;
  readonly logger?: SignalLogger;
}

/**
 * Reports a signal. Never throws: what cannot be used is left out and said once through `diag`.
 *
 * A signal on a span that ended, is not sampled, has no room, or on no span at all goes out as a log record.
 */
export function recordSignal(input: SignalInput, options: EmitOptions = {}): void {
  try {
    emit(input, options);
  } catch (error) {
    warnOnce('emit', 'a signal could not be recorded', error);
  }
}

function emit(input: SignalInput, options: EmitOptions): void {
  const prepared = prepare(input);
  if (prepared === undefined) return;
  const { signal, stated } = prepared;
  const { settings } = shared;
  const active = options.context ?? context.active();
  const span = options.span ?? trace.getSpan(active);
  const recording = span?.isRecording() === true;
  const record = span === undefined ? undefined : recordOf(span);
  const open = recording && record !== undefined && !record.closed;
  const onSpan = (options.events ?? settings.events) === 'span';
  if (open && onSpan) {
    // written when the span ends, so that nothing of ours takes room that the user's own events will need
    hold(record, { signal, stated, timed: input.time !== undefined, sent: false });
    return;
  }
  const place = placeOf(span, record, active);
  const completed = complete(signal, place);
  const detail = options.detail ?? settings.detail;
  const attached = recording && onSpan && attachEvent(span, completed, detail, stated);
  if (!attached) {
    const at = span === undefined ? active : trace.setSpan(active, span);
    emitLog(standAlone(completed, place), at, options.logger);
  }
  if (open) hold(record, { signal: completed, stated, timed: true, sent: true });
  else if (recording) writeMirror(span, mirrorWith(readMirror(attributesOf(span)), completed));
  notify(completed, place);
}

/** More than any real step has; a bound against a loop. */
const MAX_PENDING = 256;

function hold(record: SpanRecord, pending: NonNullable<SpanRecord['pending']>[number]): void {
  record.pending ??= [];
  if (record.pending.length < MAX_PENDING) record.pending.push(pending);
  else warnOnce('pending', `more than ${MAX_PENDING} signals on one span; the rest is dropped`);
}

function placeOf(span: Span | undefined, record: SpanRecord | undefined, active: Context): Place {
  const attributes = attributesOf(span);
  // a span that is not recorded has no record of its own: its nearest recorded ancestor is not known either
  const handed =
    record === undefined
      ? getAlignmentContext(active)
      : { ...record.context, ...getAlignmentContext(active) };
  const spanContext = span?.spanContext();
  return {
    identity: identify(attributes, handed, record),
    span: attributes,
    resource: (span as { resource?: { attributes?: Place['resource'] } } | undefined)?.resource?.attributes,
    traceId: spanContext?.traceId,
    spanId: spanContext?.spanId,
  };
}

/** Hands a signal to the application. */
export function notify(signal: Signal, place: Place): void {
  const { onSignal } = shared.settings;
  if (onSignal === undefined) return;
  try {
    onSignal(standAlone(signal, place));
  } catch (error) {
    warnOnce('onSignal', 'the option `onSignal` threw', error);
  }
}
