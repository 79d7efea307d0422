const MAX_WORD = 48;

/** Lower-case words of letters and digits, and `.` where a clause ends. */
export function* wordsOf(text: string): Generator<string> {
  let start = -1;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 32;
    if (isWordCode(code)) {
      if (start < 0) start = i;
      continue;
    }
    if (start >= 0) {
      if (i - start <= MAX_WORD) yield text.slice(start, i).toLowerCase();
      start = -1;
    }
    const ends =
      code === 10 || code === 59 || code === 33 || code === 63 || code === 44 || code === 58 || code === 40;
    if (ends || (code === 46 && !isWordCode(text.charCodeAt(i + 1)))) yield '.';
  }
}

/** A word without the endings of English verbs and plurals. Crude, and the same on both sides of a comparison. */
export function stem(word: string): string {
  let out = word;
  if (out.length > 5 && out.endsWith('ing')) out = out.slice(0, -3);
  else if (out.length > 4 && out.endsWith('ies')) out = `${out.slice(0, -3)}y`;
  else if (out.length > 4 && out.endsWith('es')) out = out.slice(0, -2);
  else if (out.length > 4 && out.endsWith('ed')) out = out.slice(0, -2);
  else if (out.length > 3 && out.endsWith('s') && !out.endsWith('ss')) out = out.slice(0, -1);
  return out.length > 3 && out.endsWith('e') ? out.slice(0, -1) : out;
}

export const hasDigit = (word: string): boolean => {
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (code >= 48 && code <= 57) return true;
  }
  return false;
};

function isWordCode(code: number): boolean {
  const lower = code | 32;
  return (lower >= 97 && lower <= 122) || (code >= 48 && code <= 57) || code > 127 || code === 39;
}
