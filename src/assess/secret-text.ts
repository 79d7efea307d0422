import { SECRET_FORMS, type SecretForm } from './rules/secrets.ts';
import { anyOf } from './text.ts';

const MAX_TEXT = 16_384;
/** Occurrences of one beginning that are looked at. */
const MAX_TRIES = 64;
/** Characters between a name and its value, and of a user's name and password. */
const MAX_GAP = 8;
const MAX_USER = 512;

/** The form of the first key or token in a text, in the order of the table; at most the first 16 KiB are looked at. */
export function secretIn(text: string): string | undefined {
  const bounded = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
  // most texts hold no beginning at all: one look for any of them, which only literals make up, and so linear
  if (!BEGINNINGS.test(bounded)) return hasAddress(bounded) ? ADDRESS?.id : undefined;
  return SECRET_FORMS.find(form => stands(form, bounded))?.id;
}

const ADDRESS = SECRET_FORMS.find(form => form.set === 'password');
const BEGINNINGS = anyOf(SECRET_FORMS.filter(form => form.set !== 'password').map(form => form.prefix));

function hasAddress(text: string): boolean {
  return ADDRESS !== undefined && text.includes(ADDRESS.prefix) && stands(ADDRESS, text);
}

function stands(form: SecretForm, text: string): boolean {
  let at = text.indexOf(form.prefix);
  for (let tries = 0; at >= 0 && tries < MAX_TRIES; tries++) {
    const start = at + form.prefix.length;
    if (form.set === 'any') {
      if (text.slice(start, start + 40).includes('PRIVATE KEY')) return true;
    } else if (form.set === 'password') {
      if (hasPassword(text, start)) return true;
    } else if (form.named === true || at === 0 || !isWord(text.charCodeAt(at - 1))) {
      const from = form.named === true ? behindName(text, start) : start;
      let end = from;
      while (end - from < form.least && isIn(form.set, text.charCodeAt(end))) end += 1;
      if (end - from >= form.least && isVaried(text, from, end)) return true;
    }
    at = text.indexOf(form.prefix, start);
  }
  return false;
}

/** Where a value begins behind its name: `KEY = "value"`. */
function behindName(text: string, at: number): number {
  let from = at;
  while (from - at < MAX_GAP && ' ="\':>,'.includes(text[from] ?? 'x')) from += 1;
  return from;
}

/** True where `user:password@` stands before a host, and the password is no variable and no placeholder. */
function hasPassword(text: string, at: number): boolean {
  let colon = -1;
  for (let i = at; i < text.length && i - at < MAX_USER; i++) {
    const c = text[i] as string;
    if (c === '@') return colon >= 0 && i - colon > 3 && isVaried(text, colon + 1, i, 3);
    if (c === ':' && colon < 0) colon = i;
    else if (' \n\t/"\'<>{}$%*'.includes(c)) return false;
  }
  return false;
}

/** False for placeholders such as `sk-xxxxxxxx`. */
function isVaried(text: string, start: number, end: number, least = 6): boolean {
  const seen = new Set<number>();
  for (let i = start; i < end; i++) seen.add(text.charCodeAt(i));
  return seen.size >= least;
}

function isIn(set: SecretForm['set'], code: number): boolean {
  if (set === 'upper') return (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
  if (isWord(code) || code === 45) return true;
  // + / = for base64, a full stop between the parts of a token
  return set === 'base64' ? code === 43 || code === 47 || code === 61 : code === 46;
}

function isWord(code: number): boolean {
  const lower = code | 32;
  return (lower >= 97 && lower <= 122) || (code >= 48 && code <= 57) || code === 95;
}
