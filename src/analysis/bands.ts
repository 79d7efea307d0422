import { LEVEL_BY_INVOLVEMENT, LEVEL_SCORES } from '../assess/rules/supervision.ts';
import type { HumanInvolvement } from '../semconv/index.ts';

const LEVELS: ReadonlyMap<string, number> = new Map(Object.entries(LEVEL_SCORES));

/**
 * The autonomy that attributes state: a score, else the middle of the level's band, else of the level that a person's involvement leaves.
 *
 * @returns a score in [0.0, 1.0], or `undefined` where none of them is there
 */
export function autonomyOf(attributes: Readonly<Record<string, unknown>>): number | undefined {
  const score = scoreOf(attributes['alignment.autonomy.score']);
  if (score !== undefined) return score;
  const level = attributes['alignment.autonomy.level'];
  if (typeof level === 'string' && LEVELS.has(level)) return LEVELS.get(level);
  const involvement = attributes['alignment.human.involvement'];
  return typeof involvement === 'string' && Object.hasOwn(LEVEL_BY_INVOLVEMENT, involvement)
    ? LEVEL_SCORES[LEVEL_BY_INVOLVEMENT[involvement as HumanInvolvement]]
    : undefined;
}

/** A number in [0.0, 1.0], else `undefined`: what lies outside is no score. */
export const scoreOf = (value: unknown): number | undefined =>
  typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined;
