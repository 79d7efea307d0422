import type { Assess, AssessmentContext } from '../assess/index.ts';
import { LEVEL_SCORES } from '../assess/rules/supervision.ts';
import { readStep } from '../dialects/index.ts';
import { type DecodedSpan, recordsOf, signalOfRecord, signalsOfSpan, spansOf } from '../otlp/index.ts';
import type { AgentStep } from '../step/step.ts';
import { type Recording, type StepWords, sessionIn } from './recording.ts';

/** Assesses a step that carries no risk score. Guarded by the reader. */
export interface ReadOptions {
  readonly assess?: Assess | undefined;
}

/**
 * Takes one OTLP/JSON request (traces or logs) into a recording. Never throws.
 *
 * @returns false where the value is no OTLP request
 */
export function readRequest(recording: Recording, request: unknown, options: ReadOptions = {}): boolean {
  if (typeof request !== 'object' || request === null) return false;
  for (const span of spansOf(request)) readSpan(recording, span, options);
  for (const record of recordsOf(request)) {
    recording.records += 1;
    const signal = signalOfRecord(record);
    if (signal === undefined) continue;
    // its span may stand further down or in another file: it is looked up when everything was read
    recording.addSignal(signal, { span: -1, resource: record.resource });
  }
  return KINDS.some(kind => kind in request);
}

const KINDS = ['resourceSpans', 'resourceLogs', 'resourceMetrics', 'resourceProfiles'];

function readSpan(recording: Recording, span: DecodedSpan, { assess }: ReadOptions): void {
  const { attributes, resource } = span;
  const step = readStep({ name: span.name, attributes, scopeName: span.scopeName, resource });
  const session = step?.session?.value ?? sessionIn(attributes);
  const agent =
    step?.agentName ?? attributes['gen_ai.agent.name'] ?? step?.agentId ?? attributes['gen_ai.agent.id'];
  const { words } = recording;
  const row = recording.spans.add(
    span.traceId,
    span.spanId,
    span.parentSpanId ?? '',
    words.number(session),
    words.number(agent),
  );
  const belongs = { span: row, resource };
  if (isStep(attributes, step)) {
    recording.addStep(belongs, span.start, span.end, attributes, wordsOf(step, attributes, assess));
  } else if ('alignment.human.involvement' in attributes || 'alignment.autonomy.level' in attributes) {
    recording.addState(belongs, span.start, attributes);
  }
  for (const { signal } of signalsOfSpan(span)) recording.addSignal(signal, belongs);
}

type Attributes = DecodedSpan['attributes'];

/** A step is an action: a tool call, or whatever else was assessed as one. */
const isStep = (attributes: Attributes, step: AgentStep | undefined): boolean =>
  step?.kind === 'tool' ||
  'alignment.action.type' in attributes ||
  'alignment.risk.score' in attributes ||
  'alignment.risk.native.score' in attributes;

function wordsOf(step: AgentStep | undefined, attributes: Attributes, assess: Assess | undefined): StepWords {
  if (step === undefined) return {};
  const known = { tool: step.toolName, call: step.toolCallId, involvement: step.humanInvolvement };
  if (assess === undefined || 'alignment.risk.score' in attributes) return known;
  try {
    const context: AssessmentContext =
      step.humanInvolvement === undefined ? {} : { humanInvolvement: step.humanInvolvement };
    const said = assess(step, context);
    if (said === undefined) return known;
    return {
      ...known,
      action: said.actionType,
      reversibility: said.reversibility,
      risk: said.riskScore,
      autonomy: said.autonomyScore ?? (said.autonomyLevel && LEVEL_SCORES[said.autonomyLevel]),
    };
  } catch {
    return known;
  }
}
