import { randomBytes } from 'node:crypto';
import { type Context, createContextKey, propagation } from '@opentelemetry/api';
import { usableToken } from '../fragment/join-values.ts';

/** The member of the baggage, and the join type, that names a session to all on its path. */
export const SESSION_MEMBER = 'alignment.session';

const KEY = createContextKey(`otel-alignment ${SESSION_MEMBER}`);

/** Whether a text has the form of a session token: as much as can be known of one that came from outside. */
export const isSessionToken = (value: unknown): value is string => usableToken(value) !== undefined;

/** 22 characters that nobody can guess and that say nothing. */
export function newSessionToken(): string {
  for (;;) {
    const token = randomBytes(16).toString('base64url');
    // one in thirty begins with a character that a join key may not begin with
    if (isSessionToken(token)) return token;
  }
}

/**
 * The token of the session, where the context has one: handed over here, or from baggage that a propagator read.
 *
 * @returns `undefined` for anything that is no token
 */
export function sessionTokenOf(context: Context): string | undefined {
  const own = context.getValue(KEY);
  if (isSessionToken(own)) return own;
  const value = propagation.getBaggage(context)?.getEntry(SESSION_MEMBER)?.value;
  return isSessionToken(value) ? value : undefined;
}

/**
 * A context with the token. Not in its baggage, which propagators write to every host that is called: only what sends to a listed host sends it.
 * A member of that name that came with the baggage is taken out for the same reason.
 */
export function withSessionToken(context: Context, token: string): Context {
  const baggage = propagation.getBaggage(context);
  const clean =
    baggage?.getEntry(SESSION_MEMBER) === undefined
      ? context
      : propagation.setBaggage(context, baggage.removeEntry(SESSION_MEMBER));
  return clean.setValue(KEY, token);
}
