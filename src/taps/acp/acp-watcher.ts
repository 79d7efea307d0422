import { asWord } from '../hook/signal.ts';
import { isObject, Pending, type RpcMessage, word } from './rpc.ts';
import { answered, moved, type Sighting, stopped, type Watcher } from './watcher.ts';

/** Modes that ask nobody, in the words of the agents that were seen. */
const BYPASS: ReadonlySet<string> = new Set(['yolo', 'bypassPermissions']);

interface Asked {
  readonly session: string;
  readonly callId: string | undefined;
  readonly kinds: ReadonlyMap<string, string>;
}

/** Agent Client Protocol: permission requests and their answers, cancellations, changes of mode. */
export function watchAcp(): Watcher {
  const asked = new Pending<Asked>();
  const starting = new Pending<true>();
  const modes = new Map<string, string>();
  const busy = new Busy();

  const changeMode = (session: string | undefined, mode: string | undefined, method: string): Sighting[] => {
    if (session === undefined || mode === undefined) return [];
    const before = modes.get(session);
    if (before === mode) return [];
    modes.set(session, mode);
    const finding = moved(BYPASS.has(mode), before === undefined ? undefined : asWord(before), asWord(mode));
    return [{ fact: 'mode_change', session, method, finding }];
  };

  return {
    fromAgent({ id, method, params, result }: RpcMessage) {
      const session = word(params, 'sessionId');
      if (method === 'session/request_permission' && session !== undefined) {
        asked.add(id, { session, callId: word(params, 'toolCall', 'toolCallId'), kinds: kindsOf(params) });
      } else if (method === 'session/update') {
        const kind = word(params, 'update', 'sessionUpdate');
        if (session !== undefined) busy.update(session, kind, word(params, 'update', 'status'));
        if (kind === 'current_mode_update')
          return changeMode(session, word(params, 'update', 'currentModeId'), method);
      } else if (method === undefined && starting.take(id) !== undefined) {
        const started = word(result, 'sessionId');
        const mode = word(result, 'modes', 'currentModeId');
        if (started !== undefined && mode !== undefined) modes.set(started, mode);
      }
      return [];
    },
    fromClient({ id, method, params, result }: RpcMessage) {
      const session = word(params, 'sessionId');
      if (method === 'session/new' || method === 'session/load') starting.add(id, true);
      if (method === 'session/set_mode') return changeMode(session, word(params, 'modeId'), method);
      if (method === 'session/prompt' && session !== undefined) busy.rest(session);
      if (method === 'session/cancel' && session !== undefined) {
        const fact = busy.is(session) ? 'stop_later' : 'stop';
        return [{ fact, session, method, finding: stopped() }];
      }
      if (method !== undefined) return [];
      const question = asked.take(id);
      // a cancelled question belongs to the cancelled turn, which is a stop
      if (question === undefined || word(result, 'outcome', 'outcome') !== 'selected') return [];
      const kind = question.kinds.get(word(result, 'outcome', 'optionId') ?? '') ?? '';
      const yes = kind.startsWith('allow');
      if (!yes && !kind.startsWith('reject')) return [];
      return [
        {
          fact: yes ? 'approval' : 'denial',
          session: question.session,
          method: 'session/request_permission',
          finding: answered(yes, { id: question.callId }),
        },
      ];
    },
  };
}

const OUTPUT: ReadonlySet<string> = new Set(['agent_message_chunk', 'agent_thought_chunk', 'tool_call']);
const OVER: ReadonlySet<string> = new Set(['completed', 'failed']);

/** Sessions in which words are coming or a tool runs; in all others the agent waits for its model or for a person. At most 1000. */
class Busy {
  readonly #sessions = new Set<string>();

  update(session: string, kind: string | undefined, status: string | undefined): void {
    if (kind === 'tool_call_update' && OVER.has(status ?? '')) this.rest(session);
    else if (kind !== undefined && OUTPUT.has(kind) && this.#sessions.size < 1000)
      this.#sessions.add(session);
  }

  rest(session: string): void {
    this.#sessions.delete(session);
  }

  is(session: string): boolean {
    return this.#sessions.has(session);
  }
}

function kindsOf(params: RpcMessage['params']): Map<string, string> {
  const kinds = new Map<string, string>();
  const options = params?.['options'];
  for (const option of Array.isArray(options) ? options.slice(0, 100) : []) {
    const id = isObject(option) ? word(option, 'optionId') : undefined;
    const kind = isObject(option) ? word(option, 'kind') : undefined;
    if (id !== undefined && kind !== undefined) kinds.set(id, kind);
  }
  return kinds;
}
