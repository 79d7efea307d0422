import { asWord, type Finding } from '../hook/signal.ts';
import { Pending, type RpcMessage, word } from './rpc.ts';
import { answered, intervention, moved, type Sighting, stopped, type Watcher } from './watcher.ts';

/** Codex' reviewer states a level and no number: the middle of the level's band. Lower levels are no escalation. */
const ESCALATED: Readonly<Record<string, number>> = { high: 0.8, critical: 0.95 };

const YES: ReadonlySet<string> = new Set([
  'accept',
  'acceptForSession',
  'acceptWithExecpolicyAmendment',
  'applyNetworkPolicyAmendment',
]);

const TURN = /^turn\.(started|completed|failed)$/;

interface Thread {
  policy: string | undefined;
  sandbox: string | undefined;
}

/**
 * Codex' app-server protocol: approvals, cancellations, interrupts, steering, changes of policy, the reviewer's verdicts. Of
 * `codex exec --json`: Ctrl-C within a turn.
 */
export function watchCodex(): Watcher {
  const asked = new Pending<{ readonly session: string; readonly callId: string | undefined }>();
  const starting = new Pending<Thread>();
  const threads = new Map<string, Thread>();
  const run: { thread: string | undefined; busy: boolean } = { thread: undefined, busy: false };

  const changePolicy = (params: RpcMessage['params'], session: string, method: string): Sighting[] => {
    const known = threads.get(session);
    const policy = word(params, 'approvalPolicy') ?? known?.policy;
    const sandbox = kebab(word(params, 'sandboxPolicy', 'type')) ?? known?.sandbox;
    if (policy === undefined || (policy === known?.policy && sandbox === known?.sandbox)) return [];
    threads.set(session, { policy, sandbox });
    if (known?.policy === undefined) return [];
    const bypass = policy === 'never' && sandbox === 'danger-full-access';
    const finding = moved(bypass, label(known), label({ policy, sandbox }) ?? '_OTHER');
    return [{ fact: 'mode_change', session, method, finding }];
  };

  return {
    fromClient({ id, method, params, result }: RpcMessage) {
      const session = word(params, 'threadId');
      if (method === 'thread/start') {
        const sandbox = kebab(word(params, 'sandbox'));
        starting.add(id, { policy: word(params, 'approvalPolicy'), sandbox });
      } else if (method === 'turn/start' && session !== undefined) {
        return changePolicy(params, session, method);
      } else if (method === 'turn/interrupt' && session !== undefined) {
        return [{ fact: 'stop', session, method, finding: stopped() }];
      } else if (method === 'turn/steer' && session !== undefined) {
        const finding = intervention('steering', {
          'alignment.intervention.initiator': 'human',
          'alignment.human.involvement': 'active_steering',
        });
        return [{ fact: 'steering', session, method, finding }];
      } else if (method === undefined) return answer(asked.take(id), result);
      return [];
    },
    interrupted() {
      if (run.thread === undefined || !run.busy) return [];
      run.busy = false;
      return [{ fact: 'stop_of_run', session: run.thread, method: 'SIGINT', finding: stopped() }];
    },
    fromAgent({ id, method, params, result, type, threadId }: RpcMessage) {
      if (type === 'thread.started') run.thread = threadId;
      else if (type !== undefined && TURN.test(type)) run.busy = type === 'turn.started';
      const session = word(params, 'threadId');
      if (method?.endsWith('/requestApproval') === true && session !== undefined) {
        asked.add(id, { session, callId: word(params, 'itemId') });
      } else if (method === 'item/autoApprovalReview/completed' && session !== undefined) {
        return verdict(params, session, method);
      } else if (method === undefined) {
        const thread = starting.take(id);
        const started = word(result, 'thread', 'id');
        if (thread !== undefined && started !== undefined) threads.set(started, thread);
      }
      return [];
    },
  };
}

function answer(
  question: { readonly session: string; readonly callId: string | undefined } | undefined,
  result: RpcMessage['result'],
): Sighting[] {
  if (question === undefined) return [];
  const { session, callId } = question;
  const method = 'requestApproval';
  const decided = result?.['decision'];
  // a decision with details is an object with its name as the only key
  const name = typeof decided === 'object' && decided !== null ? Object.keys(decided)[0] : decided;
  const call = { id: callId };
  if (typeof name === 'string' && YES.has(name))
    return [{ fact: 'approval', session, method, finding: answered(true, call) }];
  if (name === 'decline') return [{ fact: 'denial', session, method, finding: answered(false, call) }];
  if (name !== 'cancel') return [];
  // no to the call, and the turn ends with it
  return [
    { fact: 'cancelled_call', session, method, finding: answered(false, call) },
    { fact: 'cancelled_call', session, method, finding: stopped() },
  ];
}

function verdict(params: RpcMessage['params'], session: string, method: string): Sighting[] {
  const level = word(params, 'review', 'riskLevel');
  const severity = level === undefined ? undefined : ESCALATED[level];
  if (level === undefined || severity === undefined) return [];
  const finding: Finding = {
    class: 'risk_escalation',
    severity,
    attributes: {
      'alignment.signal.reason': 'codex.guardian',
      'alignment.risk.native.label': asWord(level),
      'alignment.risk.native.scale': 'codex.guardian',
      'alignment.risk.calibration.status': 'none',
      'alignment.source.name': 'codex',
    },
    judged: false,
    call: { id: word(params, 'targetItemId') },
  };
  return [{ fact: 'native_risk', session, method, finding }];
}

const label = ({ policy, sandbox }: Thread): string | undefined =>
  policy === undefined ? undefined : asWord(sandbox === undefined ? policy : `${policy}+${sandbox}`);

/** `dangerFullAccess` and `danger-full-access` are one policy. */
const kebab = (text: string | undefined): string | undefined =>
  text?.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
