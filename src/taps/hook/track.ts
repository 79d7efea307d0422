import type { Assessed } from './assess-call.ts';
import { ask, begin, claims, end, settle } from './calls.ts';
import type { HookEvent } from './event.ts';
import { clarification, type Decisions, delegation, observeMode, stop } from './facts.ts';
import type { Judge } from './judge.ts';
import type { Memory, OpenCall } from './memory.ts';
import type { Finding } from './signal.ts';

const secondsOf = ([seconds, nanoseconds]: HookEvent['time']): number => seconds + nanoseconds / 1e9;

/**
 * Takes one event into the memory of its session and returns what it gives rise to.
 *
 * @param judge the rules; events around a tool call need them
 */
export function track(
  memory: Memory,
  event: HookEvent,
  assessed: Assessed,
  decisions: Decisions,
  judge: Judge | undefined,
  env: Readonly<Record<string, string | undefined>> = {},
): Finding[] {
  const findings = observeMode(memory, event, decisions, env);
  const every = (): boolean => true;
  const own = (call: OpenCall): boolean => call.agent === (event.agentId ?? '');
  switch (event.kind) {
    case 'prompt': {
      const stopped = stop(memory, event, decisions);
      findings.push(...stopped);
      if (stopped.length > 0) findings.push(...settle(memory, event, every, undefined, judge));
      memory.turnOpen = true;
      memory.turnStarted = secondsOf(event.time);
      break;
    }
    case 'agent_start':
      findings.push(...delegation(event, decisions));
      break;
    case 'tool_before':
      findings.push(
        ...clarification(event, decisions),
        ...delegation(event, decisions),
        ...begin(memory, event, assessed, judge),
      );
      break;
    case 'asked':
      ask(memory, event, assessed);
      break;
    case 'tool_after':
      findings.push(...end(memory, event, assessed, decisions, judge));
      break;
    case 'agent_end':
      findings.push(...settle(memory, event, own, decisions, judge));
      break;
    case 'turn_end':
      findings.push(...settle(memory, event, own, decisions, judge), ...claims(memory, event, judge));
      memory.turnOpen = false;
      break;
    case 'session_end': {
      const stopped = stop(memory, event, decisions);
      // what a stop left open was not denied
      const say = stopped.length > 0 ? undefined : decisions;
      findings.push(...stopped, ...settle(memory, event, every, say, judge));
      memory.turnOpen = false;
      break;
    }
    default:
  }
  return findings;
}
