import type { SignalAttributes, UnixTime } from '../../signals/signal.ts';
import { HOOK_AGENTS, type HookFact, type Refusal, WATCHED } from './agents.ts';
import type { HookEvent } from './event.ts';
import { isOpen, type Memory, type OpenCall } from './memory.ts';
import { asWord, type Finding } from './signal.ts';
import { startedInBypass } from './start.ts';
import { deniedInTranscript, stopInTranscript } from './transcript.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Which facts are reported: those that nobody else sees, or all that the hook can see. */
export type Decisions = 'own' | 'all';

export const reports = (event: HookEvent, fact: HookFact, decisions: Decisions): boolean =>
  HOOK_AGENTS[event.agent].reports.includes(fact) ||
  (decisions === 'all' && (fact === 'approval' || fact === 'denial' || fact === 'clarification'));

const intervention = (attributes: SignalAttributes, more: Partial<Finding> = {}): Finding => ({
  class: 'intervention',
  attributes,
  judged: false,
  ...more,
});
const boundary = (attributes: SignalAttributes): Finding => ({
  class: 'autonomy_boundary',
  attributes,
  judged: false,
});
const aboutCall = (call: OpenCall): Partial<Finding> => ({ call: { id: call.id, tool: call.tool } });

/** Takes in the mode that an event states. The first of a session is a fact only where it asks nobody. */
export function observeMode(memory: Memory, event: HookEvent, decisions: Decisions, env: Env): Finding[] {
  const label = event.mode?.label;
  if (label === undefined) return [];
  const before = memory.mode;
  memory.mode = label;
  if (before === label) return [];
  const { bypass } = HOOK_AGENTS[event.agent];
  const type = label === bypass ? 'bypass' : 'mode_change';
  if (before === undefined) {
    if (type !== 'bypass' || !reports(event, 'bypass_at_start', decisions)) return [];
    if (!startedInBypass(event, env)) return [];
    return [asSeen({ 'alignment.boundary.type': 'bypass', 'alignment.boundary.to': asWord(label) })];
  }
  if (!reports(event, 'mode_change', decisions)) return [];
  if (HOOK_AGENTS[event.agent].watched?.[env[WATCHED] ?? '']?.includes('mode_change') === true) return [];
  return [asSeen({ 'alignment.boundary.type': type, ...fromTo(before, label) })];
}

/** A mode is news only where it is known which one was seen before. */
const asSeen = (attributes: SignalAttributes): Finding => ({ ...boundary(attributes), fromMemory: true });

const fromTo = (from: string, to: string): SignalAttributes => ({
  'alignment.boundary.from': asWord(from),
  'alignment.boundary.to': asWord(to),
});

/**
 * Permission to edit for the rest of the session, given at the prompt of one edit: the mode after the call is another one than when
 * somebody was asked. Other changes of mode in the meantime are reported by the agent.
 */
export function sessionGrant(call: OpenCall, event: HookEvent, decisions: Decisions): Finding[] {
  const to = event.mode?.label;
  if (call.mode !== 'default' || to !== 'acceptEdits' || call.action !== 'write') return [];
  if (!reports(event, 'session_grant', decisions)) return [];
  return [boundary({ 'alignment.boundary.type': 'mode_change', ...fromTo(call.mode, to) })];
}

/** The call went ahead: somebody or something said yes. */
export function approval(call: OpenCall, event: HookEvent, decisions: Decisions): Finding[] {
  if (!reports(event, 'approval', decisions)) return [];
  // an answer to the agent's question approves nothing
  if (event.agent === 'cline' && call.tool === HOOK_AGENTS.cline.question) return [];
  const mode = event.mode?.label;
  const byPerson = call.asked || (event.agent === 'cline' && mode === 'ask');
  if (byPerson) {
    // a program may have been asked in a person's place
    if (event.humanInvolvement === 'none') return [];
    return [decision('approval', 'human', 'approved', 'human', call)];
  }
  // without a word on the mode nobody knows who said yes
  if (event.agent === 'cline' && mode === undefined) return [];
  const human = mode === undefined ? undefined : HOOK_AGENTS[event.agent].human[mode];
  const byMode = human === 'none' || human === 'monitoring';
  return [decision('approval', 'policy', 'approved', byMode ? 'permission_mode' : undefined, call)];
}

/**
 * The calls of a turn that did not run: denied, as far as can be told, by whom. Where the agent says of each denial that it was one,
 * what is missing is none.
 */
export function denials(calls: readonly OpenCall[], event: HookEvent, decisions: Decisions): Finding[] {
  if (HOOK_AGENTS[event.agent].rejected !== undefined) return [];
  const byHook =
    calls.length > 0 && event.kind === 'turn_end' && reports(event, 'silent_denial', decisions)
      ? deniedInTranscript(event.transcript)
      : undefined;
  return calls.flatMap(call => {
    const by = call.id === undefined ? undefined : byHook?.get(call.id);
    return by === undefined
      ? denial(call, event, decisions)
      : [{ ...decision('denial', 'policy', 'denied', by, call), fromMemory: true }];
  });
}

/** The call was asked about and never ran, or never ran without anybody being asked. */
function denial(call: OpenCall, event: HookEvent, decisions: Decisions): Finding[] {
  if (!reports(event, 'denial', decisions)) return [];
  const byPerson = call.asked && event.humanInvolvement !== 'none';
  const found = decision(
    'denial',
    byPerson ? 'human' : 'policy',
    'denied',
    byPerson ? 'human' : undefined,
    call,
  );
  return [{ ...found, fromMemory: true }];
}

function decision(
  type: 'approval' | 'denial',
  initiator: 'human' | 'policy',
  outcome: 'approved' | 'denied',
  source: 'human' | 'hook' | 'user_rule' | 'permission_mode' | undefined,
  call: OpenCall,
): Finding {
  return intervention(
    {
      'alignment.intervention.type': type,
      'alignment.intervention.initiator': initiator,
      'alignment.intervention.outcome': outcome,
      ...(source === undefined ? {} : { 'alignment.intervention.decision.source': source }),
      ...(initiator === 'human' ? { 'alignment.human.involvement': 'approval_required' } : {}),
    },
    aboutCall(call),
  );
}

/** Longer failures are a tool's own. */
const MAX_REFUSAL = 4096;

/**
 * The call was not let through, and the agent says so in the place of its result: by a person, or by the program itself.
 *
 * @returns who said no; `undefined` where the call ran
 */
export function refusedBy(event: HookEvent): 'person' | Refusal | undefined {
  const { refusals, rejected } = HOOK_AGENTS[event.agent];
  const { failure } = event;
  if (failure === undefined || failure.length > MAX_REFUSAL) return undefined;
  const refusal = refusals?.find(({ says }) => failure.includes(says));
  return refusal ?? (rejected !== undefined && failure.trimEnd().endsWith(rejected) ? 'person' : undefined);
}

export function refused(
  by: 'person' | Refusal,
  call: OpenCall,
  event: HookEvent,
  decisions: Decisions,
): Finding[] {
  if (by === 'person') {
    return reports(event, 'denial', decisions) ? [decision('denial', 'human', 'denied', 'human', call)] : [];
  }
  if (!reports(event, 'block', decisions)) return [];
  return [
    intervention(
      {
        'alignment.intervention.type': 'block',
        'alignment.intervention.initiator': 'policy',
        'alignment.intervention.outcome': 'denied',
        'alignment.intervention.decision.source': by.source,
        ...(by.source === 'permission_mode' ? { 'alignment.human.involvement': 'none' } : {}),
      },
      aboutCall(call),
    ),
  ];
}

export function clarification(event: HookEvent, decisions: Decisions): Finding[] {
  const asks = event.toolName !== undefined && event.toolName === HOOK_AGENTS[event.agent].question;
  if (!asks || !reports(event, 'clarification', decisions)) return [];
  return [
    {
      class: 'clarification_request',
      attributes: {},
      judged: false,
      call: { id: event.toolCallId, tool: event.toolName },
    },
  ];
}

/** Another agent began, at the word of this one; or this one calls the tool that starts it. */
export function delegation(event: HookEvent, decisions: Decisions): Finding[] {
  if (!reports(event, 'delegation', decisions)) return [];
  const found = boundary({ 'alignment.boundary.type': 'delegation' });
  if (event.kind === 'agent_start') return [found];
  const delegates = event.toolName !== undefined && event.toolName === HOOK_AGENTS[event.agent].delegate;
  return delegates ? [{ ...found, call: { id: event.toolCallId, tool: event.toolName } }] : [];
}

/**
 * A turn was cut short. Claude Code says so in the conversation's file; Cline ends its session without ending its turn, which a
 * hook's answer brings about as well where a tool call is open, so that nobody is named then, nor where one may be open that was not taken in yet.
 */
export function stop(memory: Memory, event: HookEvent, decisions: Decisions): Finding[] {
  if (!memory.turnOpen || !reports(event, 'stop', decisions)) return [];
  let time: UnixTime | undefined = event.time;
  let byPerson = true;
  if (event.agent === 'claude-code') time = stopInTranscript(event.transcript, memory.turnStarted);
  else byPerson = !memory.calls.some(isOpen) && event.overtakes !== true;
  return time === undefined ? [] : [stopAt(time, byPerson)];
}

/** The same, where the result of the call that ran says so. The end of the session says it no second time. */
export function stopDuringCall(memory: Memory, event: HookEvent, decisions: Decisions): Finding[] {
  const { aborted } = HOOK_AGENTS[event.agent];
  if (aborted === undefined || !memory.turnOpen || !reports(event, 'stop', decisions)) return [];
  if (JSON.stringify(event.result)?.slice(-MAX_RESULT).includes(aborted) !== true) return [];
  memory.turnOpen = false;
  return [stopAt(event.time, true)];
}

const MAX_RESULT = 4096;

function stopAt(time: UnixTime, byPerson: boolean): Finding {
  return intervention(
    {
      'alignment.intervention.type': 'stop',
      'alignment.intervention.outcome': 'stopped',
      ...(byPerson ? { 'alignment.intervention.initiator': 'human' } : {}),
    },
    { time, fromMemory: true },
  );
}
