/** A line that is longer is passed on and not read. */
const MAX_LINE = 16 * 1024 * 1024;

/**
 * Cuts a stream of bytes into lines. Whatever comes, the caller passes the bytes on itself; this only looks at them.
 */
export function lineReader(read: (line: string) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let size = 0;
  let skipping = false;
  return chunk => {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      if (!skipping) {
        parts.push(chunk.subarray(start, end));
        const line = Buffer.concat(parts).toString('utf8').trim();
        if (line !== '') read(line);
      }
      parts = [];
      size = 0;
      skipping = false;
      start = end + 1;
    }
    size += chunk.length - start;
    if (size > MAX_LINE) {
      parts = [];
      skipping = true;
    } else if (!skipping && start < chunk.length) parts.push(Buffer.from(chunk.subarray(start)));
  };
}
