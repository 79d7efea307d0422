import { OBJECT_NOUNS, TITLE_WORDS, UNMADE_NOUNS } from './rules/nouns.ts';
import { ACTING, naming, type ToolRule } from './rules/tools.ts';
import type { Tables } from './tables.ts';

/** What a name says that calls the tool by a noun rather than by a verb: `ControlSystemValidator`, `access_control_tool`. */
export interface Head {
  /** Parts up to the noun. */
  readonly parts: readonly string[];
  readonly rule: ToolRule | undefined;
}

/**
 * Of a compound noun the last word says what the thing is. `undefined` where the name begins with a verb, as names of functions do, or
 * holds one that is seldom anything else.
 */
export function readHead(all: readonly string[], capital: boolean, tables: Tables): Head | undefined {
  let end = all.length;
  while (end > 1 && TITLE_WORDS.has(all[end - 1] as string)) end -= 1;
  const called = end < all.length;
  const parts = all.slice(0, end);
  const head = parts[end - 1] as string;
  if ((end === 1 && !called) || ACTING.has(head)) return undefined;
  const object = OBJECT_NOUNS.has(head);
  if (parts.some((part, i) => i < end - 1 && beginsAction(part, i, object, tables))) return undefined;
  // behind the name of what it belongs to: `github_dismiss_review`
  if (!capital && !called && end > 2 && !tables.toolsByVerb.has(parts[0] as string)) {
    const second = parts[1] as string;
    if (tables.toolsByVerb.has(second) && !naming().has(second)) return undefined;
  }
  const agent = endsAsAgent(head);
  const first = parts[0] as string;
  if (!agent && !called && !capital && tables.toolsByVerb.has(first)) return undefined;
  const rows = tables.toolsByNoun.get(head) ?? madeOfVerb(head, tables);
  if (rows === undefined) return undefined;
  const rule = rows.find(row => row.objects === undefined || namesOne(row.objects, parts, end - 1));
  return { parts, rule };
}

/** True for a name whose last part says who does it, whatever stands before: `update_manager`. */
export function isAgent(parts: readonly string[], tables: Tables): boolean {
  const head = parts[parts.length - 1] ?? '';
  return parts.length > 1 && endsAsAgent(head) && tables.toolsByNoun.has(head);
}

const endsAsAgent = (noun: string): boolean =>
  noun.length > 4 && (noun.endsWith('er') || noun.endsWith('or'));

function beginsAction(part: string, at: number, object: boolean, tables: Tables): boolean {
  if (ACTING.has(part) || (object && tables.toolsByVerb.has(part))) return true;
  return at === 0 && tables.toolsByVerb.has(part) && !naming().has(part);
}

function namesOne(objects: readonly string[], parts: readonly string[], head: number): boolean {
  return parts.some(
    (part, i) => i < head && (objects.includes(part) || objects.includes(part + (parts[i + 1] ?? ''))),
  );
}

/** Endings of nouns that are made of verbs, and what stands in their place in the verb. */
const ENDINGS: readonly (readonly [ending: string, verb: readonly string[]])[] = [
  ['ification', ['ify']],
  ['ation', ['', 'e', 'ate']],
  ['ion', ['', 'e']],
  ['ment', ['']],
  ['ing', ['', 'e']],
  ['er', ['', 'e']],
  ['or', ['', 'e']],
  ['al', ['', 'e']],
];

/** Rows of the verb that a noun is made of: `deletion`, `scheduler`, `encryption`, `planning`. */
export function madeOfVerb(noun: string, tables: Tables): readonly ToolRule[] | undefined {
  if (UNMADE_NOUNS.has(noun)) return undefined;
  for (const [ending, verbs] of ENDINGS) {
    if (!noun.endsWith(ending) || noun.length < ending.length + 3) continue;
    const stem = noun.slice(0, -ending.length);
    const once = stem.at(-1) === stem.at(-2) ? stem.slice(0, -1) : undefined;
    for (const verb of [...verbs.map(end => stem + end), ...(once === undefined ? [] : [once])]) {
      const rows = tables.toolsByVerb.get(verb);
      if (rows !== undefined) return rows;
    }
  }
  return undefined;
}
