import { join } from 'node:path';
import { collectorConfig } from './binaries.ts';
import { type Child, freePorts, ready, retryOnPortConflict, startChild } from './processes.ts';

const HOST = '127.0.0.1';
const at = (port: number | undefined): string => `${HOST}:${port}`;
const http = (port: number | undefined): string => `http://${at(port)}`;

export interface CollectorOptions {
  readonly binary: string;
  /** Base address that takes OTLP over HTTP. */
  readonly backend: string;
  /** Folder of the disk queue. */
  readonly stateDir: string;
  /** Configurations merged over alignment.yaml, in this order: paths. */
  readonly overlays?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly ports?: { readonly grpc?: number; readonly http?: number };
}

export interface Collector {
  readonly child: Child;
  /** Base addresses. */
  readonly otlpHttp: string;
  readonly otlpGrpc: string;
  readonly health: string;
  readonly prometheus: string;
  readonly telemetry: string;
}

/** Starts the Collector with the committed configuration and waits until it is ready. */
export function startCollector(options: CollectorOptions): Promise<Collector> {
  const { binary, backend, stateDir, overlays = [], env = {}, ports: wanted = {} } = options;
  return retryOnPortConflict(async () => {
    const [a, b, health, prometheus, telemetry] = await freePorts(5);
    const grpc = wanted.grpc ?? a;
    const web = wanted.http ?? b;
    const configs = [join(collectorConfig, 'alignment.yaml'), ...overlays].flatMap(path => [
      '--config',
      path,
    ]);
    const child = startChild('Collector', binary, configs, {
      ALIGNMENT_BACKEND: backend,
      ALIGNMENT_BACKEND_HEADERS: '',
      ALIGNMENT_STATE_DIR: stateDir,
      ALIGNMENT_OTLP_GRPC: at(grpc),
      ALIGNMENT_OTLP_HTTP: at(web),
      ALIGNMENT_HEALTH: at(health),
      ALIGNMENT_PROMETHEUS: at(prometheus),
      ALIGNMENT_TELEMETRY_HOST: HOST,
      ALIGNMENT_TELEMETRY_PORT: String(telemetry),
      ...env,
    });
    await stopOnError(child, () => ready(child, http(health)));
    return {
      child,
      otlpHttp: http(web),
      otlpGrpc: http(grpc),
      health: http(health),
      prometheus: `${http(prometheus)}/metrics`,
      telemetry: `${http(telemetry)}/metrics`,
    };
  });
}

export interface Backend {
  readonly child: Child;
  readonly otlpHttp: string;
  /** Base address of its pages and API. */
  readonly web: string;
}

/** Starts Jaeger with collector-config/jaeger.yaml, in memory. `assets`: a folder with a built Jaeger UI. */
export function startJaeger(binary: string, assets?: string): Promise<Backend> {
  return retryOnPortConflict(async () => {
    const [otlpGrpc, otlpHttp, web, grpc, health] = await freePorts(5);
    const child = startChild('Jaeger', binary, ['--config', join(collectorConfig, 'jaeger.yaml')], {
      JAEGER_OTLP_GRPC: at(otlpGrpc),
      JAEGER_OTLP_HTTP: at(otlpHttp),
      JAEGER_QUERY_HTTP: at(web),
      JAEGER_QUERY_GRPC: at(grpc),
      JAEGER_HEALTH: at(health),
      JAEGER_UI_ASSETS: assets ?? '',
    });
    await stopOnError(child, async () => {
      await ready(child, `${http(health)}/status`);
      await ready(child, `${http(web)}/api/v3/services`);
    });
    return { child, otlpHttp: http(otlpHttp), web: http(web) };
  });
}

/** Starts otel-desktop-viewer, in memory, without opening a browser. */
export function startViewer(binary: string, port?: number): Promise<Backend> {
  return retryOnPortConflict(async () => {
    const [otlpGrpc, otlpHttp, free] = await freePorts(3);
    const web = port ?? free;
    const args = [
      `--host=${HOST}`,
      `--browser-port=${web}`,
      `--grpc=${otlpGrpc}`,
      `--http=${otlpHttp}`,
      '--open-browser=false',
    ];
    const child = startChild('otel-desktop-viewer', binary, args);
    await stopOnError(child, () => ready(child, http(web)));
    return { child, otlpHttp: http(otlpHttp), web: http(web) };
  });
}

async function stopOnError(child: Child, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    await child.stop('SIGKILL');
    throw error;
  }
}
