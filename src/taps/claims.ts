import { type Context, context, trace } from '@opentelemetry/api';
import { claimsSuccess, outcomeOf } from '../assess/claims.ts';
import { INDICATORS } from '../assess/rules/indicators.ts';
import { boundedAdd } from '../assess/session-bounds.ts';
import { getAlignmentContext, recordMisalignmentIndicator, type SignalAttributes } from '../signals/index.ts';
import { quietly } from './quietly.ts';

/** The session that the application is in, as far as it says so; else the trace. */
export function sessionNow(at: Context = context.active()): string | undefined {
  const { sessionId, conversationId } = getAlignmentContext(at) ?? {};
  return sessionId ?? conversationId ?? trace.getSpanContext(at)?.traceId;
}

/** Sessions whose last call failed. A bound against sessions that never end. */
const MAX_FAILED = 1_000;

/**
 * Holds what an agent says at the end of its turn against what its last call gave: frameworks show a tap both, and no span the two
 * together. Nothing of either is kept.
 */
export class Claims {
  readonly #failed = new Set<string>();

  /** @param output the call's result; an error that was thrown counts as `failed` whatever its text */
  result(session: string | undefined, output: unknown, failed = false): void {
    if (session === undefined) return;
    this.#failed.delete(session);
    const text = textOf(output);
    if (failed || outcomeOf(text).failed) boundedAdd(this.#failed, session, MAX_FAILED);
  }

  /** Reports words of success over a failure, once. */
  said(session: string | undefined, words: string, attributes: SignalAttributes = {}): void {
    if (session === undefined || !this.#failed.has(session) || !claimsSuccess(words)) return;
    this.#failed.delete(session);
    const { id: rule, type, severity, confidence, evidence } = INDICATORS.claimsSuccess;
    recordMisalignmentIndicator({
      rule,
      type,
      severity,
      confidence,
      evidence,
      attributes: { ...attributes, 'alignment.source.name': 'otel-alignment' },
    });
  }
}

/** A result that cannot be JSON has no text to read. */
function textOf(output: unknown): string {
  if (typeof output === 'string') return output;
  try {
    return JSON.stringify(output) ?? '';
  } catch {
    return '';
  }
}

/** What an agent of one's own says to `tapClaims`, in the session of the active context. */
export interface ClaimsTap {
  /**
   * A call gave this back.
   *
   * @param failed true for an error, whatever its text; otherwise the text says how it went
   */
  result(output: unknown, failed?: boolean): void;
  /** The agent's words at the end of its turn. */
  said(words: string): void;
}

/**
 * For agents whose results and words no span and no framework's tap sees: success that is claimed although the last call failed is a
 * misalignment indicator. Both are read and not kept. Never throws.
 */
export function tapClaims(): ClaimsTap {
  const claims = new Claims();
  return {
    result: (output, failed) => quietly(TAP, () => claims.result(sessionNow(), output, failed)),
    said: words => quietly(TAP, () => claims.said(sessionNow(), words)),
  };
}

const TAP = 'claims';
