import { CalibrationError } from '../../calibration/error.ts';
import { shuffled } from './order.ts';
import {
  formatRatings,
  RATINGS_SCHEMA,
  type RaterKind,
  type Rating,
  type RatingsHeader,
  readRatings,
} from './ratings.ts';
import type { RaterMaterial } from './reference-scale.ts';
import type { Scenario } from './scenario.ts';

export type Answer = Pick<Rating, 'risk' | 'autonomy' | 'reversibility' | 'rationale'>;

/**
 * One rater's way through the scenarios: in an order of the rater's own, which the seed gives again, and without a look at anybody
 * else's ratings. What is rated already is passed over.
 */
export class RatingSession {
  readonly header: RatingsHeader;
  readonly #order: readonly Scenario[];
  readonly #ratings: Map<string, Rating>;
  #at = 0;

  constructor(material: RaterMaterial, header: RatingsHeader, ratings: readonly Rating[] = []) {
    this.header = header;
    const sorted = [...material.scenarios].sort((a, b) => (a.id < b.id ? -1 : 1));
    this.#order = shuffled(sorted, header.seed ?? 0);
    this.#ratings = new Map(ratings.map(rating => [rating.scenario, rating]));
    this.#toUnrated();
  }

  /** The scenario to rate; undefined at the end. */
  get current(): Scenario | undefined {
    return this.#order[this.#at];
  }

  /** What the rater said of it before, where it is still the same text. */
  get before(): Rating | undefined {
    const { current } = this;
    return current === undefined ? undefined : this.#valid(current);
  }

  get total(): number {
    return this.#order.length;
  }

  get rated(): number {
    return this.#order.filter(scenario => this.#valid(scenario) !== undefined).length;
  }

  /** Takes the answer, in place of an earlier one, and goes to the next scenario that is not rated. */
  rate(answer: Answer, day: string): void {
    const { current } = this;
    if (current === undefined) throw new RangeError('there is no scenario to rate');
    const { risk, autonomy, reversibility, rationale } = answer;
    this.#ratings.set(current.id, {
      scenario: current.id,
      version: current.version,
      at: day,
      risk,
      autonomy,
      ...(reversibility === undefined ? {} : { reversibility }),
      ...(rationale === undefined ? {} : { rationale }),
    });
    this.skip();
  }

  /** Leaves the scenario for another session. */
  skip(): void {
    this.#at += 1;
    this.#toUnrated();
  }

  /** To the scenario before, rated or not. @returns false at the first */
  back(): boolean {
    if (this.#at === 0) return false;
    this.#at -= 1;
    return true;
  }

  /** From the start again, for what was left out. */
  restart(): void {
    this.#at = 0;
    this.#toUnrated();
  }

  /** The file of ratings. */
  text(): string {
    return formatRatings({ header: this.header, ratings: [...this.#ratings.values()] });
  }

  #valid({ id, version }: Scenario): Rating | undefined {
    const rating = this.#ratings.get(id);
    return rating?.version === version ? rating : undefined;
  }

  #toUnrated(): void {
    while (this.current !== undefined && this.before !== undefined) this.#at += 1;
  }
}

/** @param seed whole number, range [0, 4294967295] */
export function newSession(
  material: RaterMaterial,
  rater: { readonly rater: string; readonly kind: RaterKind },
  seed: number,
): RatingSession {
  const { set, version } = material;
  return new RatingSession(material, { schema: RATINGS_SCHEMA, ...rater, set, version, seed });
}

/**
 * Goes on with a file that a rater began, in the order that the file's seed gives.
 *
 * @throws CalibrationError naming the line, or where the file is of another set
 */
export function resumeSession(material: RaterMaterial, text: string, source: string): RatingSession {
  const { file, problems } = readRatings(text);
  const first = problems[0];
  if (first !== undefined || file === undefined)
    throw new CalibrationError(
      `${source}:${first?.line ?? 1}: ${first?.field ? `${first.field} ` : ''}${first?.message ?? 'no ratings'}`,
    );
  if (file.header.set !== material.set)
    throw new CalibrationError(`${source}:1: ratings of ${file.header.set}, not of ${material.set}`);
  const seed = file.header.seed ?? 0;
  return new RatingSession(material, { ...file.header, version: material.version, seed }, file.ratings);
}
