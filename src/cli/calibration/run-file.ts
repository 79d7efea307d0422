import { appendFileSync, existsSync, renameSync } from 'node:fs';
import { isObject, parseJson } from '../../calibration/error.ts';
import { type NativeRating, parseNativeCsv } from '../../calibration/index.ts';
import { UsageError } from '../usage.ts';
import { readText, writeText } from './files.ts';

/** What a run is a run of. Stands beside the ratings, so that no file mixes two of them. */
export interface RunAbout {
  readonly schema: 'alignment-run/1';
  readonly set: string;
  readonly version: string;
  /** Digest of the set's scenarios. */
  readonly sha256: string;
  readonly signal: string;
  readonly scale: string;
  readonly rater: string;
  readonly model?: string;
  readonly prompt_sha256?: string;
  readonly command_sha256?: string;
  /** Digest of the address, further fields of the request and the field of the answer. */
  readonly request_sha256?: string;
}

/** What a digest is of, as the command line calls it. */
const NAMES: { readonly [K in keyof RunAbout]?: string } = {
  request_sha256: '--url, --body or --field, digest',
  prompt_sha256: 'instructions, digest',
  command_sha256: 'command, digest',
};

const HEADER = 'scenario_id,score,repeat\n';
const aboutPath = (ratings: string): string => `${ratings}.run.json`;

/** What is known of the run that wrote these ratings; `undefined` where none did. */
export function runAbout(ratings: string): RunAbout | undefined {
  const path = aboutPath(ratings);
  if (!existsSync(path)) return undefined;
  const value = parseJson(readText(path), path);
  if (!isObject(value) || value['schema'] !== 'alignment-run/1')
    throw new UsageError(
      `${path}: not written by calibration run; remove it, or give the ratings another name`,
    );
  return value as unknown as RunAbout;
}

/** The ratings of a run: begun, or gone on with. Each answer is in the file as soon as it is there. */
export function openRun(
  out: string,
  about: RunAbout,
): { readonly done: readonly NativeRating[]; add(scenario: string, score: string, repeat: number): void } {
  const before = existsSync(out) ? runAbout(out) : undefined;
  if (existsSync(out) && before === undefined)
    throw new UsageError(
      `${out} is there and was not written by calibration run; name another file with --out`,
    );
  if (before !== undefined) {
    const other = (Object.keys({ ...about, ...before }) as (keyof RunAbout)[]).find(
      // the digest says whether the scenarios are the same; the version rises with ratings too
      key => key !== 'version' && about[key] !== before[key],
    );
    if (other !== undefined)
      throw new UsageError(
        `${out} holds answers of another run (${NAMES[other] ?? other}: ${before[other] ?? 'none'}, now ${about[other] ?? 'none'}); name another file with --out`,
      );
  }
  const done = before === undefined ? [] : whole(out);
  writeText(aboutPath(out), `${JSON.stringify(about, undefined, 2)}\n`);
  if (before === undefined) writeText(out, HEADER);
  return {
    done,
    add: (scenario, score, repeat) => appendFileSync(out, `${csv(scenario)},${csv(score)},${repeat}\n`),
  };
}

/** A run that was killed may have left half a line; it is asked again. */
function whole(out: string): NativeRating[] {
  const text = readText(out);
  const end = text.lastIndexOf('\n') + 1;
  if (end < text.length) writeText(out, end === 0 ? HEADER : text.slice(0, end));
  return parseNativeCsv(end === 0 ? HEADER : text.slice(0, end), out);
}

/** Puts the answers into the order of the scenarios, so that the file does not depend on which came first. */
export function tidyRun(out: string, order: readonly string[]): readonly NativeRating[] {
  const at = new Map(order.map((id, index) => [id, index]));
  const place = ({ scenario }: NativeRating): number => at.get(scenario) ?? order.length;
  const ratings = parseNativeCsv(readText(out), out).sort(
    (a, b) => place(a) - place(b) || a.repeat - b.repeat,
  );
  const rows = ratings.map(({ scenario, score, repeat }) => `${csv(scenario)},${csv(score)},${repeat}\n`);
  writeText(`${out}.new`, HEADER + rows.join(''));
  renameSync(`${out}.new`, out);
  return ratings;
}

const csv = (field: string): string => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
