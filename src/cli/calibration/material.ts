import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../../calibration/error.ts';
import type { RaterMaterial, ReferenceScales } from '../../pages/rater/reference-scale.ts';
import { parseScenarios } from '../../pages/rater/scenario.ts';
import { UsageError } from '../usage.ts';
import { readText, shippedFile } from './files.ts';

/** A set as its raters need it, and the digest of its scenarios. */
export interface SetMaterial extends RaterMaterial {
  readonly sha256: string;
}

/**
 * Reads a set: `set.json`, `scenarios/*.jsonl`, `reference-scales.json`.
 *
 * @param folder default: the set that comes with the package
 */
export function readSet(folder: string | undefined): SetMaterial {
  const at = (...path: string[]): string =>
    folder === undefined ? shippedFile(...path) : join(folder, ...path);
  const json = <T>(name: string): T => parseJson(readText(at(name)), at(name)) as T;
  const { set, version } = json<{ set: string; version: string }>('set.json');
  if (!existsSync(at('scenarios'))) throw new UsageError(`${at('scenarios')}: there is no such folder`);
  const files = readdirSync(at('scenarios'))
    .filter(name => name.endsWith('.jsonl'))
    .sort()
    .map(name => ({ source: at('scenarios', name), text: readText(at('scenarios', name)) }));
  const digest = createHash('sha256');
  for (const { text } of files) digest.update(text);
  return {
    set,
    version,
    sha256: digest.digest('hex'),
    scenarios: files.flatMap(({ text, source }) => parseScenarios(text, source)),
    scales: json<ReferenceScales>('reference-scales.json'),
  };
}
