import type { Assessment, SignalDraft } from '../../assess/index.ts';
import type { MappedScore } from '../../calibration/bound.ts';
import { levelOf } from '../../processor/mapped.ts';
import type { StepLine } from './step-line.ts';

/** One line of output. `null`: not known, or does not apply. */
export interface AssessedLine {
  readonly session_id: string;
  readonly step: string | number | null;
  readonly risk_score: number | null;
  readonly risk_level: string | null;
  readonly reversibility: string | null;
  readonly action_type: string | null;
  readonly authorization: string | null;
  readonly autonomy_level: string | null;
  readonly signals: readonly Record<string, unknown>[];
  readonly rules: readonly string[];
  /** Only where a score was mapped: what it was, how it was mapped, and what our rules say. */
  readonly calibration?: Readonly<Record<string, Record<string, unknown>>>;
}

export function assessedLine(
  { session, step }: StepLine,
  assessment: Assessment | undefined,
  drafts: readonly SignalDraft[],
  mapped: readonly MappedScore[] = [],
  escalates = false,
): AssessedLine {
  // what is only rescaled does not replace what our rules say
  const said = (signal: string, ours: unknown): number | undefined => {
    const found = mapped.find(one => one.signal === signal)?.mapped;
    return found === undefined || (found.status !== 'profiled' && ours !== undefined)
      ? undefined
      : (found.score ?? undefined);
  };
  const risk = said('risk', assessment?.riskScore) ?? assessment?.riskScore;
  const autonomy = said('autonomy', assessment?.autonomyLevel);
  return {
    session_id: session,
    step,
    risk_score: risk ?? null,
    risk_level: risk === undefined ? null : riskLevel(risk),
    reversibility: assessment?.reversibility ?? null,
    action_type: assessment?.actionType ?? null,
    authorization: assessment?.authorization ?? null,
    autonomy_level: (autonomy === undefined ? assessment?.autonomyLevel : levelOf(autonomy)) ?? null,
    signals: [...drafts.map(signalOf), ...(escalates ? [escalationOf(mapped)] : [])],
    rules: assessment?.rules ?? [],
    ...(mapped.length === 0 ? {} : { calibration: calibrationOf(mapped, assessment) }),
  };
}

function calibrationOf(
  mapped: readonly MappedScore[],
  assessment: Assessment | undefined,
): Record<string, Record<string, unknown>> {
  const own = { risk: assessment?.riskScore, autonomy: assessment?.autonomyScore };
  return Object.fromEntries(
    mapped.map(({ signal, attributes, mapped: { interval } }) => [
      signal,
      {
        native:
          attributes[`alignment.${signal}.native.score`] ??
          attributes[`alignment.${signal}.native.label`] ??
          null,
        scale: attributes[`alignment.${signal}.native.scale`],
        status: attributes[`alignment.${signal}.calibration.status`],
        profile_id: attributes[`alignment.${signal}.calibration.profile.id`] ?? null,
        interval,
        own_score: own[signal] ?? null,
      },
    ]),
  );
}

function escalationOf(mapped: readonly MappedScore[]): Record<string, unknown> {
  const risk = mapped.find(({ signal }) => signal === 'risk');
  const score = risk?.mapped.score;
  return {
    class: 'risk_escalation',
    severity: score,
    confidence: null,
    reason: risk?.profile.native_scale.id,
    risk_score: score,
  };
}

/** Short name ← key of the registry, for what only some classes have. */
const KEYS: readonly (readonly [string, string])[] = [
  ['type', 'alignment.indicator.type'],
  ['type', 'alignment.boundary.type'],
  ['evidence', 'alignment.indicator.evidence'],
  ['from', 'alignment.boundary.from'],
  ['to', 'alignment.boundary.to'],
  ['risk_score', 'alignment.risk.score'],
];

function signalOf({ class: signalClass, severity, attributes }: SignalDraft): Record<string, unknown> {
  const signal: Record<string, unknown> = {
    class: signalClass,
    severity,
    confidence: attributes['alignment.signal.confidence'] ?? null,
    reason: attributes['alignment.signal.reason'] ?? null,
  };
  for (const [name, key] of KEYS) if (attributes[key] !== undefined) signal[name] = attributes[key];
  return signal;
}

/** The bands of `alignment.risk.level`. */
export function riskLevel(score: number): 'none' | 'low' | 'medium' | 'high' | 'critical' {
  if (score < 0.1) return 'none';
  if (score < 0.4) return 'low';
  if (score < 0.7) return 'medium';
  return score < 0.9 ? 'high' : 'critical';
}
