import { isAgentSpan, readEvent, readStep } from '../dialects/index.ts';
import type { Place } from '../signals/complete.ts';
import { sessionKey } from '../signals/id.ts';
import { type Identity, identify } from '../signals/identity.ts';
import { type SpanRecord, warnOnce } from '../signals/shared.ts';
import type { UnixTime } from '../signals/signal.ts';
import { now, toUnixTime } from '../signals/time.ts';
import type { AgentStep, SpanView } from '../step/step.ts';
import { printFirst } from './debug.ts';
import { judge } from './judge.ts';
import type { ResolvedOptions } from './options.ts';
import { type RecordingSpan, viewOf } from './span.ts';
import {
  fromDraft,
  fromNative,
  settle,
  writeAssessment,
  writeIds,
  writeMirrorOf,
  writeSignals,
} from './write.ts';

/** Everything that happens to a span as it ends. */
export function finishSpan(
  span: RecordingSpan,
  record: SpanRecord,
  options: ResolvedOptions,
  endTime: unknown,
): void {
  const view = viewOf(span);
  const wanted = isWanted(view, options);
  if (!wanted && record.pending === undefined) return;
  const step = wanted ? stepOf(view, record) : undefined;
  const stated = wanted ? readEvent(view) : undefined;
  if (step === undefined && stated === undefined && record.pending === undefined) return;

  const place = placeOf(span, view, step, record);
  const end = endOf(span, endTime);
  const signals = (record.pending ?? []).map(pending => settle(pending, place, span, end));
  const native = stated === undefined ? undefined : fromNative(stated, place, end);
  if (native !== undefined) signals.push(native);
  if (step !== undefined) {
    writeIds(span, record.context);
    const session = sessionKey({
      span: view.attributes,
      ancestor: place.identity.session?.value,
      resource: place.resource,
      traceId: place.traceId,
    });
    const judgement = judge(step, record.context, signals, session, options);
    for (const draft of judgement.drafts) signals.push(fromDraft(draft, place, end));
    // the mirror first: at the attribute limit it is what search and sampling need most
    writeMirrorOf(span, signals);
    writeAssessment(span, step, record.context, judgement, options.detail);
  } else {
    writeMirrorOf(span, signals);
  }
  writeSignals(span, signals, place, options);
  if (options.debug && step !== undefined) printFirst(span);
}

/** After this the record holds no span and no ancestor, only who and which session, for the spans still below it. */
export function closeRecord(record: SpanRecord): void {
  record.closed = true;
  const { span, parent, context } = record;
  const attributes = (span as RecordingSpan | undefined)?.attributes;
  record.identity =
    parent === undefined && context === undefined && !carriesIds(attributes)
      ? NOBODY
      : identify(attributes, context, record);
  record.span = undefined;
  record.parent = undefined;
  record.pending = undefined;
}

const NOBODY: Identity = { session: undefined, agentId: undefined, agentName: undefined };

const carriesIds = (attributes: Readonly<Record<string, unknown>> | undefined): boolean =>
  attributes !== undefined &&
  (attributes['gen_ai.conversation.id'] !== undefined ||
    attributes['session.id'] !== undefined ||
    attributes['gen_ai.agent.id'] !== undefined ||
    attributes['gen_ai.agent.name'] !== undefined);

function stepOf(view: SpanView, record: SpanRecord): AgentStep | undefined {
  const step = readStep(view);
  const handed = record.context?.step;
  // handed over for the span started next, not for what that span starts in turn
  if (step?.kind !== 'tool' || handed === undefined || handed === record.parent?.context?.step) return step;
  return {
    ...step,
    ...(step.toolName === undefined && handed.toolName !== undefined ? { toolName: handed.toolName } : {}),
    ...(step.toolCallId === undefined && handed.toolCallId !== undefined
      ? { toolCallId: handed.toolCallId }
      : {}),
    ...(handed.arguments === undefined ? {} : { arguments: handed.arguments }),
    ...(handed.result === undefined ? {} : { result: handed.result }),
  };
}

function isWanted(view: SpanView, { spans }: ResolvedOptions): boolean {
  if (spans === undefined) return isAgentSpan(view);
  try {
    return spans(view) === true;
  } catch (error) {
    warnOnce('spans', 'the option `spans` threw; the span is left alone', error);
    return false;
  }
}

function placeOf(
  span: RecordingSpan,
  view: SpanView,
  step: AgentStep | undefined,
  record: SpanRecord,
): Place {
  const { traceId, spanId } = span.spanContext();
  const identity = identify(view.attributes, record.context, record);
  // a dialect may know the session under a key of its own
  const known = own(identity, step);
  return {
    identity: known,
    span: view.attributes,
    resource: view.resource,
    traceId,
    spanId,
  };
}

function own(identity: Identity, step: AgentStep | undefined): Identity {
  return {
    session: step?.session ?? identity.session,
    agentId: step?.agentId ?? identity.agentId,
    agentName: step?.agentName ?? identity.agentName,
  };
}

function endOf(span: RecordingSpan, given: unknown): UnixTime {
  const shown = toUnixTime(span.endTime);
  if (shown !== undefined && shown[0] > 0) return shown;
  return toUnixTime(given) ?? now();
}
