import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CalibrationError, parseJson } from '../../src/calibration/error.ts';
import { type Problem, type RatingsFile, readRatings } from '../../src/pages/rater/ratings.ts';
import { parseLines, type Scenario } from '../../src/pages/rater/scenario.ts';

export const SET_FOLDER: string = resolve(import.meta.dirname, '../../semconv/calibration');

export interface Pair {
  /** The one thing that differs. */
  readonly factor: string;
  readonly scenarios: readonly [string, string];
  /** From the first to the second. */
  readonly expect: { readonly risk: 'rises' | 'same'; readonly autonomy: 'rises' | 'same' };
}

/** A scenario as it stands in its file; what the linter has not seen yet may be anything. */
export interface Placed {
  readonly file: string;
  readonly line: number;
  readonly scenario: Scenario;
}

export interface PlacedRatings {
  readonly file: string;
  readonly ratings: RatingsFile | undefined;
  readonly problems: readonly Problem[];
}

export interface CalibrationSet {
  readonly set: string;
  readonly version: string;
  readonly canary: string;
  readonly pairs: readonly Pair[];
  readonly scenarios: readonly Placed[];
  readonly ratings: readonly PlacedRatings[];
  /** Of all lines of scenarios and ratings, sorted by their bytes, each with its newline. */
  readonly sha256: string;
}

/** @throws CalibrationError where a file cannot be read as what it should be */
export function loadSet(folder: string = SET_FOLDER): CalibrationSet {
  const about = parseJson(readFileSync(join(folder, 'set.json'), 'utf8'), 'set.json') as {
    set: string;
    version: string;
    canary: string;
    pairs: Pair[];
  };
  const scenarioFiles = jsonlFiles(folder, 'scenarios');
  const ratingFiles = jsonlFiles(folder, 'ratings');
  if (scenarioFiles.length === 0) throw new CalibrationError(`${folder}: no scenarios/*.jsonl`);
  return {
    set: about.set,
    version: about.version,
    canary: about.canary,
    pairs: about.pairs,
    scenarios: scenarioFiles.flatMap(({ file, text }) =>
      parseLines(text, file).map(({ line, value }) => ({
        file,
        line,
        scenario: value as unknown as Scenario,
      })),
    ),
    ratings: ratingFiles.map(({ file, text }) => {
      const { file: ratings, problems } = readRatings(text);
      return { file, ratings, problems };
    }),
    sha256: digest([...scenarioFiles, ...ratingFiles].map(({ text }) => text)),
  };
}

function jsonlFiles(folder: string, name: string): { file: string; text: string }[] {
  const path = join(folder, name);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter(file => file.endsWith('.jsonl'))
    .sort()
    .map(file => ({ file: `${name}/${file}`, text: readFileSync(join(path, file), 'utf8') }));
}

function digest(texts: readonly string[]): string {
  const lines = texts
    .flatMap(text => text.split('\n').filter(line => line !== ''))
    .map(line => Buffer.from(line));
  const hash = createHash('sha256');
  for (const line of lines.sort(Buffer.compare)) hash.update(line).update('\n');
  return hash.digest('hex');
}
