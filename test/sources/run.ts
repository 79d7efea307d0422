import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Request } from '../../tools/replay/recording.ts';
import { replay } from '../../tools/replay/run.ts';
import { type Attributes, tracesRequest } from '../stack/otlp.ts';
import { type LogRecord, recordsIn, type Span, spansIn } from './otlp.ts';
import { CAPTURES, loadRecording, type Recording, recordingNames } from './recordings.ts';

/** Spans that were kept in memory, as their program would have sent them. */
function fromMemory(name: string): Recording {
  const { spans } = JSON.parse(readFileSync(join(CAPTURES, `${name}.json`), 'utf8')) as {
    spans: {
      name: string;
      traceId?: string;
      scope?: string;
      attributes: Attributes;
      status?: { code: number; message?: string };
    }[];
  };
  // a trace id where none was kept: made of the recording's name
  const trace = Buffer.from(name).toString('hex').padEnd(32, '0').slice(-32);
  const requests: Request[] = spans.map((span, index) => ({
    path: 'traces',
    from: name,
    body: tracesRequest(
      [
        {
          name: span.name,
          traceId: span.traceId ?? trace,
          spanId: (index + 1).toString(16).padStart(16, '0'),
          attributes: span.attributes,
          ...(span.status === undefined ? {} : { status: span.status }),
        },
      ],
      { scope: span.scope ?? 'test' },
    ),
  }));
  return {
    name,
    agent: name.split('/')[0]!,
    requests,
    records: [],
    spans: requests.flatMap(({ body }) => spansIn(body)),
  };
}

const MEMORY = [
  'langgraph/interrupt-approve',
  'langgraph/interrupt-edit',
  'vercel-ai-sdk/abort',
  'vercel-ai-sdk/user-approved',
  'synthetic/mcp',
];

export async function allRecordings(): Promise<Recording[]> {
  return [...(await Promise.all(recordingNames().map(loadRecording))), ...MEMORY.map(fromMemory)];
}

/** What came out of the Collector. */
export interface Output {
  readonly signals: readonly LogRecord[];
  readonly others: readonly LogRecord[];
  readonly spans: readonly Span[];
  /** All of it, as text. */
  readonly text: string;
}

/** Sends requests through the committed configuration with every source. */
export async function through(binary: string, requests: readonly Request[]): Promise<Output> {
  const lines = await replay(binary, requests);
  const records = lines.flatMap(recordsIn);
  const isSignal = (record: LogRecord): boolean => record.eventName.startsWith('alignment.');
  return {
    signals: records.filter(isSignal),
    others: records.filter(record => !isSignal(record)),
    spans: lines.flatMap(spansIn),
    text: lines.map(line => JSON.stringify(line)).join('\n'),
  };
}

/** The session that a log record names, whatever the key: sessions tell the recordings apart. */
export function sessionOf({
  attributes,
}: {
  readonly attributes: Readonly<Record<string, unknown>>;
}): string {
  const keys = ['gen_ai.conversation.id', 'session.id', 'conversation.id', 'ulid'];
  return String(keys.map(key => attributes[key]).find(value => value !== undefined));
}

export const spanKey = ({ traceId, spanId }: { traceId: string; spanId: string }): string =>
  `${traceId}/${spanId}`;
