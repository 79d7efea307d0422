import {
  type Assessment,
  type AssessmentContext,
  type Autonomy,
  assessStep,
  createSessionState,
  observeStep,
  type SessionState,
  type SignalDraft,
  sessionAutonomy,
} from '../assess/index.ts';
import type { HumanInvolvement } from '../semconv/index.ts';
import type { AlignmentContext } from '../signals/index.ts';
import { shared, warnOnce } from '../signals/shared.ts';
import type { AgentStep } from '../step/step.ts';
import type { ResolvedOptions } from './options.ts';
import { RecentMap } from './recent-map.ts';
import type { SettledSignal } from './settle.ts';
import { tidy } from './tidy.ts';

/** What a step turned out to be. */
export interface Judgement {
  readonly assessment: Assessment | undefined;
  /** How the session is really supervised, where that says more than the step alone. */
  readonly autonomy: Autonomy | undefined;
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
  const interventions = reported.length === 0 ? NONE : interventionsOf(reported);
  const context =
    interventions.length === 0 && options.assess === undefined
      ? contextWithout(handed, supervised)
      : contextOf(handed, supervised, interventions);
  const assessment = assess(step, context, options);
  const mode = handed?.mode ?? step.mode;
  const clarifications =
    reported.length === 0
      ? 0
      : reported.filter(({ signal }) => signal.class === 'clarification_request').length;
  const observation = { step, assessment, context, interventions, clarifications, mode } as Observation;
  const judgement: Draft = {
    assessment,
    autonomy: undefined,
    involvement: involvementOf(interventions) ?? supervised,
    drafts: NO_DRAFTS,
  };
  observe(judgement, session, options, observation);
  return judgement;
}

/** A judgement while it is being made. */
type Draft = { -readonly [K in keyof Judgement]: Judgement[K] };
const NO_DRAFTS: readonly SignalDraft[] = [];

const NONE: readonly Intervention[] = [];

/** Spans in a row mostly have the same from above. What may be content does not outlive its span, and no assessor of the user's gets what others see. */
const last: {
  handed: AlignmentContext | undefined;
  supervised: HumanInvolvement | undefined;
  context: AssessmentContext | undefined;
} = { handed: undefined, supervised: undefined, context: undefined };

function contextWithout(
  handed: AlignmentContext | undefined,
  supervised: HumanInvolvement | undefined,
): AssessmentContext {
  const { context } = last;
  if (context !== undefined && handed === last.handed && supervised === last.supervised) return context;
  const made = contextOf(handed, supervised, NONE);
  if (handed?.userMessage !== undefined || handed?.step !== undefined) return made;
  last.handed = handed;
  last.supervised = supervised;
  last.context = made;
  return made;
}

function contextOf(
  handed: AlignmentContext | undefined,
  supervised: HumanInvolvement | undefined,
  interventions: readonly Intervention[],
): AssessmentContext {
  const approvedByHuman =
    interventions.length > 0 &&
    interventions.some(({ type, initiator }) => type === 'approval' && initiator === 'human');
  // one shape for all steps
  return {
    workspace: handed?.workspace,
    allowedTools: handed?.allowedTools,
    humanInvolvement: supervised,
    mode: handed?.mode?.label,
    userMessage: handed?.userMessage,
    environment: handed?.environment,
    approvedByHuman: approvedByHuman ? true : undefined,
  } as AssessmentContext;
}

function assess(
  step: AgentStep,
  context: AssessmentContext,
  options: ResolvedOptions,
): Assessment | undefined {
  try {
    return options.assess === undefined ? assessStep(step, context) : tidy(options.assess(step, context));
  } catch (error) {
    warnOnce('assess', 'the assessor threw; the step is not assessed', error);
    return undefined;
  }
}

type Observation = Parameters<typeof observeStep>[1];

function observe(
  judgement: Draft,
  session: string,
  options: ResolvedOptions,
  observation: Observation,
): void {
  try {
    const state = sessions(options.maxSessions).getOrCreate(session, createSessionState);
    judgement.drafts = observeStep(state, observation, options);
    // what another assessor says of autonomy stands
    const own = options.assess === undefined && observation.assessment !== undefined;
    if (own) judgement.autonomy = sessionAutonomy(state, observation.assessment, options.unattendedSteps);
  } catch (error) {
    warnOnce('observe', 'a step could not be held against its session', error);
  }
}

/** One store for all copies of the package, so that a session is counted once. */
function sessions(capacity: number): RecentMap<SessionState> {
  shared.rooms['sessions'] ??= new RecentMap<SessionState>(capacity);
  return shared.rooms['sessions'] as RecentMap<SessionState>;
}

interface Intervention {
  readonly type: string;
  readonly initiator?: string;
  readonly outcome?: string;
}

const interventionsOf = (reported: readonly SettledSignal[]): Intervention[] =>
  reported.map(interventionOf).filter(found => found !== undefined);

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
  if (interventions.length === 0) return undefined;
  const byPerson = interventions.filter(({ initiator }) => initiator === 'human').map(({ type }) => type);
  if (byPerson.some(type => type === 'approval' || type === 'denial' || type === 'correction')) {
    return 'approval_required';
  }
  return byPerson.includes('steering') || byPerson.includes('takeover') ? 'active_steering' : undefined;
}
