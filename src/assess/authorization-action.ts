import type { ActionType } from '../semconv/index.ts';

export { CHANGING } from './request-verbs.ts';

import type { Environment } from './supervision.ts';

/** Words that begin with as many equal letters count as one: `bench`, `benchmark`. */
const PREFIX = 5;
/** From this risk on, an action that the person's words do not name is not a mere part of the work. */
export const ALONG_BELOW = 0.4;
/** From this risk on, sharing a word with what was asked for does not make an action a part of it. */
export const SHARED_WORD_BELOW = 0.7;

/** What is known of the action that is held against a person's words. */
export interface Action {
  readonly type: ActionType;
  readonly risk: number;
  /** The rule that says what the action does. */
  readonly rule: string;
  /** Parts of the tool's name. */
  readonly parts: readonly string[];
  /** False where nothing is known of what the call does. */
  readonly known: boolean;
  /** The effect is on a system that others share. */
  readonly shared: boolean;
  /** A secret is read. */
  readonly secret: boolean;
  /** Where an effect on a shared system takes place, as far as it is known. */
  readonly environment: Environment | undefined;
}

export const isVersionControl = ({ rule }: Action): boolean => rule.startsWith('git.');
export const isTool = ({ rule }: Action): boolean =>
  (rule.startsWith('tool.') && rule !== 'tool.editor') ||
  rule.startsWith('mcp.') ||
  rule.startsWith('arguments.');
export const isFile = ({ rule }: Action): boolean => rule.startsWith('path.');

export function overlap(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const one of some) if (others.has(one)) return true;
  return false;
}

/**
 * How many of the words stand among the others, or begin as one of them does.
 *
 * @param without words that do not count
 */
export function countShared(
  some: ReadonlySet<string>,
  others: ReadonlySet<string>,
  without?: ReadonlySet<string>,
): number {
  let count = 0;
  for (const other of others)
    if (isAmong(some, other) && (without === undefined || !isAmong(without, other))) count += 1;
  return count;
}

const isAmong = (some: ReadonlySet<string>, other: string): boolean =>
  some.has(other) || (other.length >= PREFIX && beginningsOf(some).has(other.slice(0, PREFIX)));

const beginnings = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>();

/** How its words begin; read once a set, as one is held against many clauses. */
function beginningsOf(some: ReadonlySet<string>): ReadonlySet<string> {
  const known = beginnings.get(some);
  if (known !== undefined) return known;
  const found = new Set<string>();
  for (const one of some) if (one.length >= PREFIX) found.add(one.slice(0, PREFIX));
  beginnings.set(some, found);
  return found;
}
