import {
  type Assessment,
  type AssessmentContext,
  assessStep,
  createSessionState,
  observeStep,
  type SessionState,
  type SignalDraft,
} from '../assess/index.ts';
import type { HumanInvolvement } from '../semconv/index.ts';
import type { AlignmentContext } from '../signals/index.ts';
import { shared, warnOnce } from '../signals/shared.ts';
import type { AgentStep } from '../step/step.ts';
import { Lru } from './lru.ts';
import type { ResolvedOptions } from './options.ts';
import type { SettledSignal } from './write.ts';

/** What a step turned out to be. */
export interface Judgement {
  readonly assessment: Assessment | undefined;
  readonly involvement: HumanInvolvement | undefined;
  readonly drafts: readonly SignalDraft[];
}

/**
 * Assesses a step and holds it against the session so far.
 *
 * @param reported what the application itself said of the step
 * @param session the session key
 */
export function judge(
  step: AgentStep,
  handed: AlignmentContext | undefined,
  reported: readonly SettledSignal[],
  session: string,
  options: ResolvedOptions,
): Judgement {
  const supervised = handed?.humanInvolvement ?? step.humanInvolvement;
  const interventions = reported.map(interventionOf).filter(found => found !== undefined);
  const context: AssessmentContext = {
    ...(handed?.workspace === undefined ? {} : { workspace: handed.workspace }),
    ...(handed?.allowedTools === undefined ? {} : { allowedTools: handed.allowedTools }),
    ...(supervised === undefined ? {} : { humanInvolvement: supervised }),
    ...(interventions.some(({ type, initiator }) => type === 'approval' && initiator === 'human')
      ? { approvedByHuman: true }
      : {}),
  };
  const assessment = assess(step, context, options);
  const mode = handed?.mode ?? step.mode;
  return {
    assessment,
    involvement: involvementOf(interventions) ?? supervised,
    drafts: observe(session, options, {
      step,
      assessment,
      context,
      interventions,
      clarifications: reported.filter(({ signal }) => signal.class === 'clarification_request').length,
      ...(mode === undefined ? {} : { mode }),
    }),
  };
}

function assess(
  step: AgentStep,
  context: AssessmentContext,
  options: ResolvedOptions,
): Assessment | undefined {
  try {
    return (options.assess ?? assessStep)(step, context);
  } catch (error) {
    warnOnce('assess', 'the assessor threw; the step is not assessed', error);
    return undefined;
  }
}

type Observation = Parameters<typeof observeStep>[1];

function observe(
  session: string,
  options: ResolvedOptions,
  observation: Observation,
): readonly SignalDraft[] {
  try {
    const state = sessions(options.maxSessions).getOrCreate(session, createSessionState);
    const { riskThreshold, riskRise, unattendedSteps } = options;
    return observeStep(state, observation, { riskThreshold, riskRise, unattendedSteps });
  } catch (error) {
    warnOnce('observe', 'a step could not be held against its session', error);
    return [];
  }
}

/** One store for all copies of the package, so that a session is counted once. */
function sessions(capacity: number): Lru<SessionState> {
  shared.rooms['sessions'] ??= new Lru<SessionState>(capacity);
  return shared.rooms['sessions'] as Lru<SessionState>;
}

interface Intervention {
  readonly type: string;
  readonly initiator?: string;
  readonly outcome?: string;
}

function interventionOf({ signal }: SettledSignal): Intervention | undefined {
  const type = signal.attributes['alignment.intervention.type'];
  const initiator = signal.attributes['alignment.intervention.initiator'];
  const outcome = signal.attributes['alignment.intervention.outcome'];
  if (type === undefined) return undefined;
  return {
    type,
    ...(initiator === undefined ? {} : { initiator }),
    ...(outcome === undefined ? {} : { outcome }),
  };
}

/** What a person did on the step itself says more than the mode. */
function involvementOf(interventions: readonly Intervention[]): HumanInvolvement | undefined {
  const byPerson = interventions.filter(({ initiator }) => initiator === 'human').map(({ type }) => type);
  if (byPerson.some(type => type === 'approval' || type === 'denial' || type === 'correction')) {
    return 'approval_required';
  }
  return byPerson.includes('steering') || byPerson.includes('takeover') ? 'active_steering' : undefined;
}
