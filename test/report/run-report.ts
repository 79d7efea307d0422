import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figures } from '../../src/analysis/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'src/cli/main.ts');

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export function report(args: readonly string[], input?: string | Buffer): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'report', ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    ...(input === undefined ? {} : { input }),
  });
  return { code: status, out: stdout, err: stderr };
}

/** The figures of files, as `--json` gives them. */
export function figuresOf(files: readonly string[], ...options: string[]): Figures {
  const { code, out, err } = report([...files, '--json', ...options]);
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as Figures;
}

/** A folder of its own, to be removed by the caller. */
export function folder(): {
  readonly path: string;
  file(name: string, content: string | Buffer): string;
  remove(): void;
} {
  const path = mkdtempSync(join(tmpdir(), 'otel-alignment-report-'));
  return {
    path,
    file(name, content) {
      const file = join(path, name);
      writeFileSync(file, content);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

export const jsonLines = (requests: readonly object[]): string =>
  requests.map(request => `${JSON.stringify(request)}\n`).join('');

/** The demo's session, written by the demo itself. */
export function runDemo(file: string, ...options: string[]): void {
  execFileSync(
    process.execPath,
    [join(root, 'examples/custom-agent/main.ts'), '--scripted', '--out', file, ...options],
    {
      env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', NO_COLOR: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
}

/** The recorded telemetry of agents, of every run that was captured. */
export const captured = (...agents: string[]): string[] =>
  agents.flatMap(agent => {
    const runs = join(root, 'test/fixtures/captures', agent);
    return readdirSync(runs, { recursive: true, encoding: 'utf8' })
      .filter(file => /[\\/](logs|traces)\.json$/.test(file))
      .sort()
      .map(file => join(runs, file));
  });
