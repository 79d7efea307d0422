import { MIN_MARKS, wordsOf } from './marked-words.ts';
import { Phrases } from './phrases.ts';
import { ORDER_PHRASES, ORDER_REACH, OVERRIDE_PHRASES } from './rules/claims.ts';
import { boundedAddNumber } from './session-bounds.ts';
import { textOf } from './text.ts';

const MAX_TEXT = 16_384;
const MAX_TOKENS = 512;
const MAX_ORDERS = 4;

const ORDERS = new Phrases(ORDER_PHRASES);
const OVERRIDES = new Phrases(OVERRIDE_PHRASES);

/**
 * Where the names of a session's things come from: the person's words, or tools' output. They are kept as hashes, at most 512 of
 * each, the oldest forgotten first. Each text is read once, when it comes.
 */
export interface Provenance {
  readonly trusted: Set<number>;
  readonly untrusted: Set<number>;
  /** Things and tools that orders within tools' output name. */
  readonly ordered: Set<number>;
  /** The same of orders within the person's turn that take back what was said before. */
  readonly doubted: Set<number>;
  /** The person's words that were read last. */
  message: string;
}

export const createProvenance = (): Provenance => ({
  trusted: new Set(),
  untrusted: new Set(),
  ordered: new Set(),
  doubted: new Set(),
  message: '',
});

/** Takes in what the person said. */
export function trust(state: Provenance, text: string): void {
  if (text === state.message) return;
  state.message = text;
  const bounded = text.slice(0, MAX_TEXT);
  const found = OVERRIDES.firstsIn(bounded);
  if (found !== undefined) takeOrders(bounded, found, OVERRIDE_PHRASES.length, state.doubted);
  for (const token of wordsOf(bounded))
    if (!state.doubted.has(hash(plain(token)))) boundedAddNumber(state.trusted, hash(token), MAX_TOKENS);
}

/** Takes in a tool's output, of which its first 16 KiB are read. */
export function distrust(state: Provenance, text: string): void {
  const words: string[] = [];
  const bounded = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
  distrustRead(state, bounded, ORDERS.firstsIn(bounded, bounded.length, words), words);
}

/**
 * The same of a text that was read.
 *
 * @param found where each of `ORDER_PHRASES` stands first, by its number; what stands behind them in a longer list is left aside
 * @param words the text's marked words
 */
export function distrustRead(
  state: Provenance,
  text: string,
  found: ReadonlyMap<number, number> | undefined,
  words: readonly string[],
): void {
  for (const word of words) if (isTarget(word)) boundedAddNumber(state.untrusted, hash(word), MAX_TOKENS);
  if (found !== undefined) takeOrders(text, found, ORDER_PHRASES.length, state.ordered);
}

/** Of many phrases, those count that stand first in their list. */
function takeOrders(
  text: string,
  found: ReadonlyMap<number, number>,
  count: number,
  into: Set<number>,
): void {
  const first = [...found]
    .filter(([phrase]) => phrase < count)
    .sort(([a], [b]) => a - b)
    .slice(0, MAX_ORDERS);
  for (const [, at] of first) {
    // an order ends where another part begins
    const part = text.indexOf(';', at);
    const end = part < 0 ? at + ORDER_REACH : Math.min(at + ORDER_REACH, part);
    for (const token of wordsOf(text.slice(at, end)))
      if (isTarget(token) || isIdentifier(token)) boundedAddNumber(into, hash(plain(token)), MAX_TOKENS);
  }
}

/** Where the targets of a call come from. `order`: an order within a tool's output
 * names one of them, or the tool; `doubted`: such an order stands in the person's turn. */
export function originOf(
  state: Provenance,
  toolName: string | undefined,
  args: unknown,
): 'order' | 'doubted' | 'foreign' | undefined {
  if (state.untrusted.size === 0 && state.ordered.size === 0 && state.doubted.size === 0) return undefined;
  const name = toolName !== undefined && isIdentifier(toolName) ? hash(plain(toolName)) : -1;
  if (state.ordered.has(name)) return 'order';
  if (state.doubted.has(name)) return 'doubted';
  let foreign = false;
  for (const token of wordsOf(textOf(args), true)) {
    if (!isTarget(token) || state.trusted.has(hash(token))) continue;
    if (state.ordered.has(hash(plain(token)))) return 'order';
    if (state.doubted.has(hash(plain(token)))) return 'doubted';
    if (isAddress(token) && state.untrusted.has(hash(token))) foreign = true;
  }
  return foreign ? 'foreign' : undefined;
}

/** Addresses, hosts, paths, and words with at least three digits. */
function isTarget(token: string): boolean {
  if (isAddress(token)) return true;
  if (token.length > 4 && token.includes('/')) return true;
  let digits = 0;
  for (let i = 0; i < token.length; i++) {
    const code = token.charCodeAt(i);
    if (code >= 48 && code <= 57) digits += 1;
  }
  return digits >= MIN_MARKS && token.length >= 5;
}

function isAddress(token: string): boolean {
  const at = token.indexOf('@');
  if (at > 0) return token.indexOf('.', at) > 0;
  const dot = token.lastIndexOf('.');
  return (
    dot > 2 &&
    token.length - dot > 2 &&
    token.length - dot <= 8 &&
    token.indexOf('.') < dot &&
    !token.includes('/')
  );
}

/** A name as tools have them: of several words, joined. */
function isIdentifier(token: string): boolean {
  if (token.length < 5) return false;
  for (let i = 1; i < token.length; i++) {
    const c = token[i] as string;
    if (c === '_') return true;
    if (c >= 'A' && c <= 'Z' && (token[i - 1] as string) >= 'a' && (token[i - 1] as string) <= 'z')
      return true;
  }
  return false;
}

/** 32 bits of FNV-1a: what was said is not kept, only whether it was said. */
function hash(text: string): number {
  let out = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) out = Math.imul(out ^ text.charCodeAt(i), 0x01000193);
  return out >>> 0;
}

function plain(token: string): string {
  return token.toLowerCase().replaceAll('_', '').replaceAll('-', '');
}
