import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectorConfig } from '../../../tools/stack/binaries.ts';
import { expectedOf, readResult, record, recording } from '../../agents/results.ts';
import { requireBinaries, Sandbox } from '../../stack/harness.ts';
import type { Sink } from '../../stack/sink.ts';
import type { LibraryUnderTest } from './libraries.ts';
import { playTask, startTelemetry } from './play.ts';
import { TASKS } from './scenarios.ts';

const SOURCES = ['genai', 'openinference', 'mcp', 'claude-code'];

/** Plays every scenario with real libraries, through the Collector with its committed configuration. Once a process. */
export function testLibraries(libraries: readonly LibraryUnderTest[]): void {
  const binaries = requireBinaries('scenarios of libraries', 'otelcol');
  describe.skipIf(!binaries)('the scenarios of the table, with real libraries', () => {
    const sandbox = new Sandbox();
    let sink: Sink;
    let otlp = '';
    beforeAll(async () => {
      const { collector, sink: backend } = await sandbox.pair(binaries!.otelcol, {
        overlays: SOURCES.map(name => join(collectorConfig, 'sources', `${name}.yaml`)),
        env: { ALIGNMENT_REST_PERCENT: '100' },
      });
      sink = backend;
      otlp = collector.otlpHttp;
      startTelemetry(otlp);
    });
    afterAll(() => sandbox.clean());

    describe.each(libraries)('$name', ({ name, title, version, installed, make }) => {
      const rows = readResult(name)?.rows ?? {};
      // what a library cannot do is not played; its result says why
      const playable = Object.entries(TASKS).filter(([id]) => !isNothing(rows[id]));
      it.skipIf(!installed).each(playable)(`${name}: %s`, async (id, task) => {
        const expected = expectedOf(name, id);
        const library = await make(otlp);
        const { cell, raw } = await playTask(sandbox, sink, library, task, expected.signals);
        if (recording) record({ agent: name, title, version, group: 'library' }, id, cell);
        else expect(cell).toEqual(expected);
        expect(raw).not.toMatch(/otel-alignment-none|made\.txt|buy milk|someone else/);
      });
    });
  });
}

const isNothing = (cell: { signals?: readonly string[]; missing?: string } | undefined): boolean =>
  cell?.missing !== undefined && cell.signals === undefined;
