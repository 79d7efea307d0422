/** One line of a stream, without its end. */
export type RawLine =
  | {
      readonly line: number;
      readonly text: string;
      /** As they came. */
      readonly bytes: Uint8Array;
    }
  | { readonly line: number; readonly error: string };

const NEWLINE = 0x0a;

/**
 * The lines of a byte stream. A line of more than `maxBytes` is reported and passed over, so memory stays bounded whatever comes. A
 * byte order mark at the start and the carriage return at a line's end are taken off.
 *
 * @throws the stream's error
 */
export async function* readLines(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<RawLine> {
  let parts: Uint8Array[] = [];
  let size = 0;
  let line = 0;
  const finish = (): RawLine => {
    line += 1;
    const tooLong = size > maxBytes;
    const bytes = tooLong ? undefined : Buffer.concat(parts);
    parts = [];
    size = 0;
    if (bytes === undefined) return { line, error: `longer than ${maxBytes} bytes` };
    const text = bytes.toString('utf8');
    const start = line === 1 && text.charCodeAt(0) === 0xfeff ? 1 : 0;
    return { line, text: text.slice(start, text.endsWith('\r') ? -1 : undefined), bytes };
  };
  const take = (bytes: Uint8Array): void => {
    size += bytes.length;
    if (size <= maxBytes) parts.push(bytes);
    else parts = [];
  };
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      take(chunk.subarray(start, end));
      yield finish();
      start = end + 1;
    }
    if (start < chunk.length) take(chunk.subarray(start));
  }
  if (size > 0) yield finish();
}
