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

/** Who a dialect's step says it is: a native key of its own may name the session. */
export interface StepIdentity {
  readonly session?: NonNullable<Identity['session']>;
  readonly agentId?: string;
  readonly agentName?: string;
}

/** Deep enough for any real trace; a bound against a chain that someone builds. */
const MAX_ANCESTORS = 64;

type Attributes = Readonly<Record<string, unknown>> | undefined;

/** The attributes that a live span shows, where it is an SDK's span. */
export const attributesOf = (span: object | undefined): Attributes => {
  const attributes = (span as { attributes?: Attributes } | undefined)?.attributes;
  return typeof attributes === 'object' && attributes !== null ? attributes : undefined;
};

/**
 * The nearest of: the span, what the application handed over, the step that a dialect read, the ancestors and what was
 * handed to them.
 */
export function identify(
  span: Attributes,
  handed: AlignmentContext | undefined,
  record: SpanRecord | undefined,
  step?: StepIdentity,
): Identity {
  const found: Identity = { session: undefined, agentId: undefined, agentName: undefined };
  const read = step?.session;
  // mostly the dialect has read what would be found here
  if (read !== undefined && handed?.sessionId === undefined && stands(read, span)) found.session = read;
  fill(found, span, handed);
  if (step !== undefined) {
    found.session ??= step.session;
    found.agentId ??= step.agentId;
    found.agentName ??= step.agentName;
  }
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

/** The session stands on the span, and nothing that goes before it does. */
const stands = ({ key, value }: NonNullable<Identity['session']>, span: Attributes): boolean =>
  value.length <= MAX_ID &&
  span?.[key] === value &&
  (key === ATTR_SESSION_ID || idOf(span[ATTR_SESSION_ID]) === undefined);

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
    // what is handed over is written to the span, so the two are one level: `session.id` before a conversation
    found.session =
      session(ATTR_SESSION_ID, span?.[ATTR_SESSION_ID]) ??
      session(ATTR_SESSION_ID, handed?.sessionId) ??
      session(ATTR_GEN_AI_CONVERSATION_ID, span?.[ATTR_GEN_AI_CONVERSATION_ID]) ??
      session(ATTR_GEN_AI_CONVERSATION_ID, handed?.conversationId);
  }
  found.agentId ??= idOf(span?.[ATTR_GEN_AI_AGENT_ID]) ?? idOf(handed?.agentId);
  found.agentName ??= idOf(span?.[ATTR_GEN_AI_AGENT_NAME]) ?? idOf(handed?.agentName);
}

/** Longer than any id: what is longer is taken for content, and left out. */
const MAX_ID = 512;

/** An id, or `undefined` where the value cannot be one. */
export const idOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= MAX_ID ? value : undefined;

function session<K extends string>(key: K, value: unknown): { key: K; value: string } | undefined {
  const id = idOf(value);
  return id === undefined ? undefined : { key, value: id };
}
