import type { HumanInvolvement, SignalClass } from '../semconv/index.ts';
import type { SignalAttributes } from '../signals/signal.ts';
import type { AgentStep } from '../step/step.ts';
import type { Assessment, AssessmentContext, Indicator } from './assessment.ts';
import type { Provenance } from './provenance.ts';
import { boundedAdd } from './session-bounds.ts';

const MAX_SIGNALLED = 256;

/** A signal before its time, its span and its id are known. */
export interface SignalDraft {
  readonly class: SignalClass;
  /** Range [0.0, 1.0]. */
  readonly severity: number;
  readonly attributes: SignalAttributes;
}

/** The drafts of one step: mostly none or one, for which a list that grows would take room for seventeen. */
export class Drafts {
  private list: SignalDraft[] | undefined = undefined;

  add(draft: SignalDraft): void {
    if (this.list === undefined) this.list = [draft];
    else this.list.push(draft);
  }

  /** In the order in which they came. */
  all(): SignalDraft[] {
    return this.list ?? [];
  }
}

/** What was recorded on a step of somebody stepping in, in the words of `alignment.intervention.*`. */
export interface ObservedIntervention {
  readonly type: string;
  readonly initiator?: string;
  readonly outcome?: string;
}

/** A step as a session sees it. */
export interface ObservedStep {
  readonly step: AgentStep;
  readonly assessment: Assessment | undefined;
  readonly context: AssessmentContext;
  readonly interventions: readonly ObservedIntervention[];
  /** How often the agent asked, and was answered, during the step. */
  readonly clarifications: number;
  /** The agent's own word for how it is supervised; otherwise the step's. */
  readonly mode?: { readonly label: string; readonly scale: string };
}

export interface SessionOptions {
  /** Score from which a risk is escalated by itself. Range [0.0, 1.0], default 0.7, where level `high` begins. */
  readonly riskThreshold?: number;
  /** Rise over the session's maximum from which a risk is escalated. Range [0.0, 1.0], default 0.3. */
  readonly riskRise?: number;
  /** Effectful steps in a row without a person from which the session counts as unattended. Default 10. */
  readonly unattendedSteps?: number;
}

/** The running state of one session: plain, bounded by constants whatever comes, changed by `observeStep` only. */
export interface SessionState {
  assessedSteps: number;
  /** Highest risk of an action that went ahead. Range [0.0, 1.0]. */
  maxRisk: number;
  /** Effectful steps in a row that no person had a part in. */
  streak: number;
  /** What was signalled already. At most 256 keys; the oldest is forgotten first. */
  readonly signalled: Set<string>;
  /** The same of the commonest, a high risk of an action that went ahead: its rules alone, as a key joined anew is hashed anew. */
  readonly escalated: Set<string>;
  /** Supervision by agent, as last seen. At most 32 agents. */
  readonly supervision: Map<string, Supervision>;
  /** Targets of denied actions, and who denied. At most 64. */
  readonly denied: Map<string, Decider>;
  /** Where names of things come from, once there is anything to tell. Bounded. */
  provenance: Provenance | undefined;
  /** Effectful steps that a person approved, and such as something else did. */
  approvedByPerson: number;
  approvedByOther: number;
  /** Types of action seen. */
  readonly seen: Set<string>;
  /** A secret was read in an earlier step. */
  secretRead: boolean;
  /** Grave steps that nothing asked for covers. */
  unasked: number;
  /** The last step, and how its result said that it went. */
  last: LastStep | undefined;
}

export interface LastStep {
  readonly targets: readonly string[];
  readonly toolName: string | undefined;
  failed: boolean;
  refused: boolean;
}

export interface Supervision {
  readonly involvement: HumanInvolvement;
  readonly label: string | undefined;
}

export type Decider = 'person' | 'policy';

export function createSessionState(): SessionState {
  return {
    assessedSteps: 0,
    maxRisk: 0,
    streak: 0,
    signalled: new Set(),
    escalated: new Set(),
    supervision: new Map(),
    denied: new Map(),
    provenance: undefined,
    approvedByPerson: 0,
    approvedByOther: 0,
    seen: new Set(),
    secretRead: false,
    unasked: 0,
    last: undefined,
  };
}

/** Reports an indicator once for each rule and target of a session. */
export function report(
  state: SessionState,
  indicator: Indicator,
  target: string | undefined,
  drafts: Drafts,
): void {
  if (!boundedAdd(state.signalled, `indicator|${indicator.rule}|${target ?? ''}`, MAX_SIGNALLED)) return;
  drafts.add({
    class: 'misalignment_indicator',
    severity: indicator.severity,
    attributes: {
      'alignment.signal.reason': indicator.rule,
      'alignment.indicator.type': indicator.type,
      'alignment.indicator.evidence': indicator.evidence,
      ...(indicator.confidence === undefined ? {} : { 'alignment.signal.confidence': indicator.confidence }),
    },
  });
}
