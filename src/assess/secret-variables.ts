import { SECRET_VARIABLE_PAIRS, SECRET_VARIABLE_WORDS } from './rules/general-words.ts';

const MAX_NAME = 64;

/** True for the name of a variable that holds a secret, such as `AWS_SECRET_ACCESS_KEY`. */
export function isSecretName(name: string): boolean {
  const parts = name.slice(0, MAX_NAME).toUpperCase().split('_');
  return parts.some(
    (part, i) =>
      SECRET_VARIABLE_WORDS.has(part) || SECRET_VARIABLE_PAIRS.has(`${part} ${parts[i + 1] ?? ''}`),
  );
}

/** The first secret variable that a word expands. A default, a length or a test for being set (`${A:+x}`, `${#A}`) prints no secret. */
export function namesSecret(word: string): string | undefined {
  let at = word.indexOf('$');
  while (at >= 0 && at < word.length - 1) {
    let start = at + 1;
    const braced = word[start] === '{';
    if (braced) start += 1;
    let end = start;
    while (end < word.length && end - start < MAX_NAME && isNamePart(word.charCodeAt(end))) end += 1;
    const tested = braced && (word[end] === '+' || word.startsWith(':+', end));
    if (!tested && end > start && isSecretName(word.slice(start, end))) return word.slice(start, end);
    at = word.indexOf('$', Math.max(end, at + 1));
  }
  return undefined;
}

function isNamePart(code: number): boolean {
  const lower = code | 32;
  return code === 95 || (code >= 48 && code <= 57) || (lower >= 97 && lower <= 122);
}
