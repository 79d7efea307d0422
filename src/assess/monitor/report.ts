import { ROOT_CONTEXT, type SpanContext, type Tracer, trace } from '@opentelemetry/api';
import {
  ATTR_ALIGNMENT_INDICATOR_EVIDENCE,
  ATTR_ALIGNMENT_INDICATOR_TYPE,
  ATTR_ALIGNMENT_RISK_SCORE,
  ATTR_ALIGNMENT_SIGNAL_CONFIDENCE,
  ATTR_ALIGNMENT_SIGNAL_EXPLANATION,
  ATTR_ALIGNMENT_SIGNAL_ID,
  ATTR_ALIGNMENT_SIGNAL_REASON,
  ATTR_ALIGNMENT_SOURCE_NAME,
  ATTR_ALIGNMENT_SOURCE_TYPE,
  ATTR_ALIGNMENT_SOURCE_VERSION,
  ATTR_GEN_AI_AGENT_ID,
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_TOOL_CALL_ID,
  ATTR_GEN_AI_TOOL_NAME,
} from '../../semconv/index.ts';
import { type Mirror, mirrorWith, writeMirror } from '../../signals/attach.ts';
import {
  recordSignal,
  type Signal,
  type SignalAttributes,
  type SignalInput,
  type SignalLogger,
  signalId,
  type UnixTime,
} from '../../signals/index.ts';
import { VERSION } from '../../signals/version.ts';
import type { SessionKeyName } from '../../step/step.ts';
import type { Monitor, Verdict } from './monitor.ts';

/** The step that a verdict is about, without its content. */
export interface JudgedStep {
  /** The session key. */
  readonly sessionKey: string;
  /** The session's id and the key that it stands under, where it has one. */
  readonly session?: { readonly key: SessionKeyName; readonly value: string };
  readonly spanContext?: SpanContext;
  /** When the step happened. The same step judged twice gives the same signal ids. */
  readonly time: UnixTime;
  readonly agentId?: string;
  readonly agentName?: string;
  readonly toolName?: string;
  readonly toolCallId?: string;
}

export interface ReportOptions {
  /**
   * Also a span of its own, linked to the judged step's, for backends that show no log-based events. It carries the mirror of the
   * signals (count, classes, highest severity) and the monitor's name, and no event: a signal is recorded once. Default false.
   */
  readonly linkedSpan?: boolean;
  /** A risk score from here on is reported. Range [0.0, 1.0], default 0.7. */
  readonly riskThreshold?: number;
  /** What the monitor is less sure of is not reported. Range [0.0, 1.0], default 0.5. */
  readonly minConfidence?: number;
  /** For the log-based events. Default: the processor's, else the registered one. */
  readonly logger?: SignalLogger;
  /** For the linked spans. Default: the registered one. */
  readonly tracer?: Tracer;
}

/**
 * Reports what a monitor found, as log-based events with the judged step's trace and span id: a verdict comes when the judged
 * span has ended, so nothing can stand on that span any more.
 *
 * @param steps the judged steps by their index in the transcript
 * @param startTime when judging began: the start of the linked spans
 * @returns how many signals were reported
 */
export function reportVerdict(
  verdict: Verdict,
  steps: ReadonlyMap<number, JudgedStep>,
  monitor: Pick<Monitor, 'name' | 'version'>,
  options: ReportOptions = {},
  startTime?: Date,
): number {
  let count = 0;
  for (const [index, step] of steps) {
    const signals = signalsOf(verdict, index, step, monitor, options);
    count += signals.length;
    if (signals.length === 0) continue;
    const context =
      step.spanContext === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, step.spanContext);
    const logger = options.logger === undefined ? undefined : { logger: options.logger };
    for (const signal of signals) recordSignal(signal, { context, events: 'log', ...logger });
    if (options.linkedSpan === true)
      markLinked(
        signals,
        step,
        monitor,
        options.tracer ?? trace.getTracer('otel-alignment', VERSION),
        startTime,
      );
  }
  return count;
}

/** A root span: a child would change the shape of a trace that has ended. It has no `gen_ai.*` keys, so nobody takes it for an agent's. */
function markLinked(
  signals: readonly Reported[],
  step: JudgedStep,
  monitor: Pick<Monitor, 'name' | 'version'>,
  tracer: Tracer,
  startTime: Date | undefined,
): void {
  const span = tracer.startSpan(
    'alignment.monitor',
    {
      root: true,
      links: step.spanContext === undefined ? [] : [{ context: step.spanContext }],
      attributes: {
        [ATTR_ALIGNMENT_SOURCE_TYPE]: 'monitor',
        [ATTR_ALIGNMENT_SOURCE_NAME]: monitor.name,
        [ATTR_ALIGNMENT_SOURCE_VERSION]: monitor.version,
        ...(step.session?.key === 'session.id' ? { 'session.id': step.session.value } : {}),
      },
      ...(startTime === undefined ? {} : { startTime }),
    },
    ROOT_CONTEXT,
  );
  let mirror: Mirror | undefined;
  for (const signal of signals) mirror = mirrorWith(mirror, signal);
  if (mirror !== undefined) writeMirror(span, mirror);
  span.end();
}

function signalsOf(
  { risks, indicators }: Verdict,
  index: number,
  step: JudgedStep,
  monitor: Pick<Monitor, 'name' | 'version'>,
  { riskThreshold = 0.7, minConfidence = 0.5 }: ReportOptions,
): Reported[] {
  const sure = (said: { readonly entry: number; readonly confidence: number }): boolean =>
    said.entry === index && said.confidence >= minConfidence;
  const identity = identityOf(step);
  const of = (reason: string, confidence: number): Record<string, string | number> => ({
    ...identity,
    [ATTR_ALIGNMENT_SOURCE_TYPE]: 'monitor',
    [ATTR_ALIGNMENT_SOURCE_NAME]: monitor.name,
    [ATTR_ALIGNMENT_SOURCE_VERSION]: monitor.version,
    [ATTR_ALIGNMENT_SIGNAL_REASON]: reason,
    [ATTR_ALIGNMENT_SIGNAL_CONFIDENCE]: confidence,
  });
  const signals: Reported[] = [];
  for (const risk of risks) {
    if (!sure(risk) || risk.score < riskThreshold) continue;
    const attributes = of('monitor.risk', risk.confidence);
    attributes[ATTR_ALIGNMENT_RISK_SCORE] = risk.score;
    signals.push(identified('risk_escalation', risk.score, attributes, step));
  }
  for (const finding of indicators) {
    if (!sure(finding)) continue;
    const attributes = of(
      `monitor.${finding.type === '_OTHER' ? 'other' : finding.type}`,
      finding.confidence,
    );
    attributes[ATTR_ALIGNMENT_INDICATOR_TYPE] = finding.type;
    attributes[ATTR_ALIGNMENT_INDICATOR_EVIDENCE] = finding.evidence;
    if (finding.rationale !== undefined) attributes[ATTR_ALIGNMENT_SIGNAL_EXPLANATION] = finding.rationale;
    signals.push(identified('misalignment_indicator', finding.severity, attributes, step));
  }
  return distinct(signals);
}

type Reported = SignalInput & Signal & { readonly id: string; readonly time: [number, number] };

/** Two findings of one type in one step are one fact: of duplicates the one with the highest severity is kept. */
function distinct(signals: readonly Reported[]): Reported[] {
  const kept = new Map<string, Reported>();
  for (const signal of signals)
    if ((kept.get(signal.id)?.severity ?? -1) < signal.severity) kept.set(signal.id, signal);
  return [...kept.values()];
}

/** With its id stated: what the processor took for the session key is not known to the emitter. */
function identified(
  signalClass: SignalInput['class'],
  severity: number,
  attributes: Record<string, string | number>,
  { time, sessionKey }: JudgedStep,
): Reported {
  const own = attributes as SignalAttributes;
  const id = signalId({ class: signalClass, time, attributes: own }, sessionKey);
  attributes[ATTR_ALIGNMENT_SIGNAL_ID] = id;
  // the API takes a mutable pair
  return { class: signalClass, severity, time: [time[0], time[1]], attributes: own, id };
}

function identityOf({
  session,
  agentId,
  agentName,
  toolName,
  toolCallId,
}: JudgedStep): Record<string, string> {
  const identity: Record<string, string> = {};
  const put = (key: string, value: string | undefined): void => {
    if (value !== undefined) identity[key] = value;
  };
  if (session !== undefined) put(session.key, session.value);
  put(ATTR_GEN_AI_AGENT_ID, agentId);
  put(ATTR_GEN_AI_AGENT_NAME, agentName);
  put(ATTR_GEN_AI_TOOL_NAME, toolName);
  put(ATTR_GEN_AI_TOOL_CALL_ID, toolCallId);
  return identity;
}
