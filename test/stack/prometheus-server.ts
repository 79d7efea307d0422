import { accessSync, constants, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { freePorts, ready, startChild } from '../../tools/stack/processes.ts';
import type { Sandbox } from './harness.ts';

/** A program of Debian's package prometheus: named by its variable, else on PATH. */
function find(program: 'prometheus' | 'promtool'): string | undefined {
  const named = process.env[program.toUpperCase()];
  const candidates = named
    ? [named]
    : (process.env['PATH'] ?? '').split(delimiter).map(folder => join(folder, program));
  return candidates.find(path => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The program, or `undefined` after one line that says what is skipped. With CI=true a missing one is an error. */
export function requirePrometheus(
  what: string,
  program: 'prometheus' | 'promtool' = 'prometheus',
): string | undefined {
  const path = find(program);
  if (path === undefined) {
    const line = `${what}: skipped, ${program} is missing (apt-get install -y --no-install-recommends prometheus, or set ${program.toUpperCase()} to its path)`;
    if (process.env['CI'] === 'true') throw new Error(line);
    console.warn(line);
  }
  return path;
}

export interface ScrapeJob {
  readonly job_name: string;
  readonly honor_labels?: boolean;
  /** Hosts with ports. */
  readonly targets: readonly string[];
}

export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

export interface Prometheus {
  /** The value of an expression with one series; NaN where there is none. */
  readonly query: (expression: string) => Promise<number>;
  readonly series: (expression: string) => Promise<readonly Series[]>;
}

/** A Prometheus of the test's own that scrapes five times a second; stopped with the sandbox. */
export async function startPrometheus(
  sandbox: Sandbox,
  binary: string,
  jobs: readonly ScrapeJob[],
): Promise<Prometheus> {
  const folder = sandbox.folder();
  const config = join(folder, 'prometheus.yml');
  // JSON is YAML
  writeFileSync(
    config,
    JSON.stringify({
      global: { scrape_interval: '200ms' },
      scrape_configs: jobs.map(({ targets, ...job }) => ({ ...job, static_configs: [{ targets }] })),
    }),
  );
  const [port] = await freePorts(1);
  const web = `http://127.0.0.1:${port}`;
  const child = startChild('Prometheus', binary, [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ]);
  sandbox.defer(() => child.stop());
  await ready(child, `${web}/-/ready`);
  const series = async (expression: string): Promise<readonly Series[]> => {
    const answer = await fetch(`${web}/api/v1/query?${new URLSearchParams({ query: expression })}`);
    const body = (await answer.json()) as { error?: string; data?: { result: Series[] } };
    if (body.data === undefined) throw new Error(`${expression}: ${body.error}`);
    return body.data.result;
  };
  return {
    series,
    query: async expression => {
      const [first] = await series(expression);
      return first === undefined ? Number.NaN : Number(first.value[1]);
    },
  };
}
