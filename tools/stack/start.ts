// npm run stack: Collector, Jaeger and a viewer on this machine, until Ctrl-C.
import { parseArgs } from 'node:util';
import { howToGet } from './binaries.ts';
import { withProgress } from './progress.ts';
import { type RunningStack, StackError, startStack } from './stack.ts';

const HELP = `npm run stack [-- OPTIONS]

Starts the Collector with collector-config/alignment.yaml, Jaeger and a viewer, all on the loopback interface. Ctrl-C stops them.
Nothing is kept: Jaeger and the viewer hold traces in memory. Every trace is kept and shown after two seconds, unless
ALIGNMENT_REST_PERCENT and ALIGNMENT_DECISION_WAIT say otherwise.

  --grpc PORT         OTLP over gRPC (default 4317)
  --http PORT         OTLP over HTTP (default 4318)
  --viewer-port PORT  the viewer's page (default: any free port)
  --help              this text

JAEGER_UI_ASSETS: a folder with a built Jaeger UI, whose pages are then used instead of otel-desktop-viewer's.
`;

function port(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) {
    throw new StackError(`--${option} ${value}: not a port`);
  }
  return number;
}

function table({ stack, collector, logsFile }: RunningStack): string {
  const link = stack.viewer;
  const rows: [string, string][] = [
    ['OTLP over HTTP', stack.otlpHttp],
    ['OTLP over gRPC', collector.otlpGrpc.replace('http://', '')],
    ['traces', link ?? `no page can be shown: ${howToGet('otel-desktop-viewer')}`],
    ...(link ? [['viewer', new URL('/', link).href] as [string, string]] : []),
    ['Jaeger API', `${stack.jaegerApi}/api/v3/services`],
    ['metrics', collector.prometheus],
    ["Collector's own metrics", collector.telemetry],
    ...(logsFile ? [['signals without a span', logsFile] as [string, string]] : []),
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`).join('\n');
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      grpc: { type: 'string' },
      http: { type: 'string' },
      'viewer-port': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [grpc, http, viewerPort] = (['grpc', 'http', 'viewer-port'] as const).map(name =>
    port(name, values[name]),
  );
  const jaegerAssets = process.env['JAEGER_UI_ASSETS'] || undefined;

  // npm passes Ctrl-C on a second time: only the first one counts
  const interrupted = new Promise<void>(done => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => done());
  });
  const starting = startStack({
    ...(grpc === undefined ? {} : { grpc }),
    ...(http === undefined ? {} : { http }),
    ...(viewerPort === undefined ? {} : { viewerPort }),
    ...(jaegerAssets === undefined ? {} : { jaegerAssets }),
  });
  const running = await withProgress('Collector, Jaeger and the viewer', () => starting);
  console.log(`${table(running)}\n\nCtrl-C stops it.`);
  const end = await Promise.race([interrupted, running.broken]);
  await withProgress('stopping', () => running.stop());
  if (end === undefined) return 0;
  console.error(`${end.name} ended by itself:\n${end.output().slice(-4_000)}`);
  return 1;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof StackError ? error.message : error);
  return 1;
});
