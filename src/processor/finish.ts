import { context as active, TraceFlags, trace } from '@opentelemetry/api';
import type { NativeSources } from '../calibration/bound.ts';
import type { SignalName } from '../calibration/scale.ts';
import { readEvent, readStep } from '../dialects/index.ts';
import { complete, type Place, standAlone } from '../signals/complete.ts';
import { notify } from '../signals/emit.ts';
import { sessionKey } from '../signals/id.ts';
import { identify, idOf } from '../signals/identity.ts';
import type { Detail } from '../signals/index.ts';
import { emitLog } from '../signals/log-face.ts';
import { type SpanRecord, warnOnce } from '../signals/shared.ts';
import type { UnixTime } from '../signals/signal.ts';
import { isUnixTime, now, toUnixTime } from '../signals/time.ts';
import type { AgentStep, SpanView } from '../step/step.ts';
import { printFirst } from './debug.ts';
import { type Judgement, judge } from './judge.ts';
import { escalationOf, type Judged, type Mapped, mappedOf, mapSignal, writeMapped } from './mapped.ts';
import type { ResolvedOptions, StepMonitor } from './options.ts';
import { type SettledSignal, settle } from './settle.ts';
import { LiveView, type RecordingSpan } from './span.ts';
import { fromDraft, fromNative, writeAssessment, writeIds, writeMirrorOf, writeSignals } from './write.ts';

const NONE: Mapped = [];

/** Everything that happens to a span as it ends. */
export function finishSpan(
  span: RecordingSpan,
  record: SpanRecord,
  options: ResolvedOptions,
  endTime: unknown,
): void {
  const view = new LiveView(span);
  const wanted = options.spans === undefined || isWanted(view, options.spans);
  const step = wanted ? stepOf(view, record) : undefined;
  // a span that reports a step states no event of its own
  const stated = wanted && step === undefined ? readEvent(view) : undefined;
  const { profiles } = options;
  const mapped = profiles === undefined || !wanted ? NONE : mappedOf(span as NativeSources, profiles);
  if (step === undefined && stated === undefined && record.pending === undefined && mapped.length === 0)
    return;

  if (step !== undefined) writeIds(span, record.context);
  const place = placeOf(span, view, step, record);
  const end = endOf(span, endTime);
  let signals: SettledSignal[] = [];
  drain(record, signals, place, span, end);
  const native = stated === undefined ? undefined : fromNative(stated, place, end);
  if (native !== undefined) signals.push(native);
  const judgement =
    step === undefined ? undefined : judge(step, record.context, signals, sessionOf(place), options);
  // what the user's assessor reported meanwhile; from here on a report goes its own way
  drain(record, signals, place, span, end);
  record.closed = true;
  if (judgement !== undefined && judgement.drafts.length > 0)
    signals = withDrafts(signals, judgement.drafts, place, end, options.detail);
  if (profiles !== undefined) {
    const provider = view.attributes['gen_ai.provider.name'];
    for (const [index, one] of signals.entries())
      if (!one.sent) {
        const { stated, sent, detail, logger } = one;
        signals[index] = { signal: mapSignal(one.signal, provider, profiles), stated, sent, detail, logger };
      }
    const escalation = escalationOf(mapped, place, sessionOf(place), end, options);
    if (escalation !== undefined) signals.push(escalation);
  }
  // the mirror first: at the attribute limit it is what search and sampling need most
  if (signals.length > 0) writeMirrorOf(span, signals);
  const won =
    mapped.length === 0
      ? NONE
      : writeMapped(span, mapped, signal => judgedOf(signal, judgement, options.detail));
  if (step !== undefined && judgement !== undefined)
    writeAssessment(span, step, record.context, judgement, options.detail, won);
  if (signals.length > 0) writeSignals(span, signals, place, options);
  if (options.debug && step !== undefined) printFirst(span);
  if (options.monitor !== undefined && step?.kind === 'tool')
    offer(options.monitor, step, place, end, judgement);
}

/** Mostly one draft and nothing else, for which a list that grows would take room for seventeen. */
function withDrafts(
  signals: SettledSignal[],
  drafts: Judgement['drafts'],
  place: Place,
  end: UnixTime,
  detail: Detail,
): SettledSignal[] {
  const only = drafts[0];
  if (signals.length === 0 && drafts.length === 1 && only !== undefined)
    return [fromDraft(only, place, end, detail)];
  return [...signals, ...drafts.map(draft => fromDraft(draft, place, end, detail))];
}

/** What is about to be written of a signal, whatever a provider says. */
function judgedOf(signal: SignalName, judgement: Judgement | undefined, detail: Detail): Judged {
  const { assessment, autonomy } = judgement ?? {};
  if (signal === 'risk') return assessment?.riskScore === undefined ? undefined : 'score';
  if (detail === 'full' && (autonomy?.score ?? assessment?.autonomyScore) !== undefined) return 'score';
  return (autonomy?.level ?? assessment?.autonomyLevel) === undefined ? undefined : 'level';
}

/** A judge that sees more than rules gets the step, content included; what it says later is an event of its own. */
function offer(
  monitor: StepMonitor,
  step: AgentStep,
  place: Place,
  time: UnixTime,
  judgement: Judgement | undefined,
): void {
  try {
    const { assessment, autonomy } = judgement ?? {};
    const { session, agentId, agentName } = place.identity;
    const { traceId = '', spanId = '' } = place;
    const spanContext = { traceId, spanId, traceFlags: TraceFlags.SAMPLED };
    monitor.offer({
      step,
      sessionKey: sessionOf(place),
      session,
      agentId,
      agentName,
      spanContext,
      time,
      assessment:
        assessment === undefined || autonomy === undefined
          ? assessment
          : { ...assessment, autonomyLevel: autonomy.level, autonomyScore: autonomy.score },
    });
  } catch (error) {
    warnOnce('monitor', 'a step could not be offered to the monitor', error);
  }
}

function drain(
  record: SpanRecord,
  signals: SettledSignal[],
  place: Place,
  span: RecordingSpan,
  end: UnixTime,
): void {
  const { pending } = record;
  if (pending === undefined) return;
  record.pending = undefined;
  for (const one of pending) signals.push(settle(one, place, record, span, end));
}

/** The signals of a span that has ended already, as log records. */
export function sendPending(span: RecordingSpan, record: SpanRecord): void {
  const place = placeOf(span, new LiveView(span), undefined, record);
  const at = trace.setSpan(active.active(), span);
  for (const { signal, sent, logger } of record.pending ?? []) {
    if (sent) continue;
    const completed = complete(signal, place);
    emitLog(standAlone(completed, place), at, logger ?? place.settings.logger);
    notify(completed, place);
  }
}

const sessionOf = ({ span, identity, resource, traceId }: Place): string =>
  identity.session?.value ?? sessionKey({ span, resource, traceId }).slice(0, 512);

function stepOf(view: SpanView, record: SpanRecord): AgentStep | undefined {
  const step = readStep(view);
  const handed = record.context?.step;
  if (step?.kind !== 'tool' || handed === undefined || isTaken(handed, record)) return step;
  try {
    const toolName = step.toolName ?? idOf(handed.toolName);
    const toolCallId = step.toolCallId ?? idOf(handed.toolCallId);
    return {
      ...step,
      ...(toolName === undefined ? {} : { toolName }),
      ...(toolCallId === undefined ? {} : { toolCallId }),
      ...(handed.arguments === undefined ? {} : { arguments: handed.arguments }),
      ...(handed.result === undefined ? {} : { result: handed.result }),
      ...(handed.toolAnnotations === undefined ? {} : { toolAnnotations: handed.toolAnnotations }),
    };
  } catch (error) {
    warnOnce('step', 'a step that was handed over could not be read', error);
    return step;
  }
}

/** A step is handed over for one tool span: the outermost under it. What that span starts in turn is not it. */
function isTaken(handed: object, record: SpanRecord): boolean {
  for (let above = record.parent; above?.context?.step === handed; above = above.parent) {
    const attributes = above.attributes;
    if (attributes !== undefined && readStep({ name: '', attributes })?.kind === 'tool') return true;
  }
  return false;
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
  const identity = identify(view.attributes, record.context, record, step);
  return {
    identity,
    span: view.attributes,
    // it may only name a session where nothing nearer does
    resource: identity.session === undefined ? view.resource : undefined,
    traceId,
    spanId,
    toolName: step?.toolName,
    toolCallId: step?.toolCallId,
    settings: record.owner.settings,
  };
}

/** The span's own end, not a copy. Never before the start: a clock may go backwards, and a provider may not show its end yet. */
function endOf(span: RecordingSpan, given: unknown): UnixTime {
  const { endTime } = span;
  if (isUnixTime(endTime) && endTime[0] > 0) return endTime;
  const end = toUnixTime(given) ?? now();
  const start = toUnixTime(span.startTime);
  return start !== undefined && (end[0] < start[0] || (end[0] === start[0] && end[1] < start[1]))
    ? start
    : end;
}
