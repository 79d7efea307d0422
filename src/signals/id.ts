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
  const tail = tailOf(signal.class, signalType(attributes), outcome, source, rule);
  return idOfParts(session, call, tail, signal.time);
}

/** The same of a risk escalation, of which only these differ. */
export const escalationId = (
  session: string,
  call: string,
  source: string,
  rule: string,
  time: UnixTime,
): string => idOfParts(session, call, tailOf('risk_escalation', '', '', source, rule), time);

const idOfParts = (session: string, call: string, tail: string, time: UnixTime): string =>
  hash('sha256', headOf(session) + call + (call === '' ? tail + unixNanos(time) : tail), 'hex').slice(0, 32);

/**
 * Ids in a row mostly share their session, and with it what they say: such parts are kept joined, because joining all nine fields
 * costs nearly what the hash does.
 */
const lastHead = { session: '', text: '1||' };
function headOf(session: string): string {
  if (session !== lastHead.session) {
    lastHead.session = session;
    lastHead.text = `1|${session}|`;
  }
  return lastHead.text;
}

const lastTail = { class: '', type: '', outcome: '', source: '', rule: '', text: '||||||' };
function tailOf(signalClass: string, type: string, outcome: string, source: string, rule: string): string {
  const last = lastTail;
  if (
    signalClass !== last.class ||
    type !== last.type ||
    outcome !== last.outcome ||
    source !== last.source ||
    rule !== last.rule
  ) {
    last.class = signalClass;
    last.type = type;
    last.outcome = outcome;
    last.source = source;
    last.rule = rule;
    last.text = `|${signalClass}|${type}|${outcome}|${source}|${rule}|`;
  }
  return last.text;
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
