import type { Effects } from './effects.ts';
import { addRequest } from './http.ts';
import { addPath, type Place } from './paths.ts';
import { type CodeMarker, KNOWN_MODULES } from './rules/code.ts';
import { GENERAL } from './rules/general.ts';
import type { Access, Rule } from './rules/rule.ts';
import { isSecretName } from './secret-variables.ts';
import { addSql } from './sql.ts';

const MAX_CODE_LENGTH = 16_384;
/** Places of one call whose target is looked at. */
const MAX_CALLS = 8;
const MAX_TARGET = 2048;
const QUOTES = '\'"`';

/**
 * Adds what the calls in a piece of code mean, found as text and not by a grammar; a path or a URL that a call is given as a text decides what
 * it does. Code without any known call, and without modules that could hold others, computes. At most the first 16 KiB are looked at.
 */
export function addCode(
  effects: Effects,
  code: string,
  place: Place,
  run: (command: string | readonly string[]) => void,
  floor?: Rule,
): void {
  if (code.length > MAX_CODE_LENGTH) effects.add(GENERAL.truncated, undefined, floor);
  const text = code.length > MAX_CODE_LENGTH ? code.slice(0, MAX_CODE_LENGTH) : code;
  let found = false;
  for (const rule of effects.tables.code) {
    if (rule.also?.every(list => stands(list, text)) === false) continue;
    for (const call of rule.texts) {
      const at = callAt(text, call, 0);
      if (at < 0) continue;
      found = true;
      addCall({ effects, text, place, run, floor }, rule, call, at);
    }
  }
  if (!isKnown(text)) effects.add(GENERAL.inlineCode, undefined, floor);
  else if (!found) effects.add(GENERAL.computingCode, undefined, floor);
  addContent(effects, text, floor);
}

/** A piece of code as it is read. */
interface Reading {
  readonly effects: Effects;
  readonly text: string;
  readonly place: Place;
  readonly run: (command: string | readonly string[]) => void;
  readonly floor: Rule | undefined;
}

/** The targets that a call is given as texts, else the call itself. */
function addCall(
  { effects, text, place, run, floor }: Reading,
  rule: CodeMarker,
  call: string,
  first: number,
): void {
  if (rule.variable === true) {
    const name = variableAt(text, first + call.length);
    if (isSecretName(name)) effects.add(GENERAL.secretVariable, `variable:${name}`, floor);
  }
  if (
    rule.access === undefined &&
    rule.method === undefined &&
    rule.runs === undefined &&
    rule.sql === undefined
  ) {
    effects.add(rule, undefined, floor);
    return;
  }
  let at = first;
  let all = true;
  for (let calls = 0; at >= 0 && calls < MAX_CALLS; calls++) {
    const given = call.endsWith('(') ? literalAt(text, at + call.length) : undefined;
    const words = rule.runs === true ? wordsAt(text, at + call.length) : undefined;
    if (words !== undefined) run(words);
    else if (given === undefined) all = false;
    else if (rule.runs === true) run(given.value);
    else if (rule.sql === true) all = addSql(effects, given.value, floor) && all;
    else if (rule.method !== undefined) addRequest(effects, given.value, rule.method, floor);
    else addPath(effects, given.value, accessOf(rule.access ?? 'read', text, given.end), place, { floor });
    at = callAt(text, call, at + call.length);
  }
  if (!all) effects.add(rule, undefined, floor);
}

/** Where the call stands next, not as the end of another's name. */
function callAt(text: string, call: string, from: number): number {
  let at = text.indexOf(call, from);
  while (at > 0 && isWord(call.charCodeAt(0)) && isWord(text.charCodeAt(at - 1)))
    at = text.indexOf(call, at + call.length);
  return at;
}

function isWord(code: number): boolean {
  const lower = code | 32;
  return (lower >= 97 && lower <= 122) || (code >= 48 && code <= 57) || code === 95;
}

/** The name of a variable that stands at `at`, in quotes or not. */
function variableAt(text: string, at: number): string {
  let start = at;
  while (text[start] === "'" || text[start] === '"' || text[start] === '[') start += 1;
  let end = start;
  while (end - start < 64 && isWord(text.charCodeAt(end))) end += 1;
  return text.slice(start, end);
}

/** The mode behind a path makes the opening of a file a change: `open('a', 'w')`. */
function accessOf(access: Access, text: string, end: number): Access {
  if (access !== 'read') return access;
  let at = end;
  while (text[at] === ' ' || text[at] === ',') at += 1;
  if (text.startsWith('mode=', at)) at += 5;
  const mode = text[at] === "'" || text[at] === '"' ? text.slice(at + 1, at + 4) : '';
  return mode.startsWith('w') || mode.startsWith('a') || mode.startsWith('x') || mode.includes('+')
    ? 'write'
    : 'read';
}

/** A list of texts that begins at `at`: `['ls', '-l']`. At most 32. */
function wordsAt(text: string, at: number): readonly string[] | undefined {
  let next = at;
  while (text[next] === ' ' || text[next] === '\n') next += 1;
  if (text[next] !== '[') return undefined;
  const words: string[] = [];
  next += 1;
  while (words.length < 32) {
    const word = literalAt(text, next);
    if (word === undefined) return undefined;
    words.push(word.value);
    next = word.end;
    while (text[next] === ' ' || text[next] === '\n') next += 1;
    if (text[next] === ']') return words;
    if (text[next] !== ',') return undefined;
    next += 1;
  }
  return words;
}

/** A text in quotes that begins at `at`, blanks and a letter before the quote aside; one in three quotes may hold lines. */
function literalAt(text: string, at: number): { value: string; end: number } | undefined {
  let start = at;
  while (text[start] === ' ' || text[start] === '\n') start += 1;
  if ('rfb'.includes(text[start] ?? ' ') && QUOTES.includes(text[start + 1] ?? ' ')) start += 1;
  const quote = text[start];
  if (quote !== "'" && quote !== '"' && quote !== '`') return undefined;
  const marks = text.startsWith(quote.repeat(3), start) ? 3 : 1;
  const end = text.indexOf(marks === 3 ? quote.repeat(3) : quote, start + marks);
  if (end < 0 || end - start > MAX_TARGET) return undefined;
  const value = text.slice(start + marks, end);
  const broken = marks === 1 && quote !== '`' && value.includes('\n');
  return value === '' || broken ? undefined : { value, end: end + marks };
}

/** True where every module that the code names is known. */
function isKnown(text: string): boolean {
  for (const line of text.split(/[\n;]/)) {
    const words = line.trim().split(/[ ,]+/, 8);
    const [first, second = ''] = words;
    if (first === 'from' && !isModule(second)) return false;
    if (first === 'import') {
      const list = words.slice(1);
      if (!list.every((word, i) => word === 'as' || list[i - 1] === 'as' || isModule(word))) return false;
    }
  }
  let at = text.indexOf('require(');
  while (at >= 0) {
    const given = literalAt(text, at + 8);
    if (given !== undefined && !isModule(given.value) && !given.value.endsWith('.json')) return false;
    at = text.indexOf('require(', at + 8);
  }
  return true;
}

function isModule(name: string): boolean {
  return name.startsWith('{') || KNOWN_MODULES.has(name) || KNOWN_MODULES.has(name.split('.', 1)[0] ?? '');
}

/** Adds what a text that is written to a file, or run, will do. At most the first 16 KiB are looked at; rule texts only, no grammar. */
export function addContent(effects: Effects, content: string, floor?: Rule): void {
  const text = content.length > MAX_CODE_LENGTH ? content.slice(0, MAX_CODE_LENGTH) : content;
  if (!effects.tables.anyContent.test(text)) return;
  for (const rule of effects.tables.content)
    if (stands(rule.texts, text) && (rule.also ?? []).every(list => stands(list, text)))
      effects.add(rule, undefined, floor);
}

function stands(texts: readonly string[], text: string): boolean {
  return texts.some(one => text.includes(one));
}

/** Lines that a notebook hands to a shell: `!command`, `%pip …` and `%%bash`. At most 16. */
export function shellLinesOf(code: string): string[] {
  if (!code.includes('!') && !code.includes('%')) return [];
  if (code.startsWith('%%bash') || code.startsWith('%%sh')) return [code.slice(code.indexOf('\n') + 1)];
  const lines: string[] = [];
  for (const line of code.slice(0, MAX_CODE_LENGTH).split('\n')) {
    const trimmed = line.trimStart();
    const shell = trimmed.startsWith('!') || MAGICS.some(magic => trimmed.startsWith(magic));
    if (shell && lines.length < 16) lines.push(trimmed.slice(1).replace('{sys.executable}', 'python'));
  }
  return lines;
}

const MAGICS: readonly string[] = ['%pip ', '%conda ', '%cd ', '%ls', '%env', '%run '];
