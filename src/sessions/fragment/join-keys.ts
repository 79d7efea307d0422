import type { JoinKey } from '../pseudonyms.ts';
import { usableToken, usableValue } from './join-values.ts';
import type { SourceSpan } from './source.ts';

/** A type of key that two sides of a hop can both know. `semconv/sessions/README.md` has the table with the reasons. */
export interface JoinType {
  readonly type: string;
  /** How sure equal keys mean the same session; the stitcher merges from 0.9 on. A judgement. */
  readonly confidence: number;
  readonly attributes: readonly string[];
}

/** A trace that a span links to. Its tag is that of the trace, as its own fragments have it. */
export const SPAN_LINK = 'w3c.span_link';

/** In the order in which they are taken, when there are more than eight. */
export const JOIN_TYPES: readonly JoinType[] = [
  { type: 'alignment.session', confidence: 0.999, attributes: [] },
  { type: 'w3c.trace_id', confidence: 0.99, attributes: [] },
  { type: 'w3c.traceresponse', confidence: 0.98, attributes: ['http.response.header.traceresponse'] },
  { type: 'a2a.context_id', confidence: 0.95, attributes: ['a2a.context.id', 'a2a.context_id'] },
  { type: 'vendor.session', confidence: 0.95, attributes: ['session.id', 'gen_ai.conversation.id'] },
  {
    type: 'llm.request_id',
    confidence: 0.99,
    attributes: ['gen_ai.response.id', 'http.response.header.request-id', 'request_id'],
  },
  { type: 'gen_ai.tool.call.id', confidence: 0.99, attributes: ['gen_ai.tool.call.id'] },
  { type: 'a2a.task_id', confidence: 0.95, attributes: ['a2a.task.id', 'a2a.task_id'] },
  { type: 'mcp.session', confidence: 0.6, attributes: ['mcp.session.id'] },
  { type: SPAN_LINK, confidence: 0.8, attributes: [] },
];

export const JOIN_TYPE_IDS: ReadonlySet<string> = new Set([
  ...JOIN_TYPES.map(({ type }) => type),
  'payload.digest',
]);

export const MAX_TAGS = 8;

export { usableValue };

const TRACERESPONSE = /^00-((?!0{32})[0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

const answeredTrace = (value: unknown): string | undefined =>
  typeof value === 'string' ? TRACERESPONSE.exec(value)?.[1] : undefined;

/** The first that can be used of the span's attributes, in their order, and then of its resource's. */
function firstOf(
  { attributes, resource }: Pick<SourceSpan, 'attributes' | 'resource'>,
  keys: readonly string[],
  usable: (value: unknown) => string | undefined,
): string | undefined {
  for (const from of [attributes, resource]) {
    for (const key of keys) {
      const given = from[key];
      // headers are lists
      const value = usable(Array.isArray(given) && given.length === 1 ? given[0] : given);
      if (value !== undefined) return value;
    }
  }
  return undefined;
}

const SESSION_TYPE = 'vendor.session';
const SESSION_KEYS: readonly string[] = JOIN_TYPES.find(({ type }) => type === SESSION_TYPE)!.attributes;

/** The session that a span or a record names; `undefined` where nothing names it that could not be guessed. */
export function sessionKeyOf(span: Pick<SourceSpan, 'attributes' | 'resource'>): JoinKey | undefined {
  const value = firstOf(span, SESSION_KEYS, usableValue);
  return value === undefined ? undefined : { type: SESSION_TYPE, value };
}

const MAX_SESSIONS = 3;

/** The first sessions that the spans of a trace name: seldom more than one. */
export function sessionKeysOf(spans: readonly SourceSpan[]): JoinKey[] {
  const found: JoinKey[] = [];
  let before: SourceSpan | undefined;
  for (const span of spans) {
    // most spans of a trace name the same one
    const isSame =
      before?.resource === span.resource &&
      SESSION_KEYS.every(key => before!.attributes[key] === span.attributes[key]);
    before = span;
    if (isSame) continue;
    const key = sessionKeyOf(span);
    if (key !== undefined && !found.some(one => one.value === key.value)) found.push(key);
    if (found.length === MAX_SESSIONS) break;
  }
  return found;
}

/** The keys that a span carries, each type once, without that of its own trace. */
export function joinKeysOf(span: SourceSpan): JoinKey[] {
  const found: JoinKey[] = [];
  for (const { type, attributes } of JOIN_TYPES) {
    if (type === 'alignment.session') {
      const value = usableToken(span.sessionToken);
      if (value !== undefined) found.push({ type, value });
    } else if (type === SPAN_LINK) {
      // a worker links what it was asked by many to do at once: a link alone makes one session of nothing
      const others = new Set(span.links.filter(id => id !== span.traceId));
      for (const value of [...others].slice(0, 2)) found.push({ type: 'w3c.trace_id', value, as: type });
    } else {
      const isAnswer = type === 'w3c.traceresponse';
      const value = firstOf(span, attributes, isAnswer ? answeredTrace : usableValue);
      // the trace that a server answers with is joined as what it is: a trace
      if (value !== undefined) found.push({ type: isAnswer ? 'w3c.trace_id' : type, value });
    }
  }
  return found;
}
