import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '../../src/otlp/index.ts';

/** Something that the caller can put right; its message says how. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
}

export type SignalPath = 'traces' | 'logs';

/** One OTLP/JSON request, small enough for a receiver, and where it comes from. */
export interface Request {
  readonly path: SignalPath;
  readonly body: object;
  readonly from: string;
}

type Group = Readonly<Record<string, unknown>>;

const FILES = [
  { file: 'logs.json', path: 'logs', resources: 'resourceLogs', scopes: 'scopeLogs', items: 'logRecords' },
  { file: 'traces.json', path: 'traces', resources: 'resourceSpans', scopes: 'scopeSpans', items: 'spans' },
] as const;

/** Spans or records in a request: a receiver takes 20 MiB. */
const REQUEST_ITEMS = 1_000;

/**
 * The requests of a recording, logs first.
 *
 * @throws ReplayError where there is no recording, or a file is none
 */
export async function readRecording(folder: string): Promise<Request[]> {
  if (!existsSync(folder)) throw new ReplayError(`${folder} does not exist: name the folder of a recording`);
  if (!statSync(folder).isDirectory()) {
    throw new ReplayError(`${folder} is no folder: name the folder that holds logs.json or traces.json`);
  }
  const present = FILES.filter(({ file }) => existsSync(join(folder, file)));
  if (present.length === 0) {
    throw new ReplayError(
      `${folder} has neither logs.json nor traces.json: put the recorded OTLP/JSON there under one of these names`,
    );
  }
  const requests: Request[] = [];
  for (const { file, path, resources, scopes, items } of present) {
    const from = join(folder, file);
    for await (const line of readJson(from)) {
      if ('error' in line) {
        throw new ReplayError(
          `${from}:${line.line}: is no JSON (${line.error}): write one OTLP/JSON request a file or a line`,
        );
      }
      const groups = (line.value as Group | null)?.[resources];
      if (!Array.isArray(groups)) {
        throw new ReplayError(
          `${from}:${line.line}: has no ${resources}: ${file} holds OTLP/JSON ${path} requests`,
        );
      }
      for (const group of groups as Group[]) {
        for (const scope of listOf(group[scopes])) {
          const all = listOf(scope[items]);
          for (let start = 0; start < all.length; start += REQUEST_ITEMS) {
            const part = { ...scope, [items]: all.slice(start, start + REQUEST_ITEMS) };
            requests.push({ path, from, body: { [resources]: [{ ...group, [scopes]: [part] }] } });
          }
        }
      }
    }
  }
  return requests;
}

const listOf = (value: unknown): Group[] => (Array.isArray(value) ? value : []);
