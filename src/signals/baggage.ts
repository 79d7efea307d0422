import { type Context, propagation } from '@opentelemetry/api';
import type { AlignmentContext } from './context.ts';

/** The only entries taken from baggage, each an opaque id. What supervises or authorises never travels there. */
const ENTRIES = [
  ['gen_ai.conversation.id', 'conversationId'],
  ['session.id', 'sessionId'],
  ['gen_ai.agent.id', 'agentId'],
  ['gen_ai.agent.name', 'agentName'],
] as const;

/** Anyone upstream writes baggage: only short words without spaces pass. */
const OPAQUE = /^[\w.:/-]{1,128}$/;

/** Ids from inbound baggage, under what the application itself handed over. */
export function withBaggage(
  handed: AlignmentContext | undefined,
  from: Context,
): AlignmentContext | undefined {
  const baggage = propagation.getBaggage(from);
  if (baggage === undefined) return handed;
  const found: Record<string, string> = {};
  for (const [entry, field] of ENTRIES) {
    const value = baggage.getEntry(entry)?.value;
    if (typeof value === 'string' && OPAQUE.test(value)) found[field] = value;
  }
  return { ...found, ...handed };
}

/**
 * A context whose baggage carries the given ids to the services called from it. They travel in plain text in outgoing
 * headers, to whoever is called.
 */
export function withAlignmentBaggage(from: Context, values: AlignmentContext): Context {
  let baggage = propagation.getBaggage(from) ?? propagation.createBaggage();
  for (const [entry, field] of ENTRIES) {
    const value = values[field];
    if (value !== undefined && OPAQUE.test(value)) baggage = baggage.setEntry(entry, { value });
  }
  return propagation.setBaggage(from, baggage);
}
