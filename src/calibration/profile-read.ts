import { addDays, checkDay, dayOf } from './day.ts';
import { CalibrationError, isObject, parseJson, shown } from './error.ts';
import type { Knot } from './piecewise.ts';
import { PROFILE_SCHEMA, type Profile, REFERENCE_SCALES } from './profile.ts';
import { checkProfileId, checkQuality, checkResiduals, type Fail } from './profile-parts.ts';
import { parseScale, range, type Scale } from './scale.ts';

const METHODS: readonly unknown[] = ['rescale', 'ols', 'cir', 'levels'];

/**
 * Reads a profile.
 *
 * @param source the file's name, for messages
 * @throws CalibrationError naming the field
 */
export const parseProfile = (text: string, source: string): Profile =>
  checkProfile(parseJson(text, source), source);

/** The same, of a value that is no text any more. */
export function checkProfile(value: unknown, source: string): Profile {
  const fail: Fail = (field, problem) => {
    throw new CalibrationError(`${source}: ${field}: ${problem}`);
  };
  if (!isObject(value)) return fail('profile', 'a JSON object, as calibration fit writes it');
  if (value['schema'] !== PROFILE_SCHEMA)
    fail(
      'schema',
      `"${PROFILE_SCHEMA}", not ${shown(value['schema'])}; profiles are made by calibration fit`,
    );
  checkProfileId(value['profile_id'], `${source}: profile_id`);
  const { signal } = value;
  if (signal !== 'risk' && signal !== 'autonomy')
    return fail('signal', `"risk" or "autonomy", not ${shown(signal)}`);
  const scale = parseScale(value['native_scale'], `${source}: native_scale`);
  checkReference(value['reference'], REFERENCE_SCALES[signal], fail);
  checkMap(value['map'], scale, fail);
  checkQuality(value['quality'], value['valid_for'], fail);
  checkResiduals(value['residuals'], fail);
  if (!isObject(value['rater'])) fail('rater', 'an object');
  const created = checkDay(value['created'], `${source}: created`);
  const expires = checkDay(value['expires'], `${source}: expires`);
  // a clock may be a little behind that of the machine that made it
  if (created > addDays(dayOf(new Date()), 1))
    fail('created', `${created} has not come yet; is the clock right? Fit it anew if the day is wrong`);
  if (expires < created) fail('expires', `not before created (${created})`);
  return value as unknown as Profile;
}

function checkReference(value: unknown, scale: string, fail: Fail): void {
  if (!isObject(value)) fail('reference', 'an object');
  if (value['scale'] !== scale) fail('reference.scale', `"${scale}", not ${shown(value['scale'])}`);
  if (typeof value['set'] !== 'string') fail('reference.set', 'a name and version, as ars-scenarios/1.0.0');
  const { sha256 } = value;
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) fail('reference.sha256', '64 hex digits');
}

function checkMap(value: unknown, scale: Scale, fail: Fail): void {
  if (!isObject(value)) fail('map', 'an object');
  if (!METHODS.includes(value['method']))
    fail('map.method', `${METHODS.join(', ')}, not ${shown(value['method'])}`);
  checkKnots(value['knots'], 'map.knots', scale, fail);
  checkKnots(value['interval90'], 'map.interval90', scale, fail);
}

function checkKnots(value: unknown, field: string, scale: Scale, fail: Fail): asserts value is Knot[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > 10_000)
    return fail(field, 'a list of 1 to 10000 pairs [position, value]');
  const [low, high] = range(scale);
  let before = Number.NEGATIVE_INFINITY;
  for (const [index, knot] of value.entries()) {
    const where = `${field}[${index}]`;
    if (!Array.isArray(knot) || knot.length !== 2 || !knot.every(Number.isFinite))
      return fail(where, `a pair of numbers, not ${shown(knot)}`);
    const [at, score] = knot as [number, number];
    if (!(at >= low && at <= high)) fail(where, `a position from ${low} to ${high}, not ${at}`);
    if (!(score >= 0 && score <= 1)) fail(where, `a value from 0 to 1, not ${score}`);
    if (!(at > before)) fail(where, 'positions rise from pair to pair');
    before = at;
  }
}
