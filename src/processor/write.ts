import { type AttributeValue, context as active, trace } from '@opentelemetry/api';
import type { SignalDraft } from '../assess/index.ts';
import type { NativeEvent } from '../dialects/index.ts';
import {
  type ActionReversibility,
  type ActionType,
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
  type AutonomyLevel,
  type HumanInvolvement,
  type SignalClass,
} from '../semconv/index.ts';
import {
  attach,
  attachEvent,
  isSampled,
  type Mirror,
  mirrorWith,
  readMirror,
  writeMirror,
} from '../signals/attach.ts';
import { complete, completed, type Place, standAlone } from '../signals/complete.ts';
import { notify } from '../signals/emit.ts';
import { idOf } from '../signals/identity.ts';
import type { AlignmentContext, Detail, Signal, UnixTime } from '../signals/index.ts';
import { emitLog } from '../signals/log-face.ts';
import { plainSpan, setAttribute } from '../signals/plain-span.ts';
import { listed, prepare, usable } from '../signals/prepare.ts';
import { warnOnce } from '../signals/shared.ts';
import { SOURCE_NAME, VERSION } from '../signals/version.ts';
import type { AgentStep } from '../step/step.ts';
import { Escalation } from './escalation.ts';
import type { Judgement } from './judge.ts';
import type { Mapped } from './mapped.ts';
import type { ResolvedOptions } from './options.ts';
import type { SettledSignal } from './settle.ts';
import type { RecordingSpan } from './span.ts';

/** A signal of our own rules. Takes over the draft's attributes. */
export function fromDraft(draft: SignalDraft, place: Place, time: UnixTime, detail: Detail): SettledSignal {
  const escalation = detail === 'default' ? Escalation.of(draft, place, time) : undefined;
  if (escalation !== undefined) return escalation;
  const attributes = draft.attributes as Record<string, unknown>;
  attributes[ATTR_ALIGNMENT_SOURCE_NAME] = SOURCE_NAME;
  if (detail === 'full') attributes[ATTR_ALIGNMENT_SOURCE_VERSION] = VERSION;
  return settled(
    completed(draft.class, draft.severity, time, draft.attributes as Signal['attributes'], place),
  );
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
  return prepared === undefined ? undefined : settled(complete(prepared.signal, place, time));
}

const settled = (signal: Signal): SettledSignal => ({
  signal,
  stated: undefined,
  sent: false,
  detail: undefined,
  logger: undefined,
});

/** Ids that the application handed over, on agent spans only and only where the span lacks them. */
export function writeIds(span: RecordingSpan, handed: AlignmentContext | undefined): void {
  if (handed === undefined) return;
  put(span, 'session.id', idOf(handed.sessionId));
  put(span, 'gen_ai.conversation.id', idOf(handed.conversationId));
  put(span, 'gen_ai.agent.id', idOf(handed.agentId));
  put(span, 'gen_ai.agent.name', idOf(handed.agentName));
  put(span, 'gen_ai.agent.version', idOf(handed.agentVersion));
}

export function writeMirrorOf(span: RecordingSpan, signals: readonly SettledSignal[]): void {
  let mirror: Mirror | undefined = readMirror(span.attributes);
  for (const one of signals) mirror = mirrorWith(mirror, one instanceof Escalation ? one : one.signal);
  if (mirror !== undefined) writeMirror(span, mirror);
}

/**
 * The numbers of one assessor: where the span already carries a risk score, ours stays away. Of a provider's score that was mapped, only
 * the number wins: what the action is stays ours to say.
 */
export function writeAssessment(
  span: RecordingSpan,
  step: AgentStep,
  handed: AlignmentContext | undefined,
  { assessment, autonomy, involvement }: Judgement,
  detail: Detail,
  won: Mapped,
): void {
  const held = span.attributes;
  const risk = won.length === 0 ? undefined : won.find(({ signal }) => signal === 'risk');
  const scored = held[ATTR_ALIGNMENT_RISK_SCORE] !== undefined && risk === undefined;
  const said = scored ? undefined : assessment;
  // what an application hands over is held to the registry; our own rules and tables are by their tests
  const level =
    handed?.autonomyLevel === undefined
      ? (autonomy?.level ?? assessment?.autonomyLevel)
      : usableLevel(handed.autonomyLevel);
  const involved = handed === undefined ? involvement : usableInvolvement(involvement);
  writeDefaults(
    span,
    said?.actionType,
    said?.reversibility,
    risk === undefined ? said?.riskScore : undefined,
    level,
    involved,
  );
  if (detail === 'default' || assessment === undefined || scored) return;
  const mode = handed?.mode ?? step.mode;
  if (!won.some(({ signal }) => signal === 'autonomy')) {
    put(span, ATTR_ALIGNMENT_AUTONOMY_SCORE, autonomy?.score ?? assessment.autonomyScore);
    // a label of one scale does not stand beside the name of another
    if (held[ATTR_ALIGNMENT_AUTONOMY_NATIVE_SCALE] === undefined) {
      putChecked(span, ATTR_ALIGNMENT_AUTONOMY_NATIVE_LABEL, mode?.label);
      putChecked(span, ATTR_ALIGNMENT_AUTONOMY_NATIVE_SCALE, mode?.scale);
    }
  }
  put(span, ATTR_ALIGNMENT_ACTION_AUTHORIZATION, assessment.authorization);
  // the assessor is whose risk score it is
  if (risk !== undefined) {
    put(span, ATTR_ALIGNMENT_SOURCE_TYPE, 'monitor');
    put(span, ATTR_ALIGNMENT_SOURCE_NAME, risk.profile.native_scale.id);
    return;
  }
  put(span, ATTR_ALIGNMENT_SOURCE_TYPE, 'instrumentation');
  put(span, ATTR_ALIGNMENT_SOURCE_NAME, SOURCE_NAME);
  put(span, ATTR_ALIGNMENT_SOURCE_VERSION, VERSION);
}

/** The default set but for the mirror, each where the span lacks it. A key written by name costs a tenth of one that a method is given. */
function writeDefaults(
  span: RecordingSpan,
  actionType: ActionType | undefined,
  reversibility: ActionReversibility | undefined,
  riskScore: number | undefined,
  level: AutonomyLevel | undefined,
  involvement: HumanInvolvement | undefined,
): void {
  let plain = plainSpan(span);
  if (plain === undefined) {
    put(span, ATTR_ALIGNMENT_ACTION_TYPE, actionType);
    // what was just watched may be plain now
    plain = plainSpan(span);
  }
  if (plain === undefined) {
    put(span, ATTR_ALIGNMENT_ACTION_REVERSIBILITY, reversibility);
    put(span, ATTR_ALIGNMENT_RISK_SCORE, riskScore);
    put(span, ATTR_ALIGNMENT_AUTONOMY_LEVEL, level);
    put(span, ATTR_ALIGNMENT_HUMAN_INVOLVEMENT, involvement);
    return;
  }
  const held = plain.attributes;
  let added = 0;
  if (actionType !== undefined && held[ATTR_ALIGNMENT_ACTION_TYPE] === undefined) {
    held[ATTR_ALIGNMENT_ACTION_TYPE] = actionType;
    added += 1;
  }
  if (reversibility !== undefined && held[ATTR_ALIGNMENT_ACTION_REVERSIBILITY] === undefined) {
    held[ATTR_ALIGNMENT_ACTION_REVERSIBILITY] = reversibility;
    added += 1;
  }
  if (riskScore !== undefined && held[ATTR_ALIGNMENT_RISK_SCORE] === undefined) {
    held[ATTR_ALIGNMENT_RISK_SCORE] = riskScore;
    added += 1;
  }
  if (level !== undefined && held[ATTR_ALIGNMENT_AUTONOMY_LEVEL] === undefined) {
    held[ATTR_ALIGNMENT_AUTONOMY_LEVEL] = level;
    added += 1;
  }
  if (involvement !== undefined && held[ATTR_ALIGNMENT_HUMAN_INVOLVEMENT] === undefined) {
    held[ATTR_ALIGNMENT_HUMAN_INVOLVEMENT] = involvement;
    added += 1;
  }
  plain._attributesCount += added;
}

const usableLevel = listed<AutonomyLevel>(ATTR_ALIGNMENT_AUTONOMY_LEVEL);
const usableInvolvement = listed<HumanInvolvement>(ATTR_ALIGNMENT_HUMAN_INVOLVEMENT);

/** Each signal on the span while it can carry it, else as a log record; then to the application. */
export function writeSignals(
  span: RecordingSpan,
  signals: readonly SettledSignal[],
  place: Place,
  options: ResolvedOptions,
): void {
  const carries = options.events === 'span' && isSampled(span);
  for (const one of signals) {
    if (one.sent) continue;
    try {
      if (!(carries && attachOne(span, one, options)))
        emitLog(
          standAlone(one.signal, place),
          trace.setSpan(active.active(), span),
          one.logger ?? options.logger,
        );
    } catch (error) {
      warnOnce('write', 'a signal could not be written', error);
    }
    if (place.settings.onSignal !== undefined) notify(one.signal, place);
  }
}

function attachOne(span: RecordingSpan, one: SettledSignal, options: ResolvedOptions): boolean {
  const { spanEventLimit } = options;
  if (one instanceof Escalation) return attach(span, one.class, one.time, one.event, spanEventLimit);
  return attachEvent(span, one.signal, one.detail ?? options.detail, one.stated, spanEventLimit);
}

function put(span: RecordingSpan, key: string, value: AttributeValue | undefined): void {
  if (value !== undefined && span.attributes[key] === undefined) setAttribute(span, key, value);
}

/** Unlisted values and free text are left out or become `_OTHER`, scores are clamped. */
function putChecked(span: RecordingSpan, key: string, value: AttributeValue | undefined): void {
  put(span, key, usable(key, value) as AttributeValue | undefined);
}
