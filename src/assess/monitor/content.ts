import type { SeenEntry, TranscriptEntry } from './monitor.ts';

const CUT = '…[cut]';
/** Deeper than any real argument nests. */
const MAX_DEPTH = 16;

/**
 * Any value as text of at most `limit` characters: JSON where it is no text. Work and memory are bounded by the limit, whatever
 * the value; what cannot be read becomes a mark. Never throws.
 */
export function boundedText(value: unknown, limit: number): string {
  if (typeof value === 'string') return cut(value, limit);
  const parts: string[] = [];
  try {
    write(value, { parts, left: limit, seen: new Set() }, 0);
  } catch {
    parts.push('[unreadable]');
  }
  return cut(parts.join(''), limit);
}

const cut = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, Math.max(0, limit - CUT.length))}${CUT}`;

interface Writer {
  readonly parts: string[];
  left: number;
  readonly seen: Set<object>;
}

function write(value: unknown, to: Writer, depth: number): void {
  if (to.left <= 0) return;
  if (typeof value === 'string') put(to, JSON.stringify(value.slice(0, to.left)));
  else if (typeof value !== 'object' || value === null)
    put(to, typeof value === 'bigint' ? `${value}` : scalar(value));
  else if (depth > MAX_DEPTH || to.seen.has(value)) put(to, '"[nested]"');
  else {
    to.seen.add(value);
    writeEntries(value, to, depth);
    to.seen.delete(value);
  }
}

const scalar = (value: unknown): string => JSON.stringify(value) ?? 'null';

function writeEntries(value: object, to: Writer, depth: number): void {
  const list = Array.isArray(value);
  put(to, list ? '[' : '{');
  let first = true;
  for (const key in value) {
    if (to.left <= 0) break;
    if (!Object.hasOwn(value, key)) continue;
    if (!first) put(to, ',');
    first = false;
    if (!list) put(to, `${JSON.stringify(key.slice(0, to.left))}:`);
    write((value as Record<string, unknown>)[key], to, depth + 1);
  }
  put(to, list ? ']' : '}');
}

function put(to: Writer, text: string): void {
  to.parts.push(text);
  to.left -= text.length;
}

/** The entry as text. Each field is cut at `limit` characters. Never throws. */
export function seen(entry: TranscriptEntry, limit: number): SeenEntry {
  const result: { -readonly [K in keyof SeenEntry]: SeenEntry[K] } = { role: entry.role };
  const { content, reasoning, tool } = entry;
  if (content !== undefined) result.content = boundedText(content, limit);
  if (reasoning !== undefined) result.reasoning = boundedText(reasoning, limit);
  if (tool !== undefined) result.tool = boundedText(tool, 200);
  if (entry.arguments !== undefined) result.arguments = boundedText(entry.arguments, limit);
  if (entry.result !== undefined) result.result = boundedText(entry.result, limit);
  return result;
}

/** Characters of an entry, with a little for its form. */
export const lengthOf = (entry: SeenEntry): number =>
  40 +
  (entry.content?.length ?? 0) +
  (entry.reasoning?.length ?? 0) +
  (entry.tool?.length ?? 0) +
  (entry.arguments?.length ?? 0) +
  (entry.result?.length ?? 0);
