// biome-ignore lint/suspicious/noExplicitAny: documents as they are
type Json = any;

/** A change of a document, as the vectors state it. */
export interface Change {
  /** RFC 6901. */
  readonly pointer: string;
  readonly value: Json;
  /** A list of so many of the value is put there. */
  readonly times?: number;
}

/** What is at a JSON pointer (RFC 6901). */
export const at = (document: Json, pointer: string): Json =>
  pointer
    .split('/')
    .slice(1)
    .reduce((value, key) => value?.[key], document);

/** A copy of a document with one change. */
export function spoilt(document: Json, { pointer, value, times }: Change): Json {
  const copy = structuredClone(document);
  const place = pointer.slice(0, pointer.lastIndexOf('/'));
  at(copy, place)[pointer.slice(place.length + 1)] =
    times === undefined ? value : Array.from({ length: times }, () => value);
  return copy;
}
