import type { SignalAttributes } from '../../signals/signal.ts';
import type { Finding } from '../hook/signal.ts';
import type { RpcMessage } from './rpc.ts';

/** A fact that a protocol shows, which may also be in the agent's telemetry. */
export type WireFact =
  | 'approval'
  | 'denial'
  | 'cancelled_call'
  /** While the model had not answered yet; `stop_later`: after its first words, or while a tool ran. */
  | 'stop'
  | 'stop_later'
  /** Of a run without a protocol. */
  | 'stop_of_run'
  | 'steering'
  | 'mode_change'
  | 'native_risk';

/** What one message shows, and the session that it is about. */
export interface Sighting {
  readonly fact: WireFact;
  readonly session: string;
  /** The method that shows it. */
  readonly method: string;
  readonly finding: Finding;
}

/** Reads what goes by between a client and an agent. Never changes it. */
export interface Watcher {
  fromClient(message: RpcMessage): Sighting[];
  fromAgent(message: RpcMessage): Sighting[];
  /** Ctrl-C, on its way to the agent. */
  interrupted?(): Sighting[];
}

/** Facts that the agent's own telemetry does not show and no hook sees: what is reported unless all is asked for. */
export const OWN_FACTS: Readonly<Record<string, readonly WireFact[]>> = {
  'gemini-cli': ['approval', 'stop_later'],
  codex: ['cancelled_call', 'mode_change', 'native_risk', 'stop_of_run'],
};

export const intervention = (
  type: string,
  attributes: SignalAttributes,
  call?: Finding['call'],
): Finding => ({
  class: 'intervention',
  attributes: { 'alignment.intervention.type': type, ...attributes } as SignalAttributes,
  judged: false,
  ...(call === undefined ? {} : { call }),
});

/** The client's answer to a question. In an editor a person gave it; in a program it may have been code. */
export const answered = (yes: boolean, call: Finding['call']): Finding =>
  intervention(
    yes ? 'approval' : 'denial',
    {
      'alignment.intervention.initiator': 'human',
      'alignment.intervention.outcome': yes ? 'approved' : 'denied',
      'alignment.intervention.decision.source': 'human',
      'alignment.human.involvement': 'approval_required',
    },
    call,
  );

export const stopped = (): Finding =>
  intervention('stop', {
    'alignment.intervention.initiator': 'human',
    'alignment.intervention.outcome': 'stopped',
  });

export const moved = (bypass: boolean, from: string | undefined, to: string): Finding => ({
  class: 'autonomy_boundary',
  attributes: {
    'alignment.boundary.type': bypass ? 'bypass' : 'mode_change',
    ...(from === undefined ? {} : { 'alignment.boundary.from': from }),
    'alignment.boundary.to': to,
  },
  judged: false,
});
