import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const folder: string = fileURLToPath(new URL('../../examples/adopt', import.meta.url));

/** An application of examples/adopt. */
export interface App {
  readonly name: string;
  readonly title: string;
  /** What the change rests on, for the page. */
  readonly about: string;
  /** Where its exporter is told to send. */
  env(url: string): Record<string, string>;
  /** The path that the vendor's exporter adds, or is given. */
  readonly path: string;
}

export const APPS: readonly App[] = [
  {
    name: 'node-sdk',
    title: 'NodeSDK with OTLP',
    about:
      '`withAlignment` leaves the exporter alone that NodeSDK builds from the environment. A list of span processors in its place would silently remove it.',
    env: url => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url }),
    path: '/v1/traces',
  },
  {
    name: 'langfuse',
    title: '@langfuse/otel',
    about: '`withAlignment` puts our processor before the one that exports.',
    env: url => ({
      LANGFUSE_BASE_URL: url,
      LANGFUSE_PUBLIC_KEY: 'pk-lf-example',
      LANGFUSE_SECRET_KEY: 'sk-lf-example',
    }),
    path: '/api/public/otel/v1/traces',
  },
  {
    name: 'openinference',
    title: '@arizeai/openinference-vercel with Phoenix',
    about: 'Ours stands before the processor that turns the spans into OpenInference and exports them.',
    env: url => ({ PHOENIX_COLLECTOR_ENDPOINT: `${url}/v1/traces` }),
    path: '/v1/traces',
  },
  {
    name: 'traceloop',
    title: '@traceloop/node-server-sdk',
    about:
      'The package brings an SDK of its own (2.0.1) that never calls `onEnding`. `register` goes around the provider instead; it comes before the import of the SDK.',
    env: url => ({ TRACELOOP_BASE_URL: url, TRACELOOP_API_KEY: 'example', TRACELOOP_SYNC_ENABLED: 'false' }),
    path: '/v1/traces',
  },
  {
    name: 'by-hand',
    title: 'Plain `gen_ai.*` spans by hand',
    about: 'Ours stands before the processor that exports.',
    env: url => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url }),
    path: '/v1/traces',
  },
];

export const isInstalled = (): boolean => existsSync(join(folder, 'node_modules/otel-alignment'));
