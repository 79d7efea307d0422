import { type Context, context } from '@opentelemetry/api';
import { getAlignmentContext, recordIntervention, setAlignmentContext } from '../../signals/index.ts';
import { Claims } from '../claims.ts';
import type { Decider } from '../decision.ts';
import { quietly } from '../quietly.ts';
import { hear } from './messages.ts';
import { BYPASS, bypass, type Controls, modeOf, watchModes } from './modes.ts';
import { tapped, tappedHooks } from './permissions.ts';
import { type Message, type Session, TAP, textOf, where } from './session.ts';
import { AgentSteps } from './steps.ts';

export interface ClaudeAgentTapOptions {
  /** Who answers in `canUseTool`. Default `human`. */
  readonly approver?: Decider;
  /** Who interrupts a run. Default `human`. */
  readonly aborter?: Decider;
  /**
   * Report `setPermissionMode`. Default true. Set it to false where the agent's own telemetry goes to a Collector with
   * `collector-config/`: that reports the same change, and a change has no call id by which duplicates are known.
   */
  readonly modeChanges?: boolean;
  /**
   * Make a span of each call, so that it is assessed and decisions stand on it. Default true. Set it to false where the agent's own
   * spans are assessed, for example by `otel-alignment assess --otlp`.
   */
  readonly steps?: boolean;
}

/** A function such as `query` of the Claude Agent SDK. */
// biome-ignore lint/suspicious/noExplicitAny: the SDK's own types must fit
type Query = (params: any) => AsyncGenerator<any, void> & Controls;

/**
 * Wraps `query` of the Claude Agent SDK: answers of `canUseTool` and of hooks in the program, interruptions, changes of the permission
 * mode, subagents, and the calls themselves, which become spans and are assessed. The agent runs in a process of its own and sends its
 * own telemetry; these signals carry the agent's session and call ids, so that both sides' reports of one decision have one id.
 */
export function tapClaudeAgent<Q extends Query>(
  query: Q,
  { approver = 'human', aborter = 'human', modeChanges = true, steps = true }: ClaudeAgentTapOptions = {},
): Q {
  const claims = new Claims();
  return ((params: Parameters<Query>[0]) => {
    const start = modeOf(params?.options?.permissionMode);
    const session: Session = {
      id: undefined,
      mode: start,
      steps: steps ? new AgentSteps(homeOf(params?.options?.cwd)) : undefined,
    };
    const options = { ...params?.options };
    if (typeof options.canUseTool === 'function')
      options.canUseTool = tapped(options.canUseTool, session, approver);
    options.hooks = quietly(TAP, () => tappedHooks(options.hooks, session)) ?? options.hooks;
    const messages = query({ ...params, options });
    quietly(TAP, () => watchModes(messages, session, modeChanges));
    return observed(messages, session, message => {
      const first = session.id === undefined;
      session.id ??= textOf(message.session_id);
      // the session is known only now, and the agent's own telemetry never says this
      if (first && session.id !== undefined && start === BYPASS) bypass(session, undefined);
      hear(claims, session, message);
      if (message.type === 'result' && STOPPED.has(textOf(message.terminal_reason) ?? ''))
        recordIntervention({ type: 'stop', initiator: aborter, outcome: 'stopped', ...where(session) });
    });
  }) as Q;
}

const STOPPED: ReadonlySet<string> = new Set(['aborted_streaming', 'aborted_tools']);

/**
 * Hands on a generator as it is, methods and all, and shows each message to `look` as it passes. The SDK's generator
 * iterates over an inner one, through which its own `next` goes too.
 */
function observed<G extends AsyncGenerator<Message, void>>(
  messages: G,
  { steps }: Session,
  look: (message: Message) => void,
): G {
  const over = (): void => void quietly(TAP, () => steps?.close());
  quietly(TAP, () => {
    const inner = messages[Symbol.asyncIterator]();
    const next = inner.next.bind(inner);
    const leave = inner.return?.bind(inner);
    inner.next = async (...args) => {
      try {
        const step = await next(...args);
        if (step.done === true) over();
        else quietly(TAP, () => look(step.value));
        return step;
      } catch (error) {
        over();
        throw error;
      }
    };
    if (leave !== undefined)
      inner.return = value => {
        over();
        return leave(value);
      };
  });
  return messages;
}

/** Where the run began, and where the agent works. */
function homeOf(cwd: unknown): Context {
  const home = context.active();
  const known = getAlignmentContext(home)?.workspace !== undefined;
  return known || typeof cwd !== 'string' ? home : setAlignmentContext(home, { workspace: cwd });
}
