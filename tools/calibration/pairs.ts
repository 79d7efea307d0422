import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../../src/calibration/error.ts';
import type { Scenario } from '../../src/pages/rater/scenario.ts';

/** Which fields may differ between the scenarios of a pair, by what the pair is about. */
export const FACTORS: Readonly<Record<string, readonly string[]>> = {
  environment: ['environment', 'context.system', 'context.safeguards'],
  safeguard: ['context.safeguards'],
  involvement: ['context.permissions', 'context.human_involvement'],
  authorization: ['messages'],
  statement: ['messages'],
  effect: ['action.arguments'],
  target: ['action.arguments'],
  magnitude: ['action.arguments', 'messages', 'context.user_goal'],
};

/** Bookkeeping, which no rater sees, and the outcome, which follows from the rest. */
const FREE = ['id', 'version', 'title', 'split', 'control', 'tags', 'license', 'canary', 'outcome'];

/** The paths at which two scenarios differ, inside and outside of the fields that may. */
export function differences(
  a: Scenario,
  b: Scenario,
  may: readonly string[],
): { readonly inside: string[]; readonly outside: string[] } {
  const paths = differing(a, b, '');
  const within = (path: string, field: string): boolean => path === field || path.startsWith(`${field}.`);
  const counted = paths.filter(path => !FREE.some(field => within(path, field)));
  return {
    inside: counted.filter(path => may.some(field => within(path, field))),
    outside: counted.filter(path => !may.some(field => within(path, field))),
  };
}

function differing(a: unknown, b: unknown, at: string): string[] {
  if (isDeepStrictEqual(a, b)) return [];
  if (!isObject(a) || !isObject(b)) return [at];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap(key =>
    differing(a[key], b[key], at === '' ? key : `${at}.${key}`),
  );
}
