import { createReadStream, createWriteStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { BoundProfile } from '../../calibration/bound.ts';
import { spansOf } from '../../otlp/index.ts';
import { encodeSignals } from '../../otlp/send-encode.ts';
import type { Signal } from '../../signals/index.ts';
import { type RawLine, readLines } from '../lines.ts';
import { type LineWriter, lineWriter } from '../output.ts';
import { createProgress } from '../progress.ts';
import { UsageError, unreadable } from '../usage.ts';
import { Ancestors } from './ancestors.ts';
import { InOrder } from './in-order.ts';
import { createRecordedAssessor } from './recorded-sessions.ts';
import { type Said, saidIn, stepOf } from './telemetry.ts';

/** Spans whose place in their trace is remembered. */
export const MAX_SPANS = 200_000;
/** Steps and events that are held until they are in order of time. */
export const MAX_HELD = 2000;
/** Longer than any request that an exporter writes. */
const MAX_LINE_BYTES = 128 * 1024 * 1024;

/**
 * Reads recorded telemetry and writes it again with the signals that it gives rise to.
 *
 * @returns the exit code
 * @throws UsageError where a file cannot be read or written
 */
export async function assessRecorded(
  input: string,
  output: string,
  profiles: readonly BoundProfile[] = [],
): Promise<number> {
  await refuseSame(input, output);
  const ancestors = await readAncestors(input);
  const file = createWriteStream(output);
  const writer = lineWriter(file);
  const done = finished(file);
  // looked at below; without a handler an early failure would end the process
  done.catch(() => undefined);
  let bad: number;
  try {
    bad = await copy(input, writer, ancestors, profiles);
    file.end();
    await done;
  } catch (error) {
    file.destroy();
    const { path } = error as NodeJS.ErrnoException;
    throw unreadable(path === input ? input : output, error);
  }
  return bad > 0 ? 1 : 0;
}

/** A first reading, because a parent ends after its children and so stands behind them. */
async function readAncestors(input: string): Promise<Ancestors> {
  const ancestors = new Ancestors(MAX_SPANS);
  for await (const read of linesOf(input)) {
    const request = 'text' in read ? parse(read.text) : undefined;
    if (read.line === 1 && request === undefined && 'text' in read && /[{[,]\s*$/.test(read.text.slice(-8)))
      throw new UsageError(`${input}: one JSON value over many lines; give one request a line`);
    for (const span of spansOf(request)) ancestors.add(span, stepOf(request, span));
  }
  return ancestors;
}

async function copy(
  input: string,
  output: LineWriter,
  ancestors: Ancestors,
  profiles: readonly BoundProfile[],
): Promise<number> {
  const held = new InOrder<Said>(MAX_HELD);
  const assess = createRecordedAssessor(profiles);
  const progress = createProgress('lines');
  const assessed = (said: Said): [Said['resource'], Signal[]] => [
    said.resource,
    assess(said, ancestors.identify(said.traceId ?? '', said.spanId ?? '')),
  ];
  let bad = 0;
  for await (const read of linesOf(input)) {
    progress.tick();
    if ('bytes' in read) await output.write(read.bytes);
    if ('text' in read && read.text.trim() === '') continue;
    const request = 'text' in read ? parse(read.text) : undefined;
    const problem = 'error' in read ? read.error : problemOf(request);
    if (problem !== undefined) {
      bad += 1;
      progress.end();
      process.stderr.write(`otel-alignment: ${input}:${read.line}: ${problem}; nothing in it is assessed\n`);
      continue;
    }
    const found = new Map<Said['resource'], Signal[]>();
    for (const said of saidIn(request)) {
      const next = held.add(said);
      if (next !== undefined) collect(found, assessed(next));
    }
    await write(output, found);
  }
  for (const said of held.rest()) await write(output, collect(new Map(), assessed(said)));
  progress.end();
  return bad;
}

type Found = Map<Said['resource'], Signal[]>;

function collect(found: Found, [resource, signals]: [Said['resource'], Signal[]]): Found {
  if (signals.length > 0) found.set(resource, [...(found.get(resource) ?? []), ...signals]);
  return found;
}

async function write(output: LineWriter, found: Found): Promise<void> {
  for (const [resource, signals] of found)
    await output.write(JSON.stringify(encodeSignals(signals, resource as Record<string, string>)));
}

const linesOf = (file: string): AsyncGenerator<RawLine> => readLines(createReadStream(file), MAX_LINE_BYTES);

const KINDS = ['resourceSpans', 'resourceLogs', 'resourceMetrics', 'resourceProfiles'];

function problemOf(request: unknown): string | undefined {
  if (request === undefined) return 'not JSON';
  const known = typeof request === 'object' && request !== null && KINDS.some(kind => kind in request);
  return known ? undefined : 'no OTLP request (resourceSpans, resourceLogs, resourceMetrics)';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function refuseSame(input: string, output: string): Promise<void> {
  try {
    await stat(input);
  } catch (error) {
    throw unreadable(input, error);
  }
  const same = await Promise.all([realpath(input), realpath(output)]).then(
    ([a, b]) => a === b,
    () => false,
  );
  if (same) throw new UsageError('--out must be another file than --otlp');
}
