import { hash } from 'node:crypto';
import type { Signal, SignalAttributes, UnixTime } from './signal.ts';

/** What the session key and the signal id are made of, beside the signal itself. */
export interface SessionKeySources {
  /** The signal's own attributes. */
  readonly signal?: Readonly<Record<string, unknown>>;
  readonly span?: Readonly<Record<string, unknown>> | undefined;
  /** The session of the nearest ancestor in process. */
  readonly ancestor?: string | undefined;
  readonly resource?: Readonly<Record<string, unknown>> | undefined;
  readonly traceId?: string | undefined;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/**
 * The session key of the vocabulary: `session.id` on the record, event or span; else `gen_ai.conversation.id`
 * there; else the nearest ancestor's; else either of them on the resource; else the trace id. Empty where there is
 * none of them.
 */
export function sessionKey({ signal, span, ancestor, resource, traceId }: SessionKeySources): string {
  return (
    text(signal?.['session.id']) ??
    text(span?.['session.id']) ??
    text(signal?.['gen_ai.conversation.id']) ??
    text(span?.['gen_ai.conversation.id']) ??
    text(ancestor) ??
    text(resource?.['session.id']) ??
    text(resource?.['gen_ai.conversation.id']) ??
    traceId ??
    ''
  );
}

/** Unix nanoseconds as decimal digits, exact. */
export function unixNanos([seconds, nanoseconds]: UnixTime): string {
  const whole = seconds === 0 ? '' : String(seconds);
  return whole === '' ? String(nanoseconds) : whole + String(nanoseconds).padStart(9, '0');
}

/**
 * `alignment.signal.id`: the first 32 hex digits of SHA-256 over nine fields joined by `|`, by the vocabulary's
 * recipe. Two observers of one fact get the same id. Test vectors: semconv/schema/signal-id-vectors.json.
 *
 * @param session the session key
 * @param toolCallId the tool call's id where it stands on the span and not on the signal
 */
export function signalId(
  signal: Pick<Signal, 'class' | 'time' | 'attributes'>,
  session: string,
  toolCallId?: string,
): string {
  const { attributes } = signal;
  const call = String(attributes['gen_ai.tool.call.id'] ?? toolCallId ?? '');
  const judged = signal.class === 'risk_escalation' || signal.class === 'misalignment_indicator';
  const outcome = attributes['alignment.intervention.outcome'] ?? '';
  const source = judged ? (attributes['alignment.source.name'] ?? '') : '';
  const rule = judged ? (attributes['alignment.signal.reason'] ?? '') : '';
  return idOfFact(session, call, signal.class, signalType(attributes), outcome, source, rule, signal.time);
}

/** The same of a risk escalation, of which only these differ. */
export const escalationId = (
  session: string,
  call: string,
  source: string,
  rule: string,
  time: UnixTime,
): string => idOfFact(session, call, 'risk_escalation', '', '', source, rule, time);

function idOfFact(
  session: string,
  call: string,
  signalClass: string,
  type: string,
  outcome: string,
  source: string,
  rule: string,
  time: UnixTime,
): string {
  // a call has one fact of a kind, whenever it was seen
  const when = call === '' ? unixNanos(time) : '';
  const fact = `1|${session}|${call}|${signalClass}|${type}|${outcome}|${source}|${rule}|${when}`;
  return hash('sha256', fact, 'hex').slice(0, 32);
}

function signalType(attributes: SignalAttributes): string {
  return (
    attributes['alignment.intervention.type'] ??
    attributes['alignment.boundary.type'] ??
    attributes['alignment.indicator.type'] ??
    ''
  );
}

/** Trace and span id of a record that has none, so that a session's records form one trace. */
export function syntheticIds(session: string, id: string): { traceId: string; spanId: string } {
  return { traceId: hash('sha256', `1|trace|${session}`, 'hex').slice(0, 32), spanId: id.slice(0, 16) };
}
