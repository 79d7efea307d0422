import { JOIN_TYPE_IDS, JOIN_TYPES, SPAN_LINK } from '../fragment/join-keys.ts';

/** From this confidence on equal tags merge; below they are linked. */
export const MERGE_FROM = 0.9;

const CONFIDENCE: ReadonlyMap<string, number> = new Map(
  JOIN_TYPES.map(({ type, confidence }) => [type, confidence]),
);
/** A tag of a type of its own kind (`payload.digest`) suggests, no more. */
const confidenceOf = (type: string): number => CONFIDENCE.get(type) ?? 0.5;

/** The surest first; each has a letter, by its place. */
const ORDER: readonly string[] = [...JOIN_TYPE_IDS].sort(
  (a, b) => confidenceOf(b) - confidenceOf(a) || (a < b ? -1 : 1),
);
const FIRST_LETTER = 'a'.charCodeAt(0);
const letterOf = (place: number): string => String.fromCharCode(FIRST_LETTER + place);
const LETTERS: ReadonlyMap<string, string> = new Map(ORDER.map((type, i) => [type, letterOf(i)]));

/**
 * A tag with its type, as one text: sorted, labels are in the order in which traces are joined over them.
 *
 * @param type one of the join types
 */
export const labelOf = (type: string, tag: string): string => `${LETTERS.get(type)!}${tag}`;

/** How sure the tag of a label, or of its first letter, means the same session. */
export const confidenceOfLabel = (label: string): number =>
  confidenceOf(ORDER[label.charCodeAt(0) - FIRST_LETTER]!);

/** What labels of session tags begin with. */
export const SESSION_LETTER: string = LETTERS.get('alignment.session')!;
/** What labels of traces begin with, and those of links to traces, whose tags are the same. */
export const TRACE_LETTER: string = LETTERS.get('w3c.trace_id')!;
export const SPAN_LINK_LETTER: string = LETTERS.get(SPAN_LINK)!;
/** The first letter whose tags link and do not merge. */
export const FIRST_WEAK_LETTER: string = letterOf(ORDER.findIndex(type => confidenceOf(type) < MERGE_FROM));
