import { CalibrationError, isObject, shown } from './error.ts';
import type { Use } from './profile.ts';
import { GRADES, type Grade } from './quality.ts';

/** What each grade licenses. */
export const USES: Readonly<Record<Grade, readonly Use[]>> = {
  A: ['ranking', 'threshold'],
  B: ['ranking', 'threshold'],
  C: ['ranking'],
  none: [],
};

/** No control character and no line or paragraph separator: ids are written into comments, messages and attributes. */
const ID = /^[^\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]{1,128}$/u;

/** @throws CalibrationError where it is no id of a profile: 1 to 128 characters on one line */
export function checkProfileId(id: unknown, field: string): string {
  if (typeof id === 'string' && ID.test(id) && id.trim() !== '') return id;
  throw new CalibrationError(
    `${field}: a name of 1 to 128 characters without line breaks or control characters, not ${shown(id)}`,
  );
}

/** Says which field is wrong, and how. */
export type Fail = (field: string, problem: string) => never;

const BASES: readonly unknown[] = ['verification', 'leave_one_out'];
const RANGES = {
  delta_mean: [0, 1],
  delta_p95: [0, 1],
  bias: [-1, 1],
  kendall_tau_b: [-1, 1],
  interval90_halfwidth: [0, 1],
} as const;

/** The numbers behind a grade, the grade, and what it licenses. */
export function checkQuality(quality: unknown, uses: unknown, fail: Fail): void {
  if (!isObject(quality)) fail('quality', 'an object with the differences and the grade');
  const { grade } = quality;
  if (!GRADES.some(one => one === grade)) fail('quality.grade', `A, B, C or "none", not ${shown(grade)}`);
  for (const [key, [low, high]] of Object.entries(RANGES)) {
    const value = quality[key];
    if (typeof value !== 'number' || !(value >= low && value <= high))
      fail(`quality.${key}`, `a number from ${low} to ${high}, not ${shown(value)}`);
  }
  if (!BASES.includes(quality['basis']))
    fail('quality.basis', `"verification" or "leave_one_out", not ${shown(quality['basis'])}`);
  if (!Array.isArray(quality['missing'])) fail('quality.missing', 'a list');
  const licensed: readonly unknown[] = USES[grade as Grade];
  if (!Array.isArray(uses)) fail('valid_for', 'a list');
  const beyond = uses.find(use => !licensed.includes(use));
  if (uses.some(use => !licensed.includes(use)))
    fail(
      'valid_for',
      `grade ${String(grade)} licenses ${licensed.length === 0 ? 'nothing' : licensed.join(' and ')}, not ${shown(beyond)}`,
    );
}

export function checkResiduals(value: unknown, fail: Fail): void {
  if (value === undefined) return;
  if (!isObject(value)) fail('residuals', 'an object, scenario id to a number');
  for (const [id, residual] of Object.entries(value))
    if (typeof residual !== 'number' || !(residual >= -1 && residual <= 1))
      fail(`residuals.${shown(id)}`, `a number from -1 to 1, not ${shown(residual)}`);
}
