import type { Assessment, ObservedIntervention, SessionState, SignalDraft } from '../../assess/index.ts';
import { HOOK_AGENTS } from './agents.ts';
import { type Assessed, contextOf, stepOf } from './assess-call.ts';
import type { HookEvent } from './event.ts';
import {
  approval,
  type Decisions,
  denials,
  refused,
  refusedBy,
  sessionGrant,
  stopDuringCall,
} from './facts.ts';
import type { Judge } from './judge.ts';
import {
  copyState,
  type Ended,
  isOpen,
  type Memory,
  type OpenCall,
  remember,
  short,
  stateOf,
} from './memory.ts';
import type { Finding } from './signal.ts';

/** A call is about to run, or about to be asked for. */
export function begin(
  memory: Memory,
  event: HookEvent,
  { assessment, print }: Assessed,
  judge: Judge | undefined,
): Finding[] {
  const earlier = judge === undefined ? [] : weigh(memory, event, judge);
  const findings =
    assessment === undefined || judge === undefined ? [] : attempt(memory, event, assessment, judge);
  remember(memory.calls, newCall(event, assessment, print, findings));
  return [...earlier, ...findings];
}

/** So far the call is only attempted: it is tried on a copy of the state, of which what was signalled is kept. */
function attempt(memory: Memory, event: HookEvent, assessment: Assessment, judge: Judge): Finding[] {
  const state = stateOf(memory, judge.createSessionState);
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
    unrun: false,
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
  const open = memory.calls.filter(isOpen);
  // the question may name no call: of like ones each is asked about once
  const unasked = open.filter(({ asked }) => !asked);
  const call = meant(unasked, event, print) ?? meant(open, event, print);
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
  // the end of a call may be told after the end of its turn
  const call =
    meant(memory.calls.filter(isOpen), event, print) ??
    meant(
      memory.calls.filter(({ unrun }) => unrun),
      event,
      print,
    );
  if (call === undefined) return [];
  const facts: Finding[] = [];
  const by = refusedBy(event);
  if (by === undefined) {
    facts.push(
      ...approval(call, event, decisions),
      ...sessionGrant(call, event, decisions),
      ...stopDuringCall(memory, event, decisions),
    );
    call.unrun = false;
    call.ended = endOf(event, judge);
  } else {
    facts.push(...refused(by, call, event, decisions));
    call.unrun = true;
    call.asked ||= by === 'person';
  }
  if (judge !== undefined) return [...facts, ...weigh(memory, event, judge)];
  memory.calls = memory.calls.filter(other => other !== call);
  return facts;
}

/** What is kept of the end of a call until it can be weighed. Its result is read here and goes no further. */
function endOf(event: HookEvent, judge: Judge | undefined): Ended {
  let last: SessionState['last'];
  if (judge !== undefined) {
    const scratch = judge.createSessionState();
    observe(judge, scratch, event, { rules: [] }, []);
    last = scratch.last;
  }
  return {
    time: event.time,
    failed: event.failed === true,
    fell: last?.failed === true,
    refused: last?.refused === true,
    ...(event.mode === undefined ? {} : { mode: short([event.mode.label])[0] ?? '' }),
    ...(event.humanInvolvement === undefined ? {} : { involvement: event.humanInvolvement }),
  };
}

const reasonOf = ({ attributes }: Finding): string => String(attributes['alignment.signal.reason'] ?? '');

/** What the agent says at the end of its turn against what its calls gave. */
export function claims(memory: Memory, event: HookEvent, judge: Judge | undefined): Finding[] {
  if (judge === undefined || event.said === undefined) return [];
  const drafts = judge.observeWords(stateOf(memory, judge.createSessionState), event.said);
  return drafts.map(draft => ({ ...draft, judged: true }));
}

/**
 * The calls that are still open and will not run any more.
 *
 * @param decisions `undefined`: nothing is said of who prevented them
 */
export function settle(
  memory: Memory,
  event: HookEvent,
  concerns: (call: OpenCall) => boolean,
  decisions: Decisions | undefined,
  judge: Judge | undefined,
): Finding[] {
  // the end of one that was said to have not run was told by now, if ever
  if (event.kind === 'turn_end') memory.calls = memory.calls.filter(call => !call.prevented || isOpen(call));
  const open = memory.calls.filter(call => isOpen(call) && concerns(call));
  for (const call of open) call.unrun = true;
  const facts = decisions === undefined ? [] : denials(open, event, decisions);
  // without a call that waits for it, what did not run is weighed later: its end may still be told
  const waits = judge !== undefined && memory.calls.some(({ ended }) => ended !== undefined);
  return waits ? [...facts, ...weigh(memory, event, judge)] : facts;
}

/**
 * Takes the calls into the session's state in the order in which their agent began them, up to the first that is still open: of calls that
 * run side by side an earlier one may end later, and it was not denied because a later one went ahead.
 */
function weigh(memory: Memory, event: HookEvent, judge: Judge): Finding[] {
  const findings: Finding[] = [];
  const waiting = new Set<string>();
  memory.calls = memory.calls.filter(call => {
    if (waiting.has(call.agent)) return true;
    if (call.ended !== undefined) {
      findings.push(...weighEnded(memory, call, call.ended, event, judge));
      return false;
    }
    if (!call.unrun) waiting.add(call.agent);
    else if (!call.prevented) weighUnrun(memory, call, event, judge);
    return true;
  });
  return findings;
}

function weighEnded(memory: Memory, call: OpenCall, ended: Ended, event: HookEvent, judge: Judge): Finding[] {
  const state = stateOf(memory, judge.createSessionState);
  const then = eventOf(call, ended, event);
  const assessment = recalled(call);
  // one that ran after all takes back what was said of it
  const allowed = call.asked || call.prevented;
  const drafts = observe(judge, state, then, assessment, allowed ? [{ type: 'approval' }] : []);
  if (state.last !== undefined) {
    state.last.failed ||= ended.fell;
    state.last.refused ||= ended.refused;
  }
  return judged(drafts, assessment, { id: call.id, tool: call.tool })
    .filter(finding => !call.told.includes(reasonOf(finding)))
    .map(finding => ({ ...finding, time: ended.time, of: then }));
}

function weighUnrun(memory: Memory, call: OpenCall, event: HookEvent, judge: Judge): void {
  const state = stateOf(memory, judge.createSessionState);
  const { last } = state;
  const by: ObservedIntervention = call.asked ? { type: 'denial' } : { type: 'denial', initiator: 'policy' };
  observe(judge, state, eventOf(call, undefined, event), recalled(call), [by]);
  state.last = last;
  call.prevented = true;
}

/** The event that a call ended with, as far as it was kept; of one that did not run, as things are now. */
function eventOf(call: OpenCall, ended: Ended | undefined, event: HookEvent): HookEvent {
  const { agent, kind, native, session } = event;
  const mode = ended === undefined ? event.mode?.label : ended.mode;
  const involvement = ended === undefined ? event.humanInvolvement : ended.involvement;
  return {
    ...{ agent, kind, native, session, time: ended?.time ?? event.time, failed: ended?.failed === true },
    ...(event.workspace === undefined ? {} : { workspace: event.workspace }),
    ...(call.agent === '' ? {} : { agentId: call.agent }),
    ...(call.tool === undefined ? {} : { toolName: call.tool }),
    ...(call.id === undefined ? {} : { toolCallId: call.id }),
    ...(mode === undefined ? {} : { mode: { label: mode, scale: HOOK_AGENTS[agent].modeScale } }),
    ...(involvement === undefined ? {} : { humanInvolvement: involvement }),
  };
}

/** The newest of the calls that the event is about. */
function meant(calls: readonly OpenCall[], event: HookEvent, print: string): OpenCall | undefined {
  const { toolCallId } = event;
  return calls.findLast(call =>
    toolCallId !== undefined && call.id !== undefined ? call.id === toolCallId : call.print === print,
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
