import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Request } from '../../tools/replay/recording.ts';
import { readRecording } from '../../tools/replay/recording.ts';
import { type LogRecord, recordsIn, type Span, spansIn } from './otlp.ts';

export const CAPTURES: string = resolve(import.meta.dirname, '../fixtures/captures');

/** What one run of an agent sent. */
export interface Recording {
  /** Agent and scenario, for example `codex/human-decline`. */
  readonly name: string;
  readonly agent: string;
  readonly requests: readonly Request[];
  readonly records: readonly LogRecord[];
  readonly spans: readonly Span[];
}

export function recordingNames(): string[] {
  return readdirSync(CAPTURES, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => /\/(logs|traces)\.json$/.test(path))
    .map(path => path.slice(0, path.lastIndexOf('/')))
    .filter((path, index, all) => all.indexOf(path) === index)
    .sort();
}

export async function loadRecording(name: string): Promise<Recording> {
  const requests = await readRecording(join(CAPTURES, name));
  return {
    name,
    agent: name.split('/')[0]!,
    requests,
    records: requests.flatMap(({ body }) => recordsIn(body)),
    spans: requests.flatMap(({ body }) => spansIn(body)),
  };
}
