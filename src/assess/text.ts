const MAX_TEXT = 16_384;

/** A value as text, at most 16 KiB of it. Empty where it cannot be written as JSON. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value.length > MAX_TEXT ? value.slice(0, MAX_TEXT) : value;
  if (value === undefined || value === null) return '';
  try {
    return (JSON.stringify(value) ?? '').slice(0, MAX_TEXT);
  } catch {
    return '';
  }
}

/** Finds whether any of some literal texts stands in another, in one pass: alternatives of literals cannot backtrack. */
export function anyOf(texts: readonly string[]): RegExp {
  return texts.length === 0 ? /(?!)/ : new RegExp(texts.map(escaped).join('|'));
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
