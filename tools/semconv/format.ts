import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const BIOME: string = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');

/** Formats TypeScript or JSON as the project's formatter does. Throws with the formatter's words where it refuses. */
export function format(source: string, fileName: string): string {
  const result = spawnSync(process.execPath, [BIOME, 'format', `--stdin-file-path=${fileName}`], {
    cwd: resolve(import.meta.dirname, '../..'),
    input: source,
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Error(`${fileName} cannot be formatted: ${result.stderr}`);
  return result.stdout;
}
