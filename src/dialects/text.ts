/** Longest text that is taken for an id or a name, in UTF-16 units. What is longer is absent: a cut id is another id. */
export const TEXT_LIMIT = 512;

/** The value, if it can be an id or a name. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value.length > 0 && value.length <= TEXT_LIMIT ? value : undefined;
}
