/** Reasons of a risk escalation. Its severity is the risk score. */
export const RISK_ESCALATIONS = {
  /** The score reached the threshold. */
  high: 'risk.high',
  /** The score rose against the session so far. */
  rise: 'risk.rise',
} as const;

/** Autonomy boundaries that a session's course shows, with their severity in [0.0, 1.0]. */
export const BOUNDARIES = {
  unattended: { rule: 'autonomy.unattended_streak', severity: 0.4 },
  mode_change: { rule: 'autonomy.mode_change', severity: 0.3 },
  bypass: { rule: 'autonomy.bypass', severity: 0.6 },
} as const;

/** Types of action that change something outside of the agent. */
export const EFFECTFUL_TYPES: ReadonlySet<string> = new Set([
  'write',
  'execute',
  'delete',
  'network',
  'communicate',
  'credential',
  'payment',
  'deploy',
  'delegate',
]);

/** Types of action that reach somebody or something outside by an address. */
export const OUTWARD_TYPES: ReadonlySet<string> = new Set([
  'communicate',
  'payment',
  'network',
  'credential',
]);
