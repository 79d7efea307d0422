import { newSigns, noteSign, type Signs } from './argument-signs.ts';
import {
  ARGUMENT_ROLES,
  type ArgumentRole,
  PATCH_LINES,
  PAYING_KEYS,
  PRICE_KEYS,
} from './rules/arguments.ts';
import { QUANTITY_KEYS, UNIT_PRICE_KEYS } from './rules/circumstances.ts';

/** JSON text longer than this is not read. */
export const MAX_ARGUMENTS_LENGTH = 65_536;
const MAX_KEY_LENGTH = 48;
const MAX_DEPTH = 3;
const MAX_NODES = 4096;
const MAX_VALUES = 32;
/** Shorter texts say nothing. */
const MIN_TEXT = 4;
const MAX_PATCH_LENGTH = 16_384;
const MAX_PATCH_FILES = 32;

/** What the arguments of one call hold, as far as the names of the arguments say it. */
export interface ReadArguments {
  /** `absent`: not recorded. `unread`: no JSON, too long, or not readable. */
  readonly state: 'absent' | 'unread' | 'read';
  /** Arguments that are one text rather than JSON. */
  readonly text: string | undefined;
  /** Scripts, or a program with its arguments. */
  readonly commands: readonly (string | readonly string[])[];
  readonly values: Readonly<Record<Exclude<ArgumentRole, 'command'>, readonly string[]>>;
  /** A number stands under a name for a price. */
  readonly priced: boolean;
  /** How it is paid for stands under a name for that. */
  readonly paying: boolean;
  /** What else the arguments say of the call. */
  readonly signs: Signs;
  /** Every text among the values, whatever it is called; at most 32, and 64 KiB of them. */
  readonly texts: readonly string[];
}

interface Sink {
  commands: (string | readonly string[])[];
  values: Record<Exclude<ArgumentRole, 'command'>, string[]>;
  texts: string[];
  priced: boolean;
  paying: boolean;
  signs: Signs;
  /** What the lines of an order add up to. */
  sum: number;
  nodes: number;
}

/** Reads arguments as an object, an array or a text. Bounded, and never throws, whatever the object does. */
export function readArguments(raw: unknown): ReadArguments {
  const sink: Sink = {
    commands: [],
    values: {
      path: [],
      place: [],
      url: [],
      method: [],
      sql: [],
      query: [],
      patch: [],
      code: [],
      environment: [],
      before: [],
      operation: [],
      content: [],
    },
    texts: [],
    priced: false,
    paying: false,
    signs: newSigns(),
    sum: 0,
    nodes: 0,
  };
  const done = (state: ReadArguments['state'], text?: string): ReadArguments => ({
    state,
    text,
    commands: sink.commands,
    values: sink.values,
    priced: sink.priced || sink.signs.written,
    paying: sink.paying,
    signs: sink.signs,
    texts: text === undefined ? sink.texts : [text],
  });
  if (raw === undefined || raw === null || raw === '') return done('absent');
  let value = raw;
  if (typeof value === 'string') {
    const first = firstCharacter(value);
    if (first !== '{' && first !== '[') return done('read', value);
    if (value.length > MAX_ARGUMENTS_LENGTH) return done('unread');
    try {
      value = JSON.parse(value);
    } catch {
      return done('unread', raw as string);
    }
  }
  if (typeof value !== 'object' || value === null) return done('unread');
  try {
    visit(value, undefined, 0, sink);
  } catch {
    return done('unread');
  }
  return done('read');
}

function visit(value: unknown, role: ArgumentRole | undefined, depth: number, sink: Sink): void {
  if (sink.nodes++ >= MAX_NODES) return;
  if (typeof value === 'string') {
    if (value.length >= MIN_TEXT && sink.texts.length < MAX_VALUES) sink.texts.push(value);
    note(value, role, sink);
  }
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return;
  if (Array.isArray(value)) {
    if (role === 'command' && value.length > 1 && value.every(item => typeof item === 'string')) {
      if (sink.commands.length < MAX_VALUES) sink.commands.push(value as string[]);
      return;
    }
    for (let i = 0; i < value.length && sink.nodes < MAX_NODES; i++) visit(value[i], role, depth + 1, sink);
    return;
  }
  let price = 0;
  let quantity = 1;
  for (const key in value) {
    if (sink.nodes >= MAX_NODES) return;
    if (!Object.hasOwn(value, key)) continue;
    const inner = (value as Record<string, unknown>)[key];
    const plain = plainOf(key);
    if (typeof inner === 'number' && inner > 0) {
      if (PRICE_KEYS.has(key.toLowerCase())) sink.priced = true;
      if (UNIT_PRICE_KEYS.has(plain)) price = inner;
      else if (QUANTITY_KEYS.has(plain)) quantity = inner;
    }
    if (PAYING_KEYS.has(plain) && isGiven(inner)) sink.paying = true;
    if (plain !== '') noteSign(sink.signs, plain, inner);
    visit(inner, ARGUMENT_ROLES.get(plain), depth + 1, sink);
  }
  if (price > 0) {
    sink.sum += price * quantity;
    sink.signs.amount = Math.max(sink.signs.amount, sink.sum);
  }
}

function note(value: string, role: ArgumentRole | undefined, sink: Sink): void {
  if (role === undefined || value === '') return;
  if (role === 'command') {
    if (sink.commands.length < MAX_VALUES) sink.commands.push(value);
  } else if (sink.values[role].length < MAX_VALUES) sink.values[role].push(value);
}

/** The key as the tables write it; empty where it is too long for any of them. */
function plainOf(key: string): string {
  return key.length > MAX_KEY_LENGTH ? '' : key.toLowerCase().replaceAll('_', '').replaceAll('-', '');
}

function isGiven(value: unknown): boolean {
  if (typeof value === 'string' || Array.isArray(value)) return value.length > 0;
  return typeof value === 'number' || (typeof value === 'object' && value !== null);
}

function firstCharacter(text: string): string | undefined {
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c !== ' ' && c !== '\n' && c !== '\t' && c !== '\r') return c;
  }
  return undefined;
}

/** True for text that can only be meant as a path: it has a separator, or begins as paths do. No URL. */
export function looksLikePath(text: string): boolean {
  if (text.length > 1024 || text.includes('\n') || text.includes('://')) return false;
  return text.includes('/') || text.includes('\\') || text.startsWith('.') || text.startsWith('~');
}

/** The files that a patch names, at most 32 of the first 16 KiB. */
export function patchFiles(text: string): { path: string; access: 'write' | 'delete' }[] {
  const files: { path: string; access: 'write' | 'delete' }[] = [];
  for (const line of text.slice(0, MAX_PATCH_LENGTH).split('\n')) {
    const row = line.startsWith('*** ')
      ? PATCH_LINES.find(({ prefix }) => line.startsWith(prefix))
      : undefined;
    if (row === undefined) continue;
    files.push({ path: line.slice(row.prefix.length).trim(), access: row.access });
    if (files.length >= MAX_PATCH_FILES) break;
  }
  return files;
}
