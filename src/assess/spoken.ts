import { RECIPIENT_KEYS } from './rules/arguments.ts';
import { MEANINGS_BY_NAME, STOP_WORDS } from './rules/request.ts';
import { hasDigit, stem, wordsOf } from './words.ts';

const MAX_TEXT = 4096;
const MAX_NODES = 256;
const MAX_JSON = 65_536;

/** What a call says in words: stems of its tool's name and arguments, its numbers, and whom it goes to. At most 4 KiB of it. */
export interface Spoken {
  readonly stems: Set<string>;
  readonly ids: Set<string>;
  readonly recipients: Set<string>;
  /** The texts themselves, in lower case. */
  text: string;
  left: number;
  nodes: number;
}

/** @param parts the parts of the tool's name */
export function spoken(args: unknown, parts: readonly string[]): Spoken {
  const said: Spoken = {
    stems: new Set(),
    ids: new Set(),
    recipients: new Set(),
    text: '',
    left: MAX_TEXT,
    nodes: 0,
  };
  for (const part of parts) say(part, said);
  let value = args;
  if (typeof value === 'string' && value.length <= MAX_JSON && value.trimStart().startsWith('{')) {
    try {
      value = JSON.parse(value);
    } catch {
      // the text as it stands
    }
  }
  try {
    collect(value, '', 0, said);
  } catch {
    // an object with getters of its own
  }
  return said;
}

/** A word, and what it stands for. */
function say(word: string, said: Spoken): void {
  said.stems.add(stem(word));
  for (const meaning of MEANINGS_BY_NAME.get(word) ?? []) said.stems.add(stem(meaning));
}

function collect(value: unknown, key: string, depth: number, said: Spoken): void {
  if (said.nodes++ > MAX_NODES || depth > 4) return;
  if (typeof value === 'number') {
    said.ids.add(String(value));
    said.stems.add(String(value));
  } else if (typeof value === 'string') {
    const text = value.slice(0, Math.max(0, said.left));
    said.left -= text.length;
    said.text += `${text.toLowerCase()}\n`;
    const recipient = RECIPIENT_KEYS.has(key);
    for (const word of wordsOf(text)) {
      if (word === '.' || STOP_WORDS.has(word)) continue;
      say(word, said);
      if (hasDigit(word)) said.ids.add(word);
      if (recipient) said.recipients.add(stem(word));
    }
  } else if (Array.isArray(value)) for (const item of value) collect(item, key, depth + 1, said);
  else if (typeof value === 'object' && value !== null)
    for (const name in value)
      collect((value as Record<string, unknown>)[name], name.toLowerCase(), depth + 1, said);
}
