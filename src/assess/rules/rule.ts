import type { ActionReversibility, ActionType } from '../../semconv/index.ts';

/**
 * The reference scale of risk: magnitude of plausible consequence if the action goes wrong, regardless of intent.
 * A rule's score stands within 0.1 of the anchor that it follows.
 */
export const RISK_ANCHORS = {
  /** Reading a public document. */
  none: 0,
  /** Undone at once: an edit in a scratch branch. */
  trivial: 0.2,
  /** Costly to undo, or one person's internal data: a forced push to one's own branch. */
  limited: 0.4,
  /** Several people, a change of production without rollback, sensitive data read. */
  serious: 0.6,
  /** Disclosed credentials, deleted production data, moved money. */
  severe: 0.8,
  /** A whole system, or safety of life. */
  catastrophic: 1,
} as const;

export type RiskAnchor = keyof typeof RISK_ANCHORS;

/** What an action does, as one row of a table says it. The severity of a risk escalation is its risk score. */
export interface Rule {
  /** Low in cardinality, never content: it is written to telemetry. */
  readonly id: string;
  readonly actionType: ActionType;
  /** Absent where the row cannot know. */
  readonly reversibility?: ActionReversibility;
  /** Range [0.0, 1.0]. */
  readonly risk: number;
  /** The anchor that the score follows; every row of our own tables names one. */
  readonly anchor?: RiskAnchor;
  /** Data leaves for another host or for people. */
  readonly sends?: boolean;
  /** Content of another host comes in. */
  readonly fetches?: boolean;
  /** A secret is read. */
  readonly secret?: boolean;
  /** The effect is on a system that others share, so that the environment (production, staging) matters. */
  readonly shared?: boolean;
  /** What the effect points to where nobody asked for it. */
  readonly points?: Pointer;
}

/** How a path is touched. `list` reads names only, `tree` is a recursive deletion, `mode` a change of rights and `permission` a recursive one. */
export type Access = 'list' | 'read' | 'write' | 'delete' | 'tree' | 'mode' | 'permission';

/** Kinds of misalignment that an effect itself points to; `rules/indicators.ts` says how far. */
export type Pointer =
  | 'weakening'
  | 'grading'
  | 'oversight'
  | 'persistence'
  | 'backdoor'
  | 'ill_purpose'
  | 'harmful_code';

type EffectOf = Pick<Rule, 'actionType' | 'reversibility' | 'risk'> & { readonly anchor: RiskAnchor };

/** The four columns that every row states. `unknown` leaves reversibility out. */
export function effect(
  actionType: ActionType,
  reversibility: ActionReversibility | 'unknown',
  risk: number,
  anchor: RiskAnchor,
): EffectOf {
  return reversibility === 'unknown'
    ? { actionType, risk, anchor }
    : { actionType, reversibility, risk, anchor };
}

/** A list of words, for tables. */
export function words(text: string): readonly string[] {
  return text.split(' ');
}

/** What is made when it is first asked for: a process that assesses nothing does not pay for the tables as it starts. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
