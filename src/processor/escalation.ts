import type { Attributes } from '@opentelemetry/api';
import type { SignalDraft } from '../assess/index.ts';
import {
  ATTR_ALIGNMENT_RISK_SCORE,
  ATTR_ALIGNMENT_SIGNAL_ID,
  ATTR_ALIGNMENT_SIGNAL_REASON,
  ATTR_ALIGNMENT_SOURCE_NAME,
  ATTR_ALIGNMENT_SOURCE_TYPE,
  ATTR_GEN_AI_AGENT_ID,
  ATTR_GEN_AI_TOOL_CALL_ID,
} from '../semconv/index.ts';
import { completed, type Place } from '../signals/complete.ts';
import { escalationId, sessionKey } from '../signals/id.ts';
import { idOf } from '../signals/identity.ts';
import type { Signal, SignalAttributes, UnixTime } from '../signals/index.ts';
import { SOURCE_NAME } from '../signals/version.ts';
import type { SettledSignal } from './settle.ts';

/**
 * A risk escalation of our own rules on the span that it is about: the commonest signal by far. Its event is made at once, in an object that has
 * room for all its keys; the signal itself only where somebody takes it off the span.
 */
export class Escalation implements SettledSignal {
  readonly severity: number;
  readonly event: Attributes;
  readonly time: UnixTime;
  private readonly place: Place;
  private made: Signal | undefined = undefined;

  private constructor(draft: SignalDraft, place: Place, time: UnixTime) {
    const { span, resource, traceId } = place;
    const reason = draft.attributes[ATTR_ALIGNMENT_SIGNAL_REASON] ?? '';
    const session = sessionKey({ span, resource, traceId });
    const call = idOf(span?.[ATTR_GEN_AI_TOOL_CALL_ID]) ?? '';
    this.severity = draft.severity;
    this.time = time;
    this.place = place;
    // keys as text: an object with computed ones is made key by key
    this.event = {
      'alignment.signal.class': 'risk_escalation',
      'alignment.signal.severity': draft.severity,
      'alignment.signal.id': escalationId(session, call, SOURCE_NAME, reason, time),
      'alignment.signal.reason': reason,
      'alignment.source.type': 'instrumentation',
      'alignment.risk.score': draft.attributes[ATTR_ALIGNMENT_RISK_SCORE] as number,
    };
  }

  /** `undefined` where the draft is another signal, or must say more than these keys because its span does not. */
  static of(draft: SignalDraft, place: Place, time: UnixTime): Escalation | undefined {
    const { identity, span, toolCallId } = place;
    const { session, agentId } = identity;
    const onSpan =
      draft.class === 'risk_escalation' &&
      (session === undefined || span?.[session.key] === session.value) &&
      (agentId === undefined || span?.[ATTR_GEN_AI_AGENT_ID] === agentId) &&
      (toolCallId === undefined || idOf(span?.[ATTR_GEN_AI_TOOL_CALL_ID]) !== undefined);
    return onSpan ? new Escalation(draft, place, time) : undefined;
  }

  get signal(): Signal {
    this.made ??= completed('risk_escalation', this.severity, this.time, this.attributes(), this.place);
    return this.made;
  }

  private attributes(): SignalAttributes {
    const { event } = this;
    return {
      [ATTR_ALIGNMENT_SIGNAL_REASON]: event[ATTR_ALIGNMENT_SIGNAL_REASON],
      [ATTR_ALIGNMENT_RISK_SCORE]: event[ATTR_ALIGNMENT_RISK_SCORE],
      [ATTR_ALIGNMENT_SOURCE_NAME]: SOURCE_NAME,
      [ATTR_ALIGNMENT_SOURCE_TYPE]: event[ATTR_ALIGNMENT_SOURCE_TYPE],
      [ATTR_ALIGNMENT_SIGNAL_ID]: event[ATTR_ALIGNMENT_SIGNAL_ID],
    } as SignalAttributes;
  }

  // as every signal of our own rules: nothing was stated by a caller
  get class(): 'risk_escalation' {
    return 'risk_escalation';
  }
  get stated(): undefined {
    return undefined;
  }
  get sent(): false {
    return false;
  }
  get detail(): undefined {
    return undefined;
  }
  get logger(): undefined {
    return undefined;
  }
}
