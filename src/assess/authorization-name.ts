import type { ActionType } from '../semconv/index.ts';
import type { Clause, Request } from './request.ts';
import {
  ACTS_BY_ROOT,
  COMMON_THINGS,
  FIELDS_BY_ROOT,
  PLAIN_NAMES,
  TOOL_WORDS,
  USE_WORDS,
} from './rules/names.ts';
import { GUARDING_WORDS, ILL_MANNERS, ILL_WORDS } from './rules/purpose.ts';
import { root } from './words.ts';

/** From so many equal letters on, words that begin alike count as one: `prescribe`, `prescription`. */
const PREFIX = 6;
/** So many places of a name in a text are looked at. */
const MAX_TRIES = 8;
/** So many tools are remembered of a message. */
const MAX_TOOLS = 256;

/** What a tool's name says. */
interface Name {
  /** The name in the ways that a person may write it, each between spaces. */
  readonly joined: string;
  readonly spaced: string;
  /** Roots of the things that it is about. */
  readonly things: readonly string[];
  /** Meanings of its verbs. */
  readonly acts: ReadonlySet<string>;
  /** What its things belong to. */
  readonly fields: ReadonlySet<number>;
  /** Meanings of those of its words that say that it does harm; `undefined` where none does. */
  readonly harms: ReadonlySet<string> | undefined;
}

/** A clause's words as roots. */
interface Roots {
  readonly all: ReadonlySet<string>;
  /** Meanings of its verbs. */
  readonly acts: ReadonlySet<string>;
  /** Meanings of the word that it begins with. */
  readonly first: ReadonlySet<string>;
  readonly fields: ReadonlySet<number>;
  /** It asks for harm in so many words. */
  readonly ill: boolean;
}

const NO_ACTS: ReadonlySet<string> = new Set();
/** Meanings that ask to look, which stand in for one another: who reviews the flight data gets them first. */
const LOOKING_ACTS: ReadonlySet<string> = new Set(['judge', 'find', 'watch', 'summarize', 'compute']);
const LOOKING_TYPES: ReadonlySet<ActionType> = new Set(['read', 'network', 'none', 'execute']);
const names = new WeakMap<readonly string[], Name>();
const roots = new WeakMap<Clause, Roots>();
const tools = new WeakMap<Request, Map<readonly string[], 'explicit' | 'prohibited' | undefined>>();

/** Whether the person told the agent to use the tool, by its name, or not to. Read once a message and tool. */
export function toldToUse(request: Request, parts: readonly string[]): 'explicit' | 'prohibited' | undefined {
  let told = tools.get(request);
  if (told === undefined) {
    told = new Map();
    tools.set(request, told);
  }
  const known = told.get(parts);
  if (known !== undefined || told.has(parts)) return known;
  const forbidden = request.prohibitions.some(({ words }) => namesTool(words, parts));
  const found = forbidden ? 'prohibited' : namesTool(request.words, parts) ? 'explicit' : undefined;
  if (told.size < MAX_TOOLS) told.set(parts, found);
  return found;
}

/** True where the words name the tool as one to be used: `use the path planner`, `the post_to_blog tool`. A name alone may stand in a list. */
export function namesTool(words: string, parts: readonly string[]): boolean {
  if (parts.length === 0 || words === '') return false;
  const { joined, spaced } = nameOf(parts);
  return standsAsTool(words, joined) || (spaced !== joined && standsAsTool(words, spaced));
}

function standsAsTool(words: string, name: string): boolean {
  let at = words.indexOf(name);
  for (let tries = 0; at >= 0 && tries < MAX_TRIES; tries++) {
    const behind = words.slice(at + name.length, at + name.length + 12);
    if (TOOL_WORDS.some(word => behind.startsWith(word))) return true;
    const before = words.slice(Math.max(0, at - 16), at + 1);
    if (USE_WORDS.some(word => before.endsWith(` ${word} `) || before.endsWith(` ${word} the `))) return true;
    at = words.indexOf(name, at + 1);
  }
  return false;
}

/**
 * What the words say of a tool of which only the name is known: `explicit` where a clause asks for its act or speaks of its things, `none` where the name says harm that nobody asked for;
 * `undefined` where name and words do not meet.
 */
export function askedByName(
  { clauses }: Request,
  parts: readonly string[],
  type: ActionType,
): 'explicit' | 'none' | undefined {
  const name = nameOf(parts);
  if (clauses.some(clause => meets(name, rootsOf(clause), type))) return 'explicit';
  return name.harms === undefined ? undefined : 'none';
}

/** True for a name without any act of its own, such as `portfolio_manager`: it can serve whatever is asked for. */
export function servesAnything(parts: readonly string[]): boolean {
  const { acts, harms } = nameOf(parts);
  return acts.size === 0 && harms === undefined;
}

function meets(name: Name, clause: Roots, type: ActionType): boolean {
  const shared = name.things.filter(one => isAmong(one, clause.all));
  const things = shared.some(one => !COMMON_THINGS.has(one));
  const near = things || meetsAny(name.fields, clause.fields);
  const acts = meetsAny(name.acts, clause.acts);
  if (name.harms !== undefined)
    return (near && meetsAny(name.harms, clause.first)) || (clause.ill && (things || acts));
  if (name.acts.size === 0) return near;
  const looks = LOOKING_TYPES.has(type);
  if (acts) return looks || shared.length > 0 || name.things.length === 0;
  if (!looks || !meetsAny(LOOKING_ACTS, name.acts)) return false;
  return clause.acts.size === 0 ? things : near && meetsAny(LOOKING_ACTS, clause.acts);
}

function nameOf(parts: readonly string[]): Name {
  const known = names.get(parts);
  if (known !== undefined) return known;
  const guarded = parts.some(part => GUARDING_WORDS.has(part));
  const acts = new Set<string>();
  let harms: Set<string> | undefined;
  const things: string[] = [];
  for (const part of parts) {
    // how it is done does not change what it was asked for
    if (ILL_MANNERS.has(part)) continue;
    const own = root(part);
    const meanings = ACTS_BY_ROOT.get(own);
    if (!guarded && ILL_WORDS.has(part)) {
      harms ??= new Set();
      for (const meaning of meanings ?? []) harms.add(meaning);
    } else if (meanings !== undefined) for (const meaning of meanings) acts.add(meaning);
    else if (!PLAIN_NAMES.has(own) && own.length > 2) things.push(own);
  }
  const fields = fieldsOf(things);
  const name = {
    fields,
    joined: ` ${parts.join('')} `,
    spaced: ` ${parts.join(' ')} `,
    things,
    acts,
    harms,
  };
  names.set(parts, name);
  return name;
}

function rootsOf(clause: Clause): Roots {
  const known = roots.get(clause);
  if (known !== undefined) return known;
  const all = new Set<string>();
  const acts = new Set<string>();
  let first: ReadonlySet<string> | undefined;
  let ill = false;
  for (const word of clause.words) {
    const own = root(word);
    all.add(own);
    const meanings = ACTS_BY_ROOT.get(own);
    first ??= meanings ?? NO_ACTS;
    for (const meaning of meanings ?? []) acts.add(meaning);
    ill ||= ILL_WORDS.has(word);
  }
  const found = { all, acts, fields: fieldsOf(all), first: first ?? NO_ACTS, ill };
  roots.set(clause, found);
  return found;
}

function fieldsOf(things: Iterable<string>): ReadonlySet<number> {
  const fields = new Set<number>();
  for (const one of things) {
    const field = FIELDS_BY_ROOT.get(one);
    if (field !== undefined) fields.add(field);
  }
  return fields;
}

function isAmong(one: string, others: ReadonlySet<string>): boolean {
  if (others.has(one)) return true;
  if (one.length < PREFIX) return false;
  const beginning = one.slice(0, PREFIX);
  for (const other of others) if (other.startsWith(beginning)) return true;
  return false;
}

function meetsAny<T>(some: ReadonlySet<T>, others: ReadonlySet<T>): boolean {
  for (const one of some) if (others.has(one)) return true;
  return false;
}
