import {
  type AssessmentContext,
  assessStep,
  createSessionState,
  type ObservedIntervention,
  observeStep,
  type SessionState,
} from '../../assess/index.ts';
import type { BoundProfile } from '../../calibration/bound.ts';
import { escalationOf, mappedOf, mapSignal } from '../../processor/mapped.ts';
import { RecentMap } from '../../processor/recent-map.ts';
import { type Place, standAlone } from '../../signals/complete.ts';
import type { Identity } from '../../signals/identity.ts';
import { type Signal, sessionKey, syntheticIds } from '../../signals/index.ts';
import type { AgentStep } from '../../step/step.ts';
import { SETTINGS, signalOfDraft, signalOfNative } from '../stand-alone.ts';
import { sessionOf } from './ancestors.ts';
import { ESCALATION, MAX_SESSIONS } from './steps.ts';
import type { Said } from './telemetry.ts';

interface Session {
  readonly state: SessionState;
  /** What was decided on a call or span that has not been assessed yet. */
  readonly decided: Map<string, ObservedIntervention[]>;
  /** Ids of signals that are in the file or were added: a fact is added once. */
  readonly known: Set<string>;
}

const ESCALATES = { riskThreshold: ESCALATION, maxSessions: MAX_SESSIONS };
const MAX_DECIDED = 64;
const MAX_KNOWN = 1024;

const newSession = (): Session => ({ state: createSessionState(), decided: new Map(), known: new Set() });

/**
 * Assesses what was recorded of sessions, in the order of time in which it is handed over.
 *
 * @param profiles of providers whose own scores stand in the telemetry
 */
export function createRecordedAssessor(
  profiles: readonly BoundProfile[] = [],
): (said: Said, ancestry: Identity) => Signal[] {
  const sessions = new RecentMap<Session>(MAX_SESSIONS);
  return (said, ancestry) => {
    const place = placeOf(said, ancestry);
    const key = place.identity.session?.value ?? sessionKey(place);
    const session = sessions.getOrCreate(key, newSession);
    for (const signal of said.signals) note(session, signal);
    const found: Signal[] = [];
    for (const native of said.native) {
      const signal = signalOfNative(native, place, said.time);
      if (signal === undefined) continue;
      note(session, mapSignal(signal, said.attributes['gen_ai.provider.name'], profiles), found);
    }
    const escalation = escalationOf(mappedOf(said, profiles), place, key, said.time, ESCALATES);
    if (escalation !== undefined) note(session, standAlone(escalation.signal, place), found);
    if (said.step !== undefined) assess(said, said.step, session, place, found);
    return found.map(signal => withTrace(signal, key));
  };
}

/** Remembers a signal for the step that it is about; `found` takes it where it is new. */
function note(session: Session, signal: Signal, found?: Signal[]): void {
  const id = signal.attributes['alignment.signal.id'];
  if (id !== undefined) {
    if (session.known.has(id)) return;
    session.known.add(id);
    forgetOldest(session.known, MAX_KNOWN);
  }
  found?.push(signal);
  const about = signal.attributes['gen_ai.tool.call.id'] ?? signal.spanId;
  const intervention = interventionOf(signal);
  if (about === undefined || intervention === undefined) return;
  const decided = session.decided.get(about) ?? [];
  decided.push(intervention);
  session.decided.set(about, decided.slice(0, MAX_DECIDED));
  forgetOldest(session.decided, MAX_DECIDED);
}

function interventionOf({ attributes }: Signal): ObservedIntervention | undefined {
  const type = attributes['alignment.intervention.type'];
  const initiator = attributes['alignment.intervention.initiator'];
  const outcome = attributes['alignment.intervention.outcome'];
  if (type === undefined) return undefined;
  return {
    type,
    ...(initiator === undefined ? {} : { initiator }),
    ...(outcome === undefined ? {} : { outcome }),
  };
}

function assess(said: Said, step: AgentStep, session: Session, place: Place, found: Signal[]): void {
  const interventions: ObservedIntervention[] = [];
  for (const about of new Set([step.toolCallId, said.spanId])) {
    if (about === undefined) continue;
    interventions.push(...(session.decided.get(about) ?? []));
    session.decided.delete(about);
  }
  const approved = interventions.some(one => one.type === 'approval' && one.initiator === 'human');
  const context: AssessmentContext = {
    ...(approved ? { approvedByHuman: true } : {}),
    ...(step.humanInvolvement === undefined ? {} : { humanInvolvement: step.humanInvolvement }),
  };
  const assessment = assessStep(step, context);
  const clarifications = said.signals.filter(signal => signal.class === 'clarification_request').length;
  const observed = { step, assessment, context, interventions, clarifications };
  const stated: Record<string, unknown> = {
    ...place.span,
    'alignment.action.type': assessment?.actionType,
    'alignment.action.reversibility': assessment?.reversibility,
    'alignment.autonomy.level': assessment?.autonomyLevel,
    'alignment.human.involvement': step.humanInvolvement,
  };
  for (const draft of observeStep(session.state, observed))
    note(session, signalOfDraft(draft, { ...place, span: stated }, said.time), found);
}

function placeOf({ attributes, step, resource, traceId, spanId }: Said, ancestry: Identity): Place {
  const identity: Identity = {
    session: step?.session ?? sessionOf(attributes) ?? ancestry.session,
    agentId: step?.agentId ?? ancestry.agentId,
    agentName: step?.agentName ?? ancestry.agentName,
  };
  return {
    identity,
    span: attributes,
    resource,
    traceId,
    spanId,
    toolName: step?.toolName,
    toolCallId: step?.toolCallId,
    settings: SETTINGS,
  };
}

/** With a trace, be it the session's synthetic one. */
function withTrace(signal: Signal, key: string): Signal {
  if (signal.traceId !== undefined && signal.spanId !== undefined) return signal;
  return { ...signal, ...syntheticIds(key, signal.attributes['alignment.signal.id'] ?? '') };
}

function forgetOldest(held: Set<string> | Map<string, unknown>, limit: number): void {
  if (held.size <= limit) return;
  for (const oldest of held.keys()) {
    held.delete(oldest);
    return;
  }
}
