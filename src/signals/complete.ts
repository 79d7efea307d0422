import {
  ATTR_ALIGNMENT_SIGNAL_EXPLANATION,
  ATTR_ALIGNMENT_SIGNAL_ID,
  ATTR_ALIGNMENT_SOURCE_NAME,
  ATTR_ALIGNMENT_SOURCE_TYPE,
  ATTR_ALIGNMENT_SOURCE_VERSION,
  ATTR_GEN_AI_AGENT_ID,
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_TOOL_CALL_ID,
  ATTR_GEN_AI_TOOL_NAME,
  ATTR_SESSION_ID,
  type SignalClass,
} from '../semconv/index.ts';
import { sessionKey, signalId } from './id.ts';
import { type Identity, idOf } from './identity.ts';
import { INHERITED_KEYS } from './keys.ts';
import { type Settings, warnOnce } from './shared.ts';
import type { Signal, SignalAttributes, UnixTime } from './signal.ts';
import { SOURCE_NAME, VERSION } from './version.ts';

/** Where a signal stands. */
export interface Place {
  readonly identity: Identity;
  readonly span: Readonly<Record<string, unknown>> | undefined;
  readonly resource: Readonly<Record<string, unknown>> | undefined;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  /** The tool call, where a dialect or the application knows it under no key of the span. */
  readonly toolName?: string | undefined;
  readonly toolCallId?: string | undefined;
  readonly settings: Settings;
}

/**
 * The signal with who, where, source and id filled in, as far as its place knows them. Takes over the signal's
 * attributes: nobody else may hold them.
 */
export const complete = (signal: Signal, place: Place, time: UnixTime = signal.time): Signal =>
  completed(signal.class, signal.severity, time, signal.attributes, place);

/** The same of a signal's parts. */
export function completed(
  signalClass: SignalClass,
  severity: number,
  time: UnixTime,
  given: SignalAttributes,
  place: Place,
): Signal {
  const { identity, span } = place;
  const attributes = given as Record<string, unknown>;
  attributes[ATTR_ALIGNMENT_SOURCE_TYPE] ??= 'instrumentation';
  const { session, agentId } = identity;
  // what the span carries is left to it: the faces that stand alone take it from there
  if (
    session !== undefined &&
    attributes[ATTR_SESSION_ID] === undefined &&
    attributes[ATTR_GEN_AI_CONVERSATION_ID] === undefined &&
    span?.[session.key] !== session.value
  ) {
    attributes[session.key] = session.value;
  }
  if (agentId !== undefined && span?.[ATTR_GEN_AI_AGENT_ID] !== agentId)
    attributes[ATTR_GEN_AI_AGENT_ID] ??= agentId;
  const call = idOf(span?.[ATTR_GEN_AI_TOOL_CALL_ID]);
  if (call === undefined && place.toolCallId !== undefined)
    attributes[ATTR_GEN_AI_TOOL_CALL_ID] ??= place.toolCallId;
  if (attributes[ATTR_ALIGNMENT_SIGNAL_EXPLANATION] !== undefined) redact(attributes, place.settings);
  const { traceId, spanId, resource } = place;
  const signal: Signal =
    traceId !== undefined && spanId !== undefined
      ? { class: signalClass, severity, time, traceId, spanId, attributes: given }
      : {
          class: signalClass,
          severity,
          time,
          ...(traceId === undefined ? {} : { traceId }),
          ...(spanId === undefined ? {} : { spanId }),
          attributes: given,
        };
  attributes[ATTR_ALIGNMENT_SIGNAL_ID] ??= signalId(
    signal,
    sessionKey({ signal: attributes, span, resource, traceId }),
    call,
  );
  return signal;
}

/** The signal with everything that its span says too: for the faces that stand alone. */
export function standAlone(signal: Signal, { identity, span, toolName }: Place): Signal {
  const attributes: Record<string, unknown> = { ...signal.attributes };
  for (const key of INHERITED_KEYS) {
    const value = span?.[key];
    if (attributes[key] === undefined && idOf(value) !== undefined) attributes[key] = value;
  }
  if (toolName !== undefined) attributes[ATTR_GEN_AI_TOOL_NAME] ??= toolName;
  if (identity.agentName !== undefined) attributes[ATTR_GEN_AI_AGENT_NAME] ??= identity.agentName;
  if (attributes[ATTR_ALIGNMENT_SOURCE_NAME] === SOURCE_NAME)
    attributes[ATTR_ALIGNMENT_SOURCE_VERSION] ??= VERSION;
  // the time may be the span's own
  const time: UnixTime = [signal.time[0], signal.time[1]];
  return { ...signal, time, attributes: attributes as SignalAttributes };
}

/** Free text passes only through the user's own redaction, and not at all where that fails. */
function redact(attributes: Record<string, unknown>, { redact: redacted }: Settings): void {
  const given = attributes[ATTR_ALIGNMENT_SIGNAL_EXPLANATION];
  delete attributes[ATTR_ALIGNMENT_SIGNAL_EXPLANATION];
  if (redacted === undefined || typeof given !== 'string') return;
  try {
    const kept = redacted(ATTR_ALIGNMENT_SIGNAL_EXPLANATION, given);
    if (typeof kept === 'string') attributes[ATTR_ALIGNMENT_SIGNAL_EXPLANATION] = kept;
  } catch (error) {
    warnOnce('redact', 'the option `redact` threw; the explanation is left out', error);
  }
}
