import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { type JsonLine, jsonValues } from './json-values.ts';

/**
 * The values of a JSON Lines file, or the one value of a JSON file. Reads line by line, so a file may be larger than
 * memory as long as it has lines. A byte order mark is passed over.
 *
 * @throws the file system's error where the file cannot be read
 */
export function readJson(path: string): AsyncGenerator<JsonLine> {
  const lines = createInterface({
    input: createReadStream(path, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  return jsonValues(lines, () => readFile(path, 'utf8'));
}
