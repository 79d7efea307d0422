import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BinaryName, collectorConfig, findBinary, howToGet } from '../../tools/stack/binaries.ts';
import { type Collector, type CollectorOptions, startCollector } from '../../tools/stack/services.ts';
import { type Sink, startSink } from './sink.ts';

/** An overlay of collector-config/overlays, by name. */
export const shipped = (name: string): string => join(collectorConfig, 'overlays', `${name}.yaml`);
/** An overlay of the tests, by name. */
export const ofTests = (name: string): string =>
  fileURLToPath(new URL(`./overlays/${name}.yaml`, import.meta.url));

/**
 * The programs that a test file needs, by name, or `undefined` where one is missing: one line then says what is skipped and how to
 * enable it. With CI=true a missing program is an error.
 */
export function requireBinaries<N extends BinaryName>(
  what: string,
  ...names: N[]
): Record<N, string> | undefined {
  const found: Partial<Record<BinaryName, string>> = {};
  for (const name of names) {
    const path = findBinary(name)?.path;
    if (path === undefined) {
      const line = `${what}: skipped, ${name} is missing (${howToGet(name)})`;
      if (process.env['CI'] === 'true') throw new Error(line);
      console.warn(line);
      return undefined;
    }
    found[name] = path;
  }
  return found as Record<N, string>;
}

export interface PairOptions {
  readonly overlays?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly stateDir?: string;
}

export interface Pair {
  readonly sink: Sink;
  readonly collector: Collector;
  /** Folder of the disk queue. */
  readonly stateDir: string;
}

/** All bytes of the files of a folder, as text in which every ASCII string can be found. */
export function bytesOf(folder: string): string {
  return readdirSync(folder)
    .map(file => readFileSync(join(folder, file), 'latin1'))
    .join('');
}

/** Whether a Collector has a component of this type, written with or without underscores. */
export function hasComponent(binary: string, type: string): boolean {
  const list = execFileSync(binary, ['components'], { encoding: 'utf8' });
  return [...list.matchAll(/name: (\S+)/g)].some(([, name]) => name!.replaceAll('_', '') === type);
}

/** What a test starts and leaves behind; undone in reverse order. */
export class Sandbox {
  readonly #undo: (() => Promise<void> | void)[] = [];

  /** A folder of its own. */
  folder(): string {
    const path = mkdtempSync(join(tmpdir(), 'otel-alignment-test-'));
    this.defer(() => rmSync(path, { recursive: true, force: true }));
    return path;
  }

  defer(undo: () => Promise<void> | void): void {
    this.#undo.push(undo);
  }

  async sink(): Promise<Sink> {
    const sink = await startSink();
    this.defer(() => sink.close());
    return sink;
  }

  /** The committed configuration on the real Collector; stopped with the sandbox. */
  async collector(options: Omit<CollectorOptions, 'stateDir'> & { stateDir?: string }): Promise<Collector> {
    const collector = await startCollector({
      ...options,
      stateDir: options.stateDir ?? join(this.folder(), 'state'),
    });
    this.defer(() => collector.child.stop());
    return collector;
  }

  /** A sink, and a Collector that writes JSON into it and decides on traces within a second. */
  async pair(
    binary: string,
    { overlays = [], env = {}, stateDir = join(this.folder(), 'state') }: PairOptions = {},
  ): Promise<Pair> {
    const sink = await this.sink();
    const collector = await this.collector({
      binary,
      backend: sink.url,
      stateDir,
      overlays: [ofTests('json'), ...overlays],
      env: { ALIGNMENT_DECISION_WAIT: '1s', ...env },
    });
    return { sink, collector, stateDir };
  }

  async clean(): Promise<void> {
    while (this.#undo.length > 0) await this.#undo.pop()?.();
  }
}
