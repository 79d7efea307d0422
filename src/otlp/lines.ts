import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/** One JSON value of a file, or why there is none. */
export type JsonLine =
  | { readonly line: number; readonly value: unknown }
  | { readonly line: number; readonly error: string };

/** A line that opens a JSON value and does not close it: the file is one value over many lines. */
const isOpen = (line: string): boolean => /^\s*[[{]\s*$/.test(line) || /[,{[]\s*$/.test(line);

/**
 * The values of a JSON Lines file, or the one value of a JSON file. Reads line by line, so a file may be larger than
 * memory as long as it has lines. A byte order mark is passed over.
 *
 * @throws the file system's error where the file cannot be read
 */
export async function* readJson(path: string): AsyncGenerator<JsonLine> {
  const lines = createInterface({
    input: createReadStream(path, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  let line = 0;
  for await (const raw of lines) {
    line += 1;
    const text = line === 1 ? raw.replace(/^\uFEFF/, '') : raw;
    if (text.trim() === '') continue;
    if (line === 1 && isOpen(text)) {
      lines.close();
      yield parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''), 1);
      return;
    }
    yield parse(text, line);
  }
}

function parse(text: string, line: number): JsonLine {
  try {
    return { line, value: JSON.parse(text) };
  } catch (error) {
    return { line, error: String((error as Error).message).slice(0, 120) };
  }
}
