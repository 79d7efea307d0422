/** One JSON value of a file, or why there is none. */
export type JsonLine =
  | { readonly line: number; readonly value: unknown }
  | { readonly line: number; readonly error: string };

/** A line that opens a JSON value and does not close it: the file is one value over many lines. */
const isOpen = (line: string): boolean => /^\s*[[{]\s*$/.test(line) || /[,{[]\s*$/.test(line);

/**
 * The values of JSON Lines, or the one value of a text over many lines. A byte order mark is passed over.
 *
 * @param whole the text as one, asked for where its first line does not close what it opens
 */
export async function* jsonValues(
  lines: Iterable<string> | AsyncIterable<string>,
  whole: () => string | Promise<string>,
): AsyncGenerator<JsonLine> {
  let line = 0;
  for await (const raw of lines) {
    line += 1;
    const text = line === 1 ? raw.replace(/^\uFEFF/, '') : raw;
    if (text.trim() === '') continue;
    if (line === 1 && isOpen(text)) {
      yield parse((await whole()).replace(/^\uFEFF/, ''), 1);
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
