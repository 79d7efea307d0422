import { readEvent, readStep } from '../dialects/index.ts';
import type { Place } from '../signals/complete.ts';
import { sessionKey } from '../signals/id.ts';
import { identify } from '../signals/identity.ts';
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
  type SettledSignal,
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
  const wanted = options.spans === undefined || isWanted(view, options.spans);
  const step = wanted ? stepOf(view, record) : undefined;
  // a span that reports a step states no event of its own
  const stated = wanted && step === undefined ? readEvent(view) : undefined;
  if (step === undefined && stated === undefined && record.pending === undefined) return;

  const place = placeOf(span, view, step, record);
  const end = endOf(span, endTime);
  const signals: SettledSignal[] = [];
  for (const pending of record.pending ?? []) signals.push(settle(pending, place, span, end));
  const native = stated === undefined ? undefined : fromNative(stated, place, end);
  if (native !== undefined) signals.push(native);
  if (step !== undefined) {
    writeIds(span, record.context);
    const judgement = judge(step, record.context, signals, sessionOf(place), options);
    for (const draft of judgement.drafts) signals.push(fromDraft(draft, place, end, options.detail));
    // the mirror first: at the attribute limit it is what search and sampling need most
    writeMirrorOf(span, signals);
    writeAssessment(span, step, record.context, judgement, options.detail);
  } else {
    writeMirrorOf(span, signals);
  }
  writeSignals(span, signals, place, options);
  if (options.debug && step !== undefined) printFirst(span);
}

const sessionOf = ({ span, identity, resource, traceId }: Place): string =>
  identity.session?.value ?? sessionKey({ span, resource, traceId });

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

function isWanted(view: SpanView, spans: (span: SpanView) => boolean): boolean {
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
  if (step?.session !== undefined) identity.session = step.session;
  if (step?.agentId !== undefined) identity.agentId = step.agentId;
  if (step?.agentName !== undefined) identity.agentName = step.agentName;
  return { identity, span: view.attributes, resource: view.resource, traceId, spanId };
}

function endOf(span: RecordingSpan, given: unknown): UnixTime {
  const shown = toUnixTime(span.endTime);
  if (shown !== undefined && shown[0] > 0) return shown;
  return toUnixTime(given) ?? now();
}
