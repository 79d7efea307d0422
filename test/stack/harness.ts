import { mkdtempSync, rmSync } from 'node:fs';
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
    { overlays = [], env = {} }: { overlays?: string[]; env?: NodeJS.ProcessEnv } = {},
  ): Promise<{ sink: Sink; collector: Collector }> {
    const sink = await this.sink();
    const collector = await this.collector({
      binary,
      backend: sink.url,
      overlays: [ofTests('json'), ...overlays],
      env: { ALIGNMENT_DECISION_WAIT: '1s', ...env },
    });
    return { sink, collector };
  }

  async clean(): Promise<void> {
    while (this.#undo.length > 0) await this.#undo.pop()?.();
  }
}
