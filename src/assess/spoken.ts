import { ARGUMENT_ROLES, RECIPIENT_KEYS } from './rules/arguments.ts';
import { EVERYBODY, MEANINGS_BY_NAME, STOP_WORDS } from './rules/request.ts';
import { eachWord, hasDigit, isEnd, stem } from './words.ts';

const MAX_TEXT = 4096;
const MAX_NODES = 256;
const MAX_BRIEF = 32;
/** From so many letters on a word with a digit is no number of an order. */
const KEY_LENGTH = 16;
const MAX_JSON = 65_536;

/** What a call says in words: stems of its tool's name and arguments, its numbers, and whom it goes to. At most 4 KiB of it. */
export interface Spoken {
  readonly stems: Set<string>;
  /** Numbers and names with a digit, from brief texts: what a letter counts or quotes is no number of what it is about. */
  readonly ids: Set<string>;
  /** Long words with a digit, as keys are. */
  readonly keys: Set<string>;
  readonly recipients: Set<string>;
  /** The texts as they stand, and the names that they have among the arguments. */
  readonly parts: (readonly [key: string, text: string])[];
  /** Whether names of the person's were found in the texts. */
  readonly held: Map<string, boolean>;
  /** What the names of the texts stand for. */
  roles: Set<string | undefined> | undefined;
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
    keys: new Set(),
    recipients: new Set(),
    parts: [],
    held: new Map(),
    roles: undefined,
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
  const meanings = MEANINGS_BY_NAME.get(word);
  if (meanings !== undefined) for (const meaning of meanings) said.stems.add(stem(meaning));
}

function collect(value: unknown, key: string, depth: number, said: Spoken): void {
  if (said.nodes++ > MAX_NODES || depth > 4) return;
  if (typeof value === 'number') {
    said.ids.add(String(value));
    said.stems.add(String(value));
  } else if (typeof value === 'string') {
    const raw = value.slice(0, Math.max(0, said.left));
    said.left -= raw.length;
    // a blank, as it stands in addresses
    const text = raw.includes('%20') ? raw.replaceAll('%20', ' ') : raw;
    said.text += `${text.toLowerCase()}\n`;
    const recipient = RECIPIENT_KEYS.has(key);
    said.parts.push([key, text]);
    const brief = text.length <= MAX_BRIEF;
    eachWord(text, word => {
      if (isEnd(word) || STOP_WORDS.has(word)) return;
      say(word, said);
      if (hasDigit(word)) {
        if (brief) said.ids.add(word);
        if (word.length >= KEY_LENGTH) said.keys.add(word);
      }
      if (recipient) said.recipients.add(stem(word));
    });
  } else if (Array.isArray(value)) for (const item of value) collect(item, key, depth + 1, said);
  else if (typeof value === 'object' && value !== null)
    for (const name in value)
      collect((value as Record<string, unknown>)[name], name.toLowerCase(), depth + 1, said);
}

/** The name that a message greets: `Hello David, …`, in lower case. */
export function greetedBy({ parts }: Spoken): string | undefined {
  for (const [, text] of parts) {
    const name = GREETING.exec(text.slice(0, 64))?.[1]?.toLowerCase();
    if (name !== undefined) return EVERYBODY.has(name) ? undefined : name;
  }
  return undefined;
}

const GREETING = /^(?:Hi|Hello|Hey|Dear|hi|hello|hey) ([A-Z][a-z]+)/;

/** True for a message that tells what its writer has done, and asks nothing. */
export function tellsDeed({ parts }: Spoken): boolean {
  return parts.some(([, text]) => DEED.test(text.slice(0, 128)) && !text.includes('?'));
}

const DEED =
  /^(?:(?:hi|hello|hey|dear) [^\s,.!]{1,32}[\s,.!]{1,4})?i(?:['\u2019]ve| have) (?:[a-z]{2,16}ed|made|sent|put|written|built|found|done|set|run|taken|begun|chosen) /i;

/** True for a call that runs code which it holds. */
export const holdsCode = (said: Spoken): boolean => hasRole(said, 'code');

/** True for a call that replaces what stands in a file. */
export const replaces = (said: Spoken): boolean => hasRole(said, 'before');

/** Read once a call, and only where it matters. */
function hasRole(said: Spoken, role: string): boolean {
  said.roles ??= new Set(said.parts.map(([key]) => ARGUMENT_ROLES.get(key.replaceAll('_', ''))));
  return said.roles.has(role);
}
