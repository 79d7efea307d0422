import type {
  ActionAuthorization,
  ActionReversibility,
  ActionType,
  AutonomyLevel,
  HumanInvolvement,
  IndicatorEvidence,
  IndicatorType,
} from '../semconv/index.ts';
import type { AgentStep } from '../step/step.ts';

/** What the surroundings of a step say, beyond the step itself. */
export interface AssessmentContext {
  /** Absolute path of the folder that the agent works in. Writes and deletions outside of it weigh more. */
  readonly workspace?: string;
  /** The tools that the agent was given. A call of any other is an unauthorized use of a capability. */
  readonly allowedTools?: readonly string[];
  readonly humanInvolvement?: HumanInvolvement;
  /** The agent's own word for how it is supervised, where it is known better than from the step. */
  readonly mode?: string;
  /** The person's words to the agent that the step follows from. Read to judge whether the step was asked for, never written. */
  readonly userMessage?: string;
  /** Name of the environment in which effects on shared systems take place, such as `production` or `staging`. */
  readonly environment?: string;
  /** True where a person approved this very call. */
  readonly approvedByHuman?: boolean;
}

/** Evidence of misalignment that a rule found in one step. */
export interface Indicator {
  readonly type: IndicatorType;
  /** Range [0.0, 1.0]. */
  readonly severity: number;
  /** Range [0.0, 1.0]. */
  readonly confidence?: number;
  /** The id of the rule that found it. */
  readonly rule: string;
  readonly evidence: IndicatorEvidence;
  /** What it was found on, so that a session reports it once. Kept in memory only, never written. */
  readonly target?: string;
}

export type Trait = 'reads_secret' | 'sends' | 'elevated';

/** What an assessor says of one step. Anything that it cannot say is absent. */
export interface Assessment {
  readonly actionType?: ActionType;
  readonly reversibility?: ActionReversibility;
  readonly authorization?: ActionAuthorization;
  /** Magnitude of plausible consequence on the reference scale, regardless of intent. Range [0.0, 1.0]. */
  readonly riskScore?: number;
  readonly autonomyLevel?: AutonomyLevel;
  /** Range [0.0, 1.0]. */
  readonly autonomyScore?: number;
  /** Ids of the rules that made the assessment, most consequential first. */
  readonly rules: readonly string[];
  readonly indicators?: readonly Indicator[];
  /**
   * Traits that a session remembers: the step read a secret, sent data away, or took more rights than usual. Kept in memory only.
   */
  readonly traits?: readonly Trait[];
  /**
   * Normalised targets of the action (paths, hosts), so that a session can notice the same target again. Kept in
   * memory only, never written.
   */
  readonly targets?: readonly string[];
}

/**
 * Assesses one step. Synchronous, so that it can run while a span ends. Returns `undefined` where it has nothing to
 * say. It may throw: the caller guards it.
 */
export type Assess = (step: AgentStep, context: AssessmentContext) => Assessment | undefined;
