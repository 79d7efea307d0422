import { type AttributeValue, context as active, trace } from '@opentelemetry/api';
import type { SignalDraft } from '../assess/index.ts';
import type { NativeEvent } from '../dialects/index.ts';
import {
  ATTR_ALIGNMENT_ACTION_AUTHORIZATION,
  ATTR_ALIGNMENT_ACTION_REVERSIBILITY,
  ATTR_ALIGNMENT_ACTION_TYPE,
  ATTR_ALIGNMENT_AUTONOMY_LEVEL,
  ATTR_ALIGNMENT_AUTONOMY_NATIVE_LABEL,
  ATTR_ALIGNMENT_AUTONOMY_NATIVE_SCALE,
  ATTR_ALIGNMENT_AUTONOMY_SCORE,
  ATTR_ALIGNMENT_HUMAN_INVOLVEMENT,
  ATTR_ALIGNMENT_RISK_SCORE,
  ATTR_ALIGNMENT_SOURCE_NAME,
  ATTR_ALIGNMENT_SOURCE_TYPE,
  ATTR_ALIGNMENT_SOURCE_VERSION,
  type SignalClass,
} from '../semconv/index.ts';
import { attachEvent, type Mirror, mirrorWith, readMirror, writeMirror } from '../signals/attach.ts';
import { complete, type Place, standAlone } from '../signals/complete.ts';
import { notify } from '../signals/emit.ts';
import type { AlignmentContext, Detail, Signal, UnixTime } from '../signals/index.ts';
import { emitLog } from '../signals/log-face.ts';
import { prepare } from '../signals/prepare.ts';
import type { PendingSignal } from '../signals/shared.ts';
import { toUnixTime } from '../signals/time.ts';
import { VERSION } from '../signals/version.ts';
import type { AgentStep } from '../step/step.ts';
import type { Judgement } from './judge.ts';
import type { ResolvedOptions } from './options.ts';
import type { RecordingSpan } from './span.ts';

/** A signal as it will be written, and what is still to be done with it. */
export interface SettledSignal {
  readonly signal: Signal;
  readonly stated: readonly string[] | undefined;
  readonly sent: boolean;
}

/** A reported signal, completed from the span as it ends. A time that the caller did not give stays within the span. */
export function settle(
  pending: PendingSignal,
  place: Place,
  span: RecordingSpan,
  end: UnixTime,
): SettledSignal {
  const { signal, stated, timed, sent } = pending;
  if (sent) return { signal, stated, sent };
  const time = timed ? signal.time : within(signal.time, toUnixTime(span.startTime), end);
  return { signal: complete(signal, place, time), stated, sent };
}

/** A signal of our own rules. Takes over the draft's attributes. */
export function fromDraft(draft: SignalDraft, place: Place, time: UnixTime, detail: Detail): SettledSignal {
  const attributes = draft.attributes as Record<string, unknown>;
  attributes[ATTR_ALIGNMENT_SOURCE_NAME] = 'otel-alignment';
  if (detail === 'full') attributes[ATTR_ALIGNMENT_SOURCE_VERSION] = VERSION;
  const signal: Signal = {
    class: draft.class,
    severity: draft.severity,
    time,
    attributes: draft.attributes as Signal['attributes'],
  };
  return { signal: complete(signal, place), stated: undefined, sent: false };
}

/** What the framework's own telemetry states. `undefined` where no severity can be had for it. */
export function fromNative(native: NativeEvent, place: Place, time: UnixTime): SettledSignal | undefined {
  const prepared = prepare({
    class: native.event.slice('alignment.'.length) as SignalClass,
    attributes: {
      [ATTR_ALIGNMENT_SOURCE_TYPE]: 'harness',
      [ATTR_ALIGNMENT_SOURCE_NAME]: native.dialect,
      ...native.attributes,
    },
  });
  if (prepared === undefined) return undefined;
  return { signal: complete(prepared.signal, place, time), stated: undefined, sent: false };
}

const before = (a: UnixTime, b: UnixTime): boolean => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);

function within(time: UnixTime, start: UnixTime | undefined, end: UnixTime): UnixTime {
  if (start !== undefined && before(time, start)) return start;
  return before(end, time) ? end : time;
}

/** Ids that the application handed over, on agent spans only and only where the span lacks them. */
export function writeIds(span: RecordingSpan, handed: AlignmentContext | undefined): void {
  if (handed === undefined) return;
  put(span, 'session.id', handed.sessionId);
  put(span, 'gen_ai.conversation.id', handed.conversationId);
  put(span, 'gen_ai.agent.id', handed.agentId);
  put(span, 'gen_ai.agent.name', handed.agentName);
  put(span, 'gen_ai.agent.version', handed.agentVersion);
}

export function writeMirrorOf(span: RecordingSpan, signals: readonly SettledSignal[]): void {
  if (signals.length === 0) return;
  let mirror: Mirror | undefined = readMirror(span.attributes);
  for (const { signal } of signals) mirror = mirrorWith(mirror, signal);
  if (mirror !== undefined) writeMirror(span, mirror);
}

/** The numbers of one assessor: where the span already carries a risk score, ours stays away. */
export function writeAssessment(
  span: RecordingSpan,
  step: AgentStep,
  handed: AlignmentContext | undefined,
  { assessment, involvement }: Judgement,
  detail: Detail,
): void {
  const scored = span.attributes[ATTR_ALIGNMENT_RISK_SCORE] !== undefined;
  if (assessment !== undefined && !scored) {
    put(span, ATTR_ALIGNMENT_ACTION_TYPE, assessment.actionType);
    put(span, ATTR_ALIGNMENT_ACTION_REVERSIBILITY, assessment.reversibility);
    put(span, ATTR_ALIGNMENT_RISK_SCORE, score(assessment.riskScore));
  }
  put(span, ATTR_ALIGNMENT_AUTONOMY_LEVEL, handed?.autonomyLevel ?? assessment?.autonomyLevel);
  put(span, ATTR_ALIGNMENT_HUMAN_INVOLVEMENT, involvement);
  if (detail === 'default' || assessment === undefined || scored) return;
  const mode = handed?.mode ?? step.mode;
  put(span, ATTR_ALIGNMENT_AUTONOMY_SCORE, score(assessment.autonomyScore));
  put(span, ATTR_ALIGNMENT_AUTONOMY_NATIVE_LABEL, mode?.label);
  put(span, ATTR_ALIGNMENT_AUTONOMY_NATIVE_SCALE, mode?.scale);
  put(span, ATTR_ALIGNMENT_ACTION_AUTHORIZATION, assessment.authorization);
  put(span, ATTR_ALIGNMENT_SOURCE_TYPE, 'instrumentation');
  put(span, ATTR_ALIGNMENT_SOURCE_NAME, 'otel-alignment');
  put(span, ATTR_ALIGNMENT_SOURCE_VERSION, VERSION);
}

/** Each signal on the span while there is room, else as a log record; then to the application. */
export function writeSignals(
  span: RecordingSpan,
  signals: readonly SettledSignal[],
  place: Place,
  options: ResolvedOptions,
): void {
  for (const { signal, stated, sent } of signals) {
    if (sent) continue;
    const attached = options.events === 'span' && attachEvent(span, signal, options.detail, stated);
    if (!attached) emitLog(standAlone(signal, place), trace.setSpan(active.active(), span), options.logger);
    notify(signal, place);
  }
}

function put(span: RecordingSpan, key: string, value: AttributeValue | undefined): void {
  if (value !== undefined && span.attributes[key] === undefined) span.setAttribute(key, value);
}

/** An assessor of the user's may say anything. */
function score(value: unknown): number | undefined {
  if (typeof value !== 'number' || Number.isNaN(value)) return undefined;
  return Math.min(1, Math.max(0, value));
}
