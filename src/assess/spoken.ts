import { ARGUMENT_ROLES, RECIPIENT_KEYS } from './rules/arguments.ts';
import { EVERYBODY, MEANINGS_BY_NAME, STOP_WORDS } from './rules/request.ts';
import {
  actsByStem,
  DOING_WORDS,
  ID_KEYS,
  NAME_STARTS,
  PERSON_KEYS,
  phrasesByVerb,
  THINGS_BY_STEM,
  WIDE_WORDS,
} from './rules/request-acts.ts';
import { ACTING, naming } from './rules/tools.ts';
import { eachWord, hasDigit, isEnd, stem } from './words.ts';

const MAX_TEXT = 4096;
const MAX_NODES = 256;
const MAX_BRIEF = 32;
const MAX_NUMBER = 12;
const MAX_NAMED = 64;
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
  /** What the tool's name means, as `rules/request-acts.ts` names it. */
  readonly acts: ReadonlySet<string>;
  /** Numbers among the arguments, and the last word of the names that they have. */
  readonly numbers: (readonly [key: string, value: number])[];
  /** Numbers of records. */
  readonly records: Set<string>;
  /** A brief text names everybody, or the rights of an administrator. */
  wide: boolean;
  /** Words without a digit among the arguments, such as name no record. */
  plain: number;
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
    acts: actsOf(parts),
    numbers: [],
    records: new Set(),
    wide: false,
    plain: 0,
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
    const last = lastWord(key);
    if (ID_KEYS.has(last)) said.records.add(String(value));
    else said.numbers.push([last, value]);
  } else if (typeof value === 'string') {
    const raw = value.slice(0, Math.max(0, said.left));
    said.left -= raw.length;
    // a blank, as it stands in addresses
    const text = raw.includes('%20') ? raw.replaceAll('%20', ' ') : raw;
    said.text += `${text.toLowerCase()}\n`;
    const recipient = RECIPIENT_KEYS.has(key) || PERSON_KEYS.has(key);
    const last = lastWord(key);
    const record = ID_KEYS.has(last);
    if (!record && text.length <= MAX_NUMBER && hasDigit(text[0] ?? '')) {
      const number = Number(text);
      if (!Number.isNaN(number)) said.numbers.push([last, number]);
    }
    said.parts.push([key, text]);
    const brief = text.length <= MAX_BRIEF;
    eachWord(text, word => {
      if (isEnd(word) || STOP_WORDS.has(word)) return;
      say(word, said);
      if (text.length <= MAX_NAMED && WIDE_WORDS.has(word)) said.wide = true;
      if (hasDigit(word)) {
        if (brief) said.ids.add(word);
        if (brief && record) said.records.add(word);
        if (word.length >= KEY_LENGTH) said.keys.add(word);
      } else if (!record && word.length > 2) said.plain += 1;
      if (recipient) said.recipients.add(stem(word));
    });
  } else if (Array.isArray(value)) for (const item of value) collect(item, key, depth + 1, said);
  else if (typeof value === 'object' && value !== null)
    for (const name in value)
      collect((value as Record<string, unknown>)[name], name.toLowerCase(), depth + 1, said);
}

/** The last word of an argument's name in lower case: `id` of `order_id` and, as far as it is marked, of `orderId`. */
function lastWord(key: string): string {
  const last = key.slice(key.lastIndexOf('_') + 1);
  return last.length > 2 && (last.endsWith('id') || last.endsWith('ids')) && !WHOLE_WORDS.has(last)
    ? 'id'
    : last;
}

const WHOLE_WORDS: ReadonlySet<string> = new Set(['paid', 'bid', 'grid', 'valid', 'void', 'bids', 'kids']);

const acts = new WeakMap<readonly string[], ReadonlySet<string>>();

function add(found: Set<string>, more: Iterable<string> | undefined): void {
  for (const one of more ?? []) found.add(one);
}

const FAULTS = THINGS_BY_STEM.get('fault');

/** What the parts of a tool's name mean. Read once a tool. */
function actsOf(parts: readonly string[]): ReadonlySet<string> {
  const known = acts.get(parts);
  if (known !== undefined) return known;
  const found = new Set<string>();
  const acting = parts.findIndex(part => ACTING.has(part) && !naming().has(part));
  const isAct = (part: string): boolean =>
    actsByStem().has(stem(part)) && (!part.endsWith('s') || part.endsWith('ss'));
  const first = acting >= 0 ? acting : parts.findIndex(isAct);
  const later =
    acting < 0 && NAME_STARTS.has(parts[first] ?? '')
      ? parts.findIndex((part, i) => i > first && isAct(part))
      : -1;
  const at = later >= 0 ? later : first;
  const verb = parts[at] ?? '';
  add(found, actsByStem().get(stem(verb)));
  // `create_refund`, `irrigation_start`: the noun says what is done
  if (DOING_WORDS.has(verb))
    for (const part of parts) {
      add(found, actsByStem().get(stem(part)));
      if (THINGS_BY_STEM.get(stem(part)) === FAULTS) found.add('report');
    }
  for (const phrase of phrasesByVerb().get(verb) ?? [])
    if (parts.some((part, i) => i > at && phrase.with.has(part))) add(found, phrase.acts);
  acts.set(parts, found);
  return found;
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

/** True for a call that changes a file that stands there. */
export const edits = (said: Spoken): boolean => replaces(said) || said.text.includes('*** update file');

/** Read once a call, and only where it matters. */
function hasRole(said: Spoken, role: string): boolean {
  said.roles ??= new Set(said.parts.map(([key]) => ARGUMENT_ROLES.get(key.replaceAll('_', ''))));
  return said.roles.has(role);
}
