import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { agentSources } from '../agents/agents.ts';
import { cacheFolder, collectorConfig, findBinary, howToGet } from './binaries.ts';
import { pageOpens } from './pages.ts';
import { type Child, isFree } from './processes.ts';
import { announce, runningStack, type Stack, withdraw } from './running.ts';
import { type Backend, type Collector, startCollector, startJaeger, startViewer } from './services.ts';

export interface StackOptions {
  /** OTLP ports of the Collector; default 4317 and 4318. */
  readonly grpc?: number;
  readonly http?: number;
  readonly viewerPort?: number;
  /** A folder with a built Jaeger UI: its pages are then used instead of otel-desktop-viewer's. */
  readonly jaegerAssets?: string;
}

export interface RunningStack {
  readonly stack: Stack;
  readonly collector: Collector;
  /** The file that takes signals without a span, where no viewer shows logs. */
  readonly logsFile?: string;
  /** Resolves with the name of the program that ended by itself. */
  readonly broken: Promise<Child>;
  readonly stop: () => Promise<void>;
}

/** Set-up that a person can mend; the message says how. */
export class StackError extends Error {
  override readonly name = 'StackError';
}

const PLACE = '{traceId}';

/** Starts Collector, Jaeger and a viewer, and says so in the cache folder. */
export async function startStack(options: StackOptions = {}): Promise<RunningStack> {
  const { grpc = 4317, http = 4318, viewerPort, jaegerAssets } = options;
  const other = await runningStack();
  if (other)
    throw new StackError(`a stack is running already (process ${other.pid}, OTLP at ${other.otlpHttp})`);
  const otelcol = needed('otelcol');
  const jaegerBinary = needed('jaeger');
  const viewerBinary = jaegerAssets === undefined ? findBinary('otel-desktop-viewer')?.path : undefined;
  for (const [port, option] of [
    [grpc, '--grpc'],
    [http, '--http'],
    [viewerPort, '--viewer-port'],
  ] as const) {
    if (port !== undefined && !(await isFree(port))) {
      throw new StackError(`port ${port} is taken; choose another with ${option}`);
    }
  }

  const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-stack-'));
  const children: Child[] = [];
  // the Collector first, so that what it still holds reaches the others
  const stop = async (): Promise<void> => {
    withdraw();
    for (const child of [...children].reverse()) await child.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const jaeger = await startJaeger(jaegerBinary, jaegerAssets);
    children.push(jaeger.child);
    const viewer = viewerBinary === undefined ? undefined : await startViewer(viewerBinary, viewerPort);
    if (viewer) children.push(viewer.child);
    const logsFile = join(cacheFolder(), 'stack-signals.jsonl');
    const overlay = join(folder, 'overlay.yaml');
    if (viewer) writeFileSync(overlay, stringify(viewerOverlay(viewer)));
    const collector = await startCollector({
      binary: otelcol,
      backend: jaeger.otlpHttp,
      stateDir: join(folder, 'state'),
      overlays: [...agentSources, viewer ? overlay : join(collectorConfig, 'overlays/logs-to-file.yaml')],
      ports: { grpc, http },
      env: {
        ALIGNMENT_LOGS_FILE: logsFile,
        // somebody is looking: everything, and soon
        ALIGNMENT_REST_PERCENT: process.env['ALIGNMENT_REST_PERCENT'] ?? '100',
        ALIGNMENT_DECISION_WAIT: process.env['ALIGNMENT_DECISION_WAIT'] ?? '2s',
      },
    });
    children.push(collector.child);
    const page = await tracePage(jaeger, viewer);
    const stack: Stack = {
      otlpHttp: collector.otlpHttp,
      ...(page === undefined ? {} : { viewer: page }),
      jaegerApi: jaeger.web,
      health: collector.health,
      pid: process.pid,
    };
    announce(stack);
    const broken = Promise.race(children.map(child => child.exited.then(() => child)));
    return { stack, collector, broken, stop, ...(viewer ? {} : { logsFile }) };
  } catch (error) {
    await stop();
    throw error;
  }
}

function needed(name: 'otelcol' | 'jaeger'): string {
  const found = findBinary(name);
  if (found === undefined) throw new StackError(`${name} is missing: ${howToGet(name)}`);
  return found.path;
}

/** The viewer as a second backend: it gets each span once, like the first, and the log records, which the first does not take. */
export function viewerOverlay(viewer: Pick<Backend, 'otlpHttp'>): object {
  return {
    exporters: {
      'otlp_http/viewer': {
        endpoint: viewer.otlpHttp,
        sending_queue: {
          sizer: 'items',
          queue_size: 200_000,
          batch: { flush_timeout: '200ms', min_size: 512 },
        },
      },
    },
    service: {
      pipelines: {
        'traces/signals': { exporters: ['otlp_http/signals', 'otlp_http/viewer'] },
        'traces/rest': { exporters: ['otlp_http/rest', 'otlp_http/viewer'] },
        'logs/signals': { exporters: ['otlp_http/viewer', 'count'] },
        'logs/other': { exporters: ['otlp_http/viewer'] },
      },
    },
  };
}

/** The address of a trace's page, from the first program whose page is one. */
async function tracePage(jaeger: Backend, viewer: Backend | undefined): Promise<string | undefined> {
  const candidates = [...(viewer ? [`${viewer.web}/traces/${PLACE}`] : []), `${jaeger.web}/trace/${PLACE}`];
  for (const candidate of candidates) {
    if (await pageOpens(candidate.replace(PLACE, '0'.repeat(31).concat('1')))) return candidate;
  }
  return undefined;
}
