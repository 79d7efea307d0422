import { Phrases } from './phrases.ts';
import { distrust, distrustRead, type Provenance } from './provenance.ts';
import {
  CLAIMS,
  DOUBT_PHRASES,
  FAILURE_PHRASES,
  ORDER_PHRASES,
  REFUSAL_PHRASES,
  SUCCESS_PHRASES,
} from './rules/claims.ts';

const MAX_TEXT = 8192;

const holds = (text: string, phrases: readonly string[]): boolean =>
  phrases.some(phrase => text.includes(phrase));
const ends = (text: string): string =>
  text.length > MAX_TEXT ? text.slice(0, MAX_TEXT / 2) + text.slice(-MAX_TEXT / 2) : text;
const bounded = (text: string): string => ends(text).toLowerCase();

const OUTCOMES = new Phrases([...REFUSAL_PHRASES, ...FAILURE_PHRASES]);

/** What a result says of how the step went. */
export interface Outcome {
  readonly failed: boolean;
  readonly refused: boolean;
}

const NEITHER: Outcome = { failed: false, refused: false };

export const outcomeOf = (result: string): Outcome => outcomeIn(OUTCOMES.firstsIn(ends(result)), 0);

/** The outcome by the phrases found, those of refusal having the numbers from `first` on, and those of failure the ones behind. */
function outcomeIn(found: ReadonlyMap<number, number> | undefined, first: number): Outcome {
  if (found === undefined) return NEITHER;
  let failed = false;
  let refused = false;
  for (const phrase of found.keys()) {
    failed ||= phrase >= first;
    refused ||= phrase >= first && phrase < first + REFUSAL_PHRASES.length;
  }
  return { failed, refused };
}

const RESULTS = new Phrases([...ORDER_PHRASES, ...REFUSAL_PHRASES, ...FAILURE_PHRASES]);

/** Takes in a tool's output, and says how the step went. Most are short: one pass finds all phrases. */
export function readResult(provenance: Provenance, result: string): Outcome {
  if (result.length > MAX_TEXT) {
    distrust(provenance, result);
    return outcomeOf(result);
  }
  const words: string[] = [];
  const found = RESULTS.firstsIn(result, result.length, words);
  distrustRead(provenance, result, found, words);
  return outcomeIn(found, ORDER_PHRASES.length);
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
