import { context, createContextKey } from '@opentelemetry/api';
import { boundedAdd } from '../assess/session-bounds.ts';
import { recordAutonomyBoundary, recordIntervention } from '../signals/index.ts';
import { Claims, sessionNow } from './claims.ts';
import type { Decider } from './decision.ts';
import { fingerprint } from './fingerprint.ts';
import { objectOf, TAP } from './langgraph.ts';
import { quietly } from './quietly.ts';
import { recordStop, runContext } from './stop.ts';

export interface LangGraphRunOptions {
  /** Who aborts a run through its `signal`. Default `human`. A signal whose time ran out is a rule of the application's. */
  readonly aborter?: Decider;
  /** The agent that the graph is: where it is handed work, or hands it on, the boundary says so. */
  readonly agent?: string;
}

/**
 * Wraps `invoke` of a compiled graph (bound). A run whose `signal` is aborted is a stop, told once for runs within
 * each other; a `Command` that resumes a run and
 * adds a person's message is steering; a run within another wrapped one, as where a tool calls a subagent, is a delegation. Where the
 * state holds `messages`, the agent's last words are held against its last tool message. What comes back is the same function, with
 * its results and errors.
 */
// biome-ignore lint/suspicious/noExplicitAny: the library's overloads must fit
export function tapInvoke<F extends (...args: any[]) => Promise<unknown>>(
  invoke: F,
  { aborter = 'human', agent = '' }: LangGraphRunOptions = {},
): F {
  return (async (...args: Parameters<F>) => {
    const [input, config] = args as readonly unknown[] as [unknown, { signal?: AbortSignal }?];
    const key = quietly(TAP, () => begin(input, agent));
    const inside = runContext().setValue(WITHIN, agent);
    try {
      const state = await context.with(inside, () => invoke(...args));
      quietly(TAP, () => end(state, key));
      return state;
    } catch (error) {
      quietly(TAP, () => {
        if (config?.signal?.aborted === true) recordStop(config.signal, aborter, inside);
      });
      throw error;
    }
  }) as F;
}

const WITHIN = createContextKey('otel-alignment.langgraph.run');
const MAX_HANDED = 1_000;

/** Work that was handed over and is not done: a node that waits within it runs from its start again. Hashes, never content. */
const handed = new Set<string>();

/** @returns the key of the work, where it was handed over */
function begin(input: unknown, agent: string): string | undefined {
  const { resume, update } = objectOf(input);
  if (resume !== undefined && messagesOf(update).some(isPersons))
    recordIntervention({ type: 'steering', initiator: 'human' });
  const outer = context.active().getValue(WITHIN) as string | undefined;
  if (outer === undefined) return undefined;
  const key = fingerprint([sessionNow(), agent, input]);
  if (boundedAdd(handed, key, MAX_HANDED))
    recordAutonomyBoundary({
      type: 'delegation',
      ...(outer && { from: outer }),
      ...(agent && { to: agent }),
    });
  return key;
}

function end(state: unknown, key: string | undefined): void {
  if ('__interrupt__' in objectOf(state)) return;
  if (key !== undefined) handed.delete(key);
  const messages = messagesOf(state).map(objectOf);
  const last = messages.at(-1);
  const result = messages.findLast(message => typeOf(message) === 'tool');
  if (last === undefined || result === undefined || typeOf(last) !== 'ai') return;
  if (Array.isArray(last['tool_calls']) && last['tool_calls'].length > 0) return;
  // an earlier turn's result is nothing to hold these words against
  const said = messages.findLastIndex(isPersons);
  if (messages.indexOf(result) < said) return;
  const claims = new Claims();
  claims.result(TAP, textOf(result), result['status'] === 'error');
  claims.said(TAP, textOf(last));
}

/** Of a state, or of an update; a single message is a list of one. */
const messagesOf = (state: unknown): unknown[] =>
  [objectOf(state)['messages'] ?? []].flat().filter(message => message !== null);

const typeOf = (message: Record<string, unknown>): unknown => message['type'] ?? message['role'];

const isPersons = (message: unknown): boolean =>
  ['human', 'user'].includes(String(typeOf(objectOf(message))));

/** A message's content: text, or a list of parts. */
const textOf = ({ content }: Record<string, unknown>): string =>
  typeof content === 'string'
    ? content
    : [content]
        .flat()
        .map(part => String(objectOf(part)['text'] ?? ''))
        .join('\n');
