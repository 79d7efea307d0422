import { SECRET_FORMS, type SecretForm } from './rules/secrets.ts';

const MAX_TEXT = 16_384;
/** Occurrences of one beginning that are looked at. */
const MAX_TRIES = 64;

/** The form of the first key or token in a text, in the order of the table; at most the first 16 KiB are looked at. */
export function secretIn(text: string): string | undefined {
  const bounded = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
  return SECRET_FORMS.find(form => stands(form, bounded))?.id;
}

function stands(form: SecretForm, text: string): boolean {
  let at = text.indexOf(form.prefix);
  for (let tries = 0; at >= 0 && tries < MAX_TRIES; tries++) {
    const start = at + form.prefix.length;
    if (form.set === 'any') {
      if (text.slice(start, start + 40).includes('PRIVATE KEY')) return true;
    } else if (at === 0 || !isWord(text.charCodeAt(at - 1))) {
      let end = start;
      while (end - start < form.least && isIn(form.set, text.charCodeAt(end))) end += 1;
      if (end - start >= form.least && isVaried(text, start, end)) return true;
    }
    at = text.indexOf(form.prefix, start);
  }
  return false;
}

/** False for placeholders such as `sk-xxxxxxxx`. */
function isVaried(text: string, start: number, end: number): boolean {
  const seen = new Set<number>();
  for (let i = start; i < end; i++) seen.add(text.charCodeAt(i));
  return seen.size > 5;
}

function isIn(set: SecretForm['set'], code: number): boolean {
  return set === 'upper'
    ? (code >= 65 && code <= 90) || (code >= 48 && code <= 57)
    : isWord(code) || code === 45;
}

function isWord(code: number): boolean {
  const lower = code | 32;
  return (lower >= 97 && lower <= 122) || (code >= 48 && code <= 57) || code === 95;
}
