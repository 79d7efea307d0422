import {
  ATTR_GEN_AI_AGENT_ID,
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_SESSION_ID,
} from '../semconv/index.ts';
import type { AlignmentContext } from './context.ts';
import type { SpanRecord } from './shared.ts';

/** Who acts in which session, with the key that the session stands under. */
export interface Identity {
  session: { key: typeof ATTR_SESSION_ID | typeof ATTR_GEN_AI_CONVERSATION_ID; value: string } | undefined;
  agentId: string | undefined;
  agentName: string | undefined;
}

/** Deep enough for any real trace; a bound against a chain that someone builds. */
const MAX_ANCESTORS = 64;

type Attributes = Readonly<Record<string, unknown>> | undefined;

/** The attributes that a live span shows, where it is an SDK's span. */
export const attributesOf = (span: object | undefined): Attributes => {
  const attributes = (span as { attributes?: Attributes } | undefined)?.attributes;
  return typeof attributes === 'object' && attributes !== null ? attributes : undefined;
};

/** The nearest of: the span, what the application handed over, the ancestors and what was handed to them. */
export function identify(
  span: Attributes,
  handed: AlignmentContext | undefined,
  record: SpanRecord | undefined,
): Identity {
  const found: Identity = { session: undefined, agentId: undefined, agentName: undefined };
  fill(found, span, handed);
  let ancestor = record?.parent;
  for (let depth = 0; ancestor !== undefined && depth < MAX_ANCESTORS; depth++) {
    if (found.session !== undefined && found.agentId !== undefined && found.agentName !== undefined) break;
    const known: Identity | undefined = ancestor.identity;
    if (known !== undefined) {
      found.session ??= known.session;
      found.agentId ??= known.agentId;
      found.agentName ??= known.agentName;
      break;
    }
    fill(found, ancestor.attributes, ancestor.context);
    ancestor = ancestor.parent;
  }
  return found;
}

/**
 * Ends a record's part. A parent that is still open is kept for the spans below, a closed one is resolved and let go, so
 * that no chain grows.
 */
export function closeRecord(record: SpanRecord): void {
  record.closed = true;
  record.pending = undefined;
  if (record.parent?.closed !== true) return;
  record.identity = identify(record.attributes, record.context, record);
  record.parent = undefined;
}

function fill(found: Identity, span: Attributes, handed: AlignmentContext | undefined): void {
  if (found.session === undefined) {
    found.session =
      session(ATTR_SESSION_ID, span?.[ATTR_SESSION_ID]) ??
      session(ATTR_GEN_AI_CONVERSATION_ID, span?.[ATTR_GEN_AI_CONVERSATION_ID]) ??
      session(ATTR_SESSION_ID, handed?.sessionId) ??
      session(ATTR_GEN_AI_CONVERSATION_ID, handed?.conversationId);
  }
  found.agentId ??= text(span?.[ATTR_GEN_AI_AGENT_ID]) ?? text(handed?.agentId);
  found.agentName ??= text(span?.[ATTR_GEN_AI_AGENT_NAME]) ?? text(handed?.agentName);
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function session<K extends string>(key: K, value: unknown): { key: K; value: string } | undefined {
  const id = text(value);
  return id === undefined ? undefined : { key, value: id };
}
