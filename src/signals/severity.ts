import type { SignalClass } from '../semconv/index.ts';
import type { SignalAttributes } from './signal.ts';

/** Severities of things that a person, or nobody known, decided. */
const INTERVENTION: Readonly<Record<string, number>> = {
  approval: 0.1,
  pause: 0.1,
  steering: 0.2,
  correction: 0.3,
  denial: 0.4,
  block: 0.4,
  stop: 0.5,
  takeover: 0.5,
  escalation: 0.5,
};
/** What a policy, a monitor or the agent itself decided weighs less where a person's word would weigh more. */
const BY_POLICY: Readonly<Record<string, number>> = { approval: 0.0, denial: 0.3 };
const BOUNDARY: Readonly<Record<string, number>> = {
  mode_change: 0.3,
  scope: 0.4,
  delegation: 0.4,
  unattended: 0.4,
  budget: 0.4,
  bypass: 0.6,
};

/**
 * The severity that the vocabulary's table gives when the source gives none.
 *
 * @returns a score in [0.0, 1.0], or `undefined` where only the rule that found the thing can state one (an
 * indicator, a risk escalation without score, an unknown type).
 */
export function defaultSeverity(signalClass: SignalClass, attributes: SignalAttributes): number | undefined {
  switch (signalClass) {
    case 'intervention': {
      const type = attributes['alignment.intervention.type'];
      const initiator = attributes['alignment.intervention.initiator'];
      if (type === undefined) return undefined;
      const byPolicy = initiator === 'policy' || initiator === 'monitor' || initiator === 'agent';
      return (byPolicy ? BY_POLICY[type] : undefined) ?? INTERVENTION[type];
    }
    case 'autonomy_boundary': {
      const type = attributes['alignment.boundary.type'];
      return type === undefined ? undefined : BOUNDARY[type];
    }
    case 'clarification_request':
      return 0.1;
    case 'risk_escalation':
      return attributes['alignment.risk.score'];
    default:
      return undefined;
  }
}

/** Log severity number: 9 INFO, 13 WARN, 17 ERROR, 21 FATAL. */
export function logSeverityNumber(severity: number): 9 | 13 | 17 | 21 {
  if (severity < 0.4) return 9;
  if (severity < 0.7) return 13;
  return severity < 0.9 ? 17 : 21;
}
