import type { JoinKey } from '../pseudonyms.ts';
import type { SourceSpan } from './source.ts';

/** A type of key that two sides of a hop can both know. `semconv/sessions/README.md` has the table with the reasons. */
export interface JoinType {
  readonly type: string;
  /** How sure equal keys mean the same session; the stitcher merges from 0.9 on. A judgement. */
  readonly confidence: number;
  readonly attributes: readonly string[];
}

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
];

export const JOIN_TYPE_IDS: ReadonlySet<string> = new Set([
  ...JOIN_TYPES.map(({ type }) => type),
  'payload.digest',
]);

export const MAX_TAGS = 8;

const WORD = /^[A-Za-z0-9][A-Za-z0-9._:-]{15,199}$/;
const DIGITS = /^\d+$/;

/** Whether a text has eight different characters or more; they are ASCII by then. */
function hasManyKinds(value: string): boolean {
  let low = 0;
  let high = 0;
  for (let i = 0, kinds = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    // two words of 32 bits: what the pattern lets through is above 31, and letters differ in their last five bits
    const bit = 1 << (code & 31);
    if (((code & 64 ? high : low) & bit) !== 0) continue;
    if (code & 64) high |= bit;
    else low |= bit;
    kinds += 1;
    if (kinds === 8) return true;
  }
  return false;
}

/**
 * The key in the form in which both sides write it, or nothing where it could be guessed: whoever holds the epoch's key could try all values of
 * a key that has few. 64 bits are asked for: 16 characters or more, and not of a few kinds.
 */
export function usableValue(value: unknown): string | undefined {
  if (typeof value !== 'string' || !WORD.test(value)) return undefined;
  if (DIGITS.test(value) && value.length < 20) return undefined;
  if (!hasManyKinds(value)) return undefined;
  // hex and UUIDs are written in lower case by some and in upper case by others
  return /^[0-9A-Fa-f-]+$/.test(value) ? value.toLowerCase() : value;
}

const TRACERESPONSE = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The keys that a span carries, each type once, without that of its own trace. */
export function joinKeysOf(span: SourceSpan): JoinKey[] {
  const found: JoinKey[] = [];
  for (const { type, attributes } of JOIN_TYPES) {
    if (type === 'alignment.session') {
      const value = usableValue(span.sessionToken);
      if (value !== undefined) found.push({ type, value });
    } else if (type === 'w3c.trace_id') {
      for (const value of span.links.slice(0, 2)) found.push({ type, value });
    } else {
      for (const key of attributes) {
        const raw = span.attributes[key] ?? span.resource[key];
        const value =
          type === 'w3c.traceresponse' ? TRACERESPONSE.exec(String(raw ?? ''))?.[1] : usableValue(raw);
        if (value === undefined) continue;
        // the trace that a server answers with is joined as what it is: a trace
        found.push({ type: type === 'w3c.traceresponse' ? 'w3c.trace_id' : type, value });
        break;
      }
    }
  }
  return found;
}
