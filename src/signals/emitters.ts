import type { TimeInput } from '@opentelemetry/api';
import type {
  BoundaryType,
  ClarificationReason,
  IndicatorEvidence,
  IndicatorType,
  InterventionDecisionSource,
  InterventionInitiator,
  InterventionOutcome,
  InterventionReason,
  InterventionType,
  SignalClass,
} from '../semconv/index.ts';
import { type EmitOptions, recordSignal } from './emit.ts';
import { warnOnce } from './shared.ts';
import type { SignalAttributes } from './signal.ts';

/** What every report may say, whatever its class. */
export interface SignalReport {
  /** Range [0.0, 1.0]. Default: the vocabulary's table. */
  readonly severity?: number | undefined;
  /** How sure the reporter is. Range [0.0, 1.0]. */
  readonly confidence?: number | undefined;
  /** When it happened. Default: now. */
  readonly time?: TimeInput | undefined;
  /**
   * The tool call that it is about: with it, two observers of one fact give it the same id. So do two facts of one kind in one
   * call (two questions, two pauses): who must tell them apart states `alignment.signal.id` among the attributes.
   */
  readonly toolCallId?: string | undefined;
  /** Id of the rule behind it: low cardinality, never content. */
  readonly rule?: string | undefined;
  /** Any other key of the registry. */
  readonly attributes?: SignalAttributes | undefined;
}

export interface InterventionReport extends SignalReport {
  readonly type: InterventionType;
  /** Who acted, never who asked. */
  readonly initiator?: InterventionInitiator | undefined;
  readonly outcome?: InterventionOutcome | undefined;
  readonly decisionSource?: InterventionDecisionSource | undefined;
  readonly reason?: InterventionReason | undefined;
}

export interface ClarificationReport extends SignalReport {
  readonly reason?: ClarificationReason | undefined;
}

export interface BoundaryReport extends SignalReport {
  readonly type: BoundaryType;
  /** Where the boundary moved, in the source's own words: letters, digits and `_.+:/-`, at most 64. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface RiskReport extends SignalReport {
  /** On the reference scale. Range [0.0, 1.0]. */
  readonly score?: number | undefined;
  /** What the source itself said, untouched, and the scale that it said it on. */
  readonly nativeScore?: number | undefined;
  readonly nativeLabel?: string | undefined;
  readonly nativeScale?: string | undefined;
}

export interface IndicatorReport extends SignalReport {
  readonly type: IndicatorType;
  /** What the detector could see. */
  readonly evidence?: IndicatorEvidence | undefined;
  /** The rule's own: an indicator has no default. Range [0.0, 1.0]. */
  readonly severity: number;
}

/** The key that each field of a report becomes. */
const ANY = {
  confidence: 'alignment.signal.confidence',
  rule: 'alignment.signal.reason',
  toolCallId: 'gen_ai.tool.call.id',
};
const KEYS = pairs({
  intervention: {
    ...ANY,
    type: 'alignment.intervention.type',
    initiator: 'alignment.intervention.initiator',
    outcome: 'alignment.intervention.outcome',
    decisionSource: 'alignment.intervention.decision.source',
    reason: 'alignment.intervention.reason',
  },
  clarification_request: { ...ANY, reason: 'alignment.clarification.reason' },
  autonomy_boundary: {
    ...ANY,
    type: 'alignment.boundary.type',
    from: 'alignment.boundary.from',
    to: 'alignment.boundary.to',
  },
  risk_escalation: {
    ...ANY,
    score: 'alignment.risk.score',
    nativeScore: 'alignment.risk.native.score',
    nativeLabel: 'alignment.risk.native.label',
    nativeScale: 'alignment.risk.native.scale',
  },
  misalignment_indicator: {
    ...ANY,
    type: 'alignment.indicator.type',
    evidence: 'alignment.indicator.evidence',
  },
});

function pairs(
  fields: Readonly<Record<SignalClass, Readonly<Record<string, string>>>>,
): Readonly<Record<SignalClass, readonly (readonly [field: string, key: string])[]>> {
  const listed = Object.entries(fields).map(([name, keys]) => [name, Object.entries(keys)]);
  return Object.fromEntries(listed);
}

/** A human, a policy or a monitor stopped, denied, approved, corrected, took over. */
export function recordIntervention(report: InterventionReport, options?: EmitOptions): void {
  record('intervention', report, options);
}

/** The agent itself stopped to ask. */
export function recordClarificationRequest(report: ClarificationReport = {}, options?: EmitOptions): void {
  record('clarification_request', report, options);
}

/** The agent reached or crossed the limit of what it may do alone. */
export function recordAutonomyBoundary(report: BoundaryReport, options?: EmitOptions): void {
  record('autonomy_boundary', report, options);
}

/** An action's risk crossed a threshold, or rose against the session so far. */
export function recordRiskEscalation(report: RiskReport, options?: EmitOptions): void {
  record('risk_escalation', report, options);
}

/** Evidence of deception, goal drift, unauthorized capability use, and what else the registry lists. */
export function recordMisalignmentIndicator(report: IndicatorReport, options?: EmitOptions): void {
  record('misalignment_indicator', report, options);
}

function record(
  signalClass: SignalClass,
  report: SignalReport | undefined,
  options: EmitOptions | undefined,
): void {
  try {
    const { severity, time, attributes } = report ?? {};
    const own: Record<string, unknown> = { ...attributes };
    for (const [field, key] of KEYS[signalClass]) {
      const value = (report as Record<string, unknown> | undefined)?.[field];
      if (value !== undefined) own[key] = value;
    }
    recordSignal({ class: signalClass, severity, time, attributes: own as SignalAttributes }, options);
  } catch (error) {
    warnOnce('report', 'a report could not be read', error);
  }
}
