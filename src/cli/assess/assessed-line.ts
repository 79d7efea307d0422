import type { Assessment, SignalDraft } from '../../assess/index.ts';
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
}

export function assessedLine(
  { session, step }: StepLine,
  assessment: Assessment | undefined,
  drafts: readonly SignalDraft[],
): AssessedLine {
  const risk = assessment?.riskScore;
  return {
    session_id: session,
    step,
    risk_score: risk ?? null,
    risk_level: risk === undefined ? null : riskLevel(risk),
    reversibility: assessment?.reversibility ?? null,
    action_type: assessment?.actionType ?? null,
    authorization: assessment?.authorization ?? null,
    autonomy_level: assessment?.autonomyLevel ?? null,
    signals: drafts.map(signalOf),
    rules: assessment?.rules ?? [],
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
