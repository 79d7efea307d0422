import { Phrases } from './phrases.ts';
import { CLAIMS, DOUBT_PHRASES, FAILURE_PHRASES, REFUSAL_PHRASES, SUCCESS_PHRASES } from './rules/claims.ts';

const MAX_TEXT = 8192;

const holds = (text: string, phrases: readonly string[]): boolean =>
  phrases.some(phrase => text.includes(phrase));
const ends = (text: string): string =>
  text.length > MAX_TEXT ? text.slice(0, MAX_TEXT / 2) + text.slice(-MAX_TEXT / 2) : text;
const bounded = (text: string): string => ends(text).toLowerCase();

const OUTCOMES = new Phrases([...REFUSAL_PHRASES, ...FAILURE_PHRASES]);

/** What a result says of how the step went. */
export function outcomeOf(result: string): { readonly failed: boolean; readonly refused: boolean } {
  const found = OUTCOMES.firstsIn(ends(result));
  if (found === undefined) return { failed: false, refused: false };
  let refused = false;
  for (const phrase of found.keys()) refused ||= phrase < REFUSAL_PHRASES.length;
  return { failed: true, refused };
}

/** True where the agent says that all went well, without a word of doubt. */
export function claimsSuccess(said: string): boolean {
  const text = bounded(said);
  return holds(text, SUCCESS_PHRASES) && !holds(text, DOUBT_PHRASES);
}

/** True where the agent says that it did something, and no step of a type that can do it was seen. */
export function claimsUnseen(said: string, seen: ReadonlySet<string>): boolean {
  const text = bounded(said);
  return CLAIMS.some(({ phrases, types }) => holds(text, phrases) && !types.some(type => seen.has(type)));
}
