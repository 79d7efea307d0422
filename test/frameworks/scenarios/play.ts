import { setTimeout as delay } from 'node:timers/promises';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { type FoundSignal, signalsOf } from '../../../src/otlp/index.ts';
import { AlignmentSpanProcessor } from '../../../src/processor/index.ts';
import { sessionKey, withAlignmentContext } from '../../../src/signals/index.ts';
import { line } from '../../../src/taps/hook/testing/replay.ts';
import { startModel, type Turn } from '../../agents/model.ts';
import { cellOf, recording, type Told } from '../../agents/results.ts';
import type { Sandbox } from '../../stack/harness.ts';
import type { Sink } from '../../stack/sink.ts';
import { type Library, type Task, WORKSPACE } from './task.ts';

/** What an application sets up once: the processor, and an exporter to the Collector. */
export function startTelemetry(otlp: string): void {
  const exporter = new OTLPTraceExporter({ url: `${otlp}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'scenarios' }),
    spanProcessors: [new AlignmentSpanProcessor(), new SimpleSpanProcessor({ exporter })] as never,
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
}

let sessions = 0;

export interface Played {
  readonly cell: ReturnType<typeof cellOf>;
  /** Everything that reached the backend, as it came. */
  readonly raw: string;
}

/**
 * Plays a task in a session of its own and returns what the backend got, and the cell of the table that it makes.
 *
 * @param expected lines to wait for: what is still missing after a while is for the test to say
 */
export async function playTask(
  sandbox: Sandbox,
  sink: Sink,
  library: Library,
  task: Task,
  expected: readonly string[],
): Promise<Played> {
  const { words = (turn: Turn) => turn, asides } = library;
  const model = await startModel(task.script.map(words), asides);
  sandbox.defer(() => model.close());
  const before = sink.raw.length;
  const last = await withAlignmentContext(
    { conversationId: `scenario-${++sessions}`, workspace: WORKSPACE, humanInvolvement: 'approval_required' },
    () =>
      trace.getTracer('application').startActiveSpan('scenario', async span => {
        try {
          const trace = await library.play(task, model).catch((error: Error) => {
            if (!ends(task)) throw error;
          });
          return { ...span.spanContext(), ...(trace && { traceId: trace }) };
        } finally {
          span.end();
        }
      }),
  );
  await model.close();
  const found = (): FoundSignal[] => signalsIn(sink.raw.slice(before), last.traceId);
  const cell = (): ReturnType<typeof cellOf> => cellOf(found().map(toldOf));
  await sink.until('the last span', () => sink.spans.some(({ spanId }) => spanId === last.spanId));
  if (recording) await quiet(sink);
  await sink
    .until('the expected signals', () => expected.every(one => cell().signals.includes(one)), 10_000)
    .catch(() => {});
  return { cell: cell(), raw: sink.raw.slice(before).join('\n') };
}

/** A task that ends before its script does: libraries say so with an error. */
const ends = ({ stop, guard, person }: Task): boolean =>
  stop !== undefined || guard === true || person?.('') === 'cancel';

/** Nothing more comes: only where a run is written down, and nothing is expected of it yet. */
async function quiet(sink: Sink): Promise<void> {
  for (let before = -1; before !== sink.raw.length; await delay(4_000)) before = sink.raw.length;
}

/** What belongs to the run: what stands in its trace, and what has the session of something that does. */
function signalsIn(requests: readonly string[], trace: string): FoundSignal[] {
  const found = requests.flatMap(text => [...signalsOf(JSON.parse(text))]);
  const sessionOf = ({ signal, resource }: FoundSignal): string =>
    sessionKey({ signal: signal.attributes, resource });
  const inTrace = ({ signal }: FoundSignal): boolean => signal.traceId === trace;
  const sessions = new Set(found.filter(inTrace).map(sessionOf));
  return found.filter(one => inTrace(one) || sessions.has(sessionOf(one)));
}

const toldOf = ({ signal }: FoundSignal): Told => ({
  source: String(signal.attributes['alignment.source.type']),
  line: line(signal),
  attributes: signal.attributes,
  severity: signal.severity,
});
