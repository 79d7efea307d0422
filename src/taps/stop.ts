import { type Context, context, createContextKey } from '@opentelemetry/api';
import { recordIntervention } from '../signals/index.ts';
import type { Decider, Decision } from './decision.ts';

const TOLD = createContextKey('otel-alignment.stops');

/** The context of a run: a stop that a run inside it told of is known to it. */
export const runContext = (at: Context = context.active()): Context =>
  at.getValue(TOLD) === undefined ? at.setValue(TOLD, new WeakSet()) : at;

/**
 * What the reason of an aborted signal says. Its time may have run out, which no person did: the limit is the application's rule.
 *
 * @param aborter who aborts it otherwise; absent: nobody is named
 */
export function stopBy(reason: unknown, aborter: Decider | undefined): Decision {
  const late = (reason as { name?: unknown } | undefined)?.name === 'TimeoutError';
  const initiator = late ? 'policy' : aborter;
  return { type: 'stop', outcome: 'stopped', ...(initiator === undefined ? {} : { initiator }) };
}

/** Reports the stop of a run once, however many runs within each other end with it. */
export function recordStop(signal: AbortSignal, aborter: Decider | undefined, run: Context): void {
  const told = run.getValue(TOLD) as WeakSet<object> | undefined;
  const { reason } = signal;
  // signals that are made of one another have one reason
  const key: object = typeof reason === 'object' && reason !== null ? reason : signal;
  if (told?.has(key) === true) return;
  told?.add(key);
  recordIntervention(stopBy(reason, aborter), { context: run });
}
