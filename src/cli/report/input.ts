import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { readLines } from '../lines.ts';
import type { createProgress } from '../progress.ts';
import { UsageError, unreadable } from '../usage.ts';

/** Longer than any request that an exporter writes. */
const MAX_LINE_BYTES = 128 * 1024 * 1024;
/** A file of one JSON value over many lines is held whole. */
const MAX_VALUE_CHARACTERS = 256 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

/** What was wrong with a file. */
export interface FileProblems {
  readonly file: string;
  /** Lines that are no JSON or no OTLP request, and the first of them. */
  lines: number;
  firstLine: number;
  reason: string;
  /** The last line is no whole JSON: the file was cut off, or is still being written. */
  truncated: boolean;
  empty: boolean;
}

/**
 * Reads OTLP requests, one a line, or one value over the whole file; gzip is recognized by its first bytes.
 *
 * @param take answers false where the value is no OTLP request; it is waited for
 * @throws UsageError where the file cannot be read
 */
export async function readRequests(
  file: string,
  take: (request: unknown) => boolean | Promise<boolean>,
  progress: ReturnType<typeof createProgress>,
): Promise<FileProblems> {
  const problems: FileProblems = { file, lines: 0, firstLine: 0, reason: '', truncated: false, empty: true };
  const note = (line: number, reason: string): void => {
    if (problems.lines === 0) [problems.firstLine, problems.reason] = [line, reason];
    problems.lines += 1;
  };
  let spread: string[] | undefined;
  let size = 0;
  let unparsed = 0;
  try {
    for await (const read of readLines(await streamOf(file), MAX_LINE_BYTES)) {
      progress.tick();
      unparsed = 0;
      if ('error' in read) {
        note(read.line, read.error);
        continue;
      }
      const { text, line } = read;
      if (spread !== undefined) {
        size += text.length;
        if (size > MAX_VALUE_CHARACTERS)
          throw new UsageError(`${file}: one JSON value over many lines, too large; give one request a line`);
        spread.push(text);
        continue;
      }
      if (text.trim() === '') continue;
      problems.empty = false;
      const request = parse(text);
      if (request !== undefined) {
        const taken = take(request);
        if (!(typeof taken === 'boolean' ? taken : await taken)) note(line, NO_REQUEST);
      } else if (line === 1 && /[{[,]\s*$/.test(text.slice(-8))) spread = [text];
      else {
        unparsed = line;
        note(line, 'is no JSON');
      }
    }
  } catch (error) {
    throw gzipError(file, error) ?? unreadable(file === '-' ? 'standard input' : file, error);
  }
  problems.truncated = unparsed > 0;
  if (spread !== undefined) {
    const request = parse(spread.join('\n'));
    if (request === undefined) note(1, 'is no JSON');
    else if (!(await take(request))) note(1, NO_REQUEST);
  }
  return problems;
}

const NO_REQUEST = 'is no OTLP request (resourceSpans, resourceLogs)';

async function streamOf(file: string): Promise<AsyncIterable<Uint8Array>> {
  if (file === '-') return process.stdin;
  const handle = await open(file);
  let first: Buffer;
  try {
    first = (await handle.read(Buffer.alloc(4), 0, 4, 0)).buffer;
  } finally {
    await handle.close();
  }
  if (first.readUInt32LE(0) === ZSTD)
    throw new UsageError(`${file}: zstd is not read here; decompress it first: zstd -d ${file}`);
  const stream = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  if (first[0] !== 0x1f || first[1] !== 0x8b) return stream;
  const unzipped = createGunzip({ chunkSize: CHUNK_BYTES });
  stream.on('error', error => unzipped.destroy(error));
  return stream.pipe(unzipped);
}

const ZSTD = 0xfd2fb528;

/** A gzip file that ends early or is damaged: what came before was read, but how much is not known. */
function gzipError(file: string, error: unknown): UsageError | undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'Z_BUF_ERROR' && code !== 'Z_DATA_ERROR') return undefined;
  return new UsageError(
    `${file}: the gzip data is damaged or cut off (${code}); decompress what is good: gzip -dc ${file} > part.jsonl`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a reader of the report must know of its files. @param nameOf how a file is called */
export function sentences(found: readonly FileProblems[], nameOf: (file: string) => string): string[] {
  return found.flatMap(({ file, lines, firstLine, reason, truncated, empty }) => {
    const name = nameOf(file);
    if (empty) return [`${name}: the file is empty`];
    if (lines === 0) return [];
    if (lines === 1 && truncated)
      return [
        `${name}: the last line (${firstLine}) is cut off and was passed over; everything before it was read`,
      ];
    const last = truncated ? ', the last line among them' : '';
    return [
      `${name}: ${lines} line${lines === 1 ? ' was' : 's were'} passed over${last}; line ${firstLine} ${reason}`,
    ];
  });
}
