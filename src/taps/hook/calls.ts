import type { Assessment, ObservedIntervention, SessionState, SignalDraft } from '../../assess/index.ts';
import { type Assessed, contextOf, stepOf } from './assess-call.ts';
import type { HookEvent } from './event.ts';
import { approval, type Decisions, denials, refused, sessionGrant, stopDuringCall } from './facts.ts';
import type { Judge } from './judge.ts';
import { copyState, type Memory, type OpenCall, remember, short, stateOf } from './memory.ts';
import type { Finding } from './signal.ts';

/** A call is about to run, or about to be asked for. */
export function begin(
  memory: Memory,
  event: HookEvent,
  { assessment, print }: Assessed,
  judge: Judge | undefined,
): Finding[] {
  const agent = event.agentId ?? '';
  // an agent runs one effectful call after the other: what is still open was not let through
  for (const call of memory.calls) {
    if (call.agent !== agent || call.prevented) continue;
    call.prevented = true;
    remember(memory.unrun, { ...call });
  }
  const findings =
    assessment === undefined || judge === undefined ? [] : attempt(memory, event, assessment, judge);
  remember(memory.calls, newCall(event, assessment, print, findings));
  return findings;
}

/** So far the call is only attempted: it is tried on a copy of the state, of which what was signalled is kept. */
function attempt(memory: Memory, event: HookEvent, assessment: Assessment, judge: Judge): Finding[] {
  const state = currentState(memory, event, judge);
  const trial = copyState(state, judge.createSessionState);
  const drafts = observe(judge, trial, event, assessment, [{ type: 'denial', initiator: 'policy' }]);
  for (const key of trial.signalled) state.signalled.add(key);
  const autonomy = judge.sessionAutonomy(state, assessment);
  const supervised =
    autonomy === undefined
      ? assessment
      : { ...assessment, autonomyLevel: autonomy.level, autonomyScore: autonomy.score };
  return judged(drafts, supervised, { id: event.toolCallId, tool: event.toolName });
}

function newCall(
  event: HookEvent,
  assessment: Assessment | undefined,
  print: string,
  findings: readonly Finding[],
): OpenCall {
  return {
    print,
    agent: event.agentId ?? '',
    asked: false,
    prevented: false,
    rules: short(assessment?.rules ?? []),
    targets: short(assessment?.targets ?? []),
    traits: short(assessment?.traits ?? []),
    told: short(findings.map(reasonOf)),
    ...(event.toolCallId === undefined ? {} : { id: event.toolCallId }),
    ...(event.toolName === undefined ? {} : { tool: event.toolName }),
    ...(assessment?.actionType === undefined ? {} : { action: assessment.actionType }),
    ...(assessment?.riskScore === undefined ? {} : { risk: assessment.riskScore }),
    ...(assessment?.authorization === undefined ? {} : { authorization: assessment.authorization }),
  };
}

/** Somebody is asked whether the call may run. */
export function ask(memory: Memory, event: HookEvent, { print }: Assessed): void {
  const call = openCall(memory, event, print);
  if (call === undefined) return;
  call.asked = true;
  if (event.mode !== undefined) call.mode = event.mode.label;
}

/** A call ran, or was refused by the program. */
export function end(
  memory: Memory,
  event: HookEvent,
  { print }: Assessed,
  decisions: Decisions,
  judge: Judge | undefined,
): Finding[] {
  const call = openCall(memory, event, print);
  if (call === undefined) return [];
  memory.calls = memory.calls.filter(other => other !== call);
  memory.unrun = memory.unrun.filter(({ id, print }) => id !== call.id || print !== call.print);
  const refusal = refused(call, event, decisions);
  if (refusal !== undefined) {
    remember(memory.unrun, call);
    return refusal;
  }
  const facts = [
    ...approval(call, event, decisions),
    ...sessionGrant(call, event, decisions),
    ...stopDuringCall(memory, event, decisions),
  ];
  if (judge === undefined) return facts;
  const assessment = recalled(call);
  const state = currentState(memory, event, judge);
  // one that ran after all takes back what was said of it
  const allowed = call.asked || call.prevented;
  const drafts = observe(judge, state, event, assessment, allowed ? [{ type: 'approval' }] : []);
  const later = judged(drafts, assessment, { id: call.id, tool: call.tool });
  return [...facts, ...later.filter(finding => !call.told.includes(reasonOf(finding)))];
}

const reasonOf = ({ attributes }: Finding): string => String(attributes['alignment.signal.reason'] ?? '');

/** What the agent says at the end of its turn against what its calls gave. */
export function claims(memory: Memory, event: HookEvent, judge: Judge | undefined): Finding[] {
  if (judge === undefined || event.said === undefined) return [];
  const drafts = judge.observeWords(currentState(memory, event, judge), event.said);
  return drafts.map(draft => ({ ...draft, judged: true }));
}

/** The calls that are still open and will not run any more. */
export function settle(
  memory: Memory,
  event: HookEvent,
  concerns: (call: OpenCall) => boolean,
  decisions: Decisions,
): Finding[] {
  const open = memory.calls.filter(concerns);
  memory.calls = memory.calls.filter(call => !concerns(call));
  for (const call of open) if (!call.prevented) remember(memory.unrun, call);
  return denials(open, event, decisions);
}

/** The session's state, with the calls that did not run since it was last needed. */
function currentState(memory: Memory, event: HookEvent, judge: Judge): SessionState {
  const state = stateOf(memory, judge.createSessionState);
  const { last } = state;
  for (const call of memory.unrun) {
    const by: ObservedIntervention = call.asked
      ? { type: 'denial' }
      : { type: 'denial', initiator: 'policy' };
    observe(judge, state, { ...event, failed: false, result: undefined }, recalled(call), [by]);
  }
  state.last = last;
  memory.unrun = [];
  return state;
}

function openCall(memory: Memory, event: HookEvent, print: string): OpenCall | undefined {
  const { toolCallId } = event;
  const same = (call: OpenCall): boolean =>
    toolCallId !== undefined && call.id !== undefined ? call.id === toolCallId : call.print === print;
  // the end of a call may be told after the end of its turn
  return (
    memory.calls.findLast(same) ?? (event.kind === 'tool_after' ? memory.unrun.findLast(same) : undefined)
  );
}

/** What is left of a call's assessment when it ends. Its indicators were reported when it began. */
function recalled(call: OpenCall): Assessment {
  return {
    rules: call.rules,
    targets: call.targets,
    traits: call.traits,
    ...(call.action === undefined ? {} : { actionType: call.action }),
    ...(call.risk === undefined ? {} : { riskScore: call.risk }),
    ...(call.authorization === undefined ? {} : { authorization: call.authorization }),
  } as Assessment;
}

function observe(
  judge: Judge,
  state: SessionState,
  event: HookEvent,
  assessment: Assessment,
  interventions: readonly ObservedIntervention[],
): SignalDraft[] {
  return judge.observeStep(state, {
    step: {
      ...stepOf(event),
      ...(event.failed === true ? { errorType: 'tool_error' } : {}),
      ...(event.result === undefined ? {} : { result: event.result }),
    },
    assessment,
    context: contextOf(event),
    interventions,
    clarifications: 0,
  });
}

/** What the rules say, without what they say of the mode: that is reported where nobody else does. */
function judged(
  drafts: readonly SignalDraft[],
  assessment: Assessment,
  call: NonNullable<Finding['call']>,
): Finding[] {
  return drafts
    .filter(
      ({ class: kind, attributes }) =>
        kind !== 'autonomy_boundary' || attributes['alignment.boundary.type'] === 'unattended',
    )
    .map(draft => ({ ...draft, assessment, judged: true, call }));
}
