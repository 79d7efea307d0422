import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { distinctSignals } from '../../src/otlp/index.ts';
import { collectorConfig } from '../../tools/stack/binaries.ts';
import { readResult, record, recording } from '../agents/results.ts';
import { ROWS } from '../agents/scenarios.ts';
import { requireBinaries, Sandbox } from '../stack/harness.ts';
import type { Sink } from '../stack/sink.ts';
import { LIBRARIES } from './scenarios/libraries.ts';
import { playTask, startTelemetry } from './scenarios/play.ts';
import { TASKS } from './scenarios/scenarios.ts';

// the custom agent imports the package by its name: here that is the sources, as for the taps
vi.mock('otel-alignment', () => import('../../src/index.ts'));
vi.mock('otel-alignment/signals', () => import('../../src/signals/index.ts'));
vi.mock('otel-alignment/taps', () => import('../../src/taps/index.ts'));

const binaries = requireBinaries('scenarios of libraries', 'otelcol');
const SOURCES = ['genai', 'openinference', 'mcp', 'claude-code'];

it('every task is a row of the table', () => {
  const ids = ROWS.map(({ id }) => id);
  expect(Object.keys(TASKS).filter(id => !ids.includes(id))).toEqual([]);
});

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

  describe.each(LIBRARIES)('$name', ({ name, title, version, installed, make }) => {
    const rows = readResult(name)?.rows ?? {};
    // what a library cannot do is not played; its result says why
    const playable = Object.entries(TASKS).filter(([id]) => !isNothing(rows[id]));
    it.skipIf(!installed).each(playable)(`${name}: %s`, async (id, task) => {
      const expected = rows[id]?.signals ?? [];
      const library = await make(otlp);
      const { lines, raw } = await playTask(sandbox, sink, library, task, expected);
      if (recording) record({ agent: name, title, version, group: 'library' }, id, lines);
      else expect(lines).toEqual(expected);
      expect(raw).not.toMatch(/otel-alignment-none|made\.txt|buy milk/);
    });
  });

  const sdk = LIBRARIES.find(({ name }) => name === 'claude-agent-sdk');
  it.skipIf(sdk?.installed !== true).each(SEEN_TWICE)(
    'claude-agent-sdk, %s: seen by two observers, one signal',
    async id => {
      const library = await sdk!.make(otlp);
      const expected = readResult('claude-agent-sdk')?.rows[id]?.signals ?? [];
      const { found } = await playTask(sandbox, sink, library, TASKS[id]!, expected);
      const decisions = found.filter(({ signal }) => signal.class === 'intervention');
      expect(decisions.map(({ signal }) => signal.attributes['alignment.source.type']).sort()).toEqual([
        'harness',
        'instrumentation',
      ]);
      expect(distinctSignals(decisions)).toHaveLength(1);
    },
  );
});

/** Facts that the agent's own telemetry and the tap both see. */
const SEEN_TWICE = ['a person approves', 'a person denies', 'denied by a rule', 'nobody to ask'];

const isNothing = (cell: { signals?: readonly string[]; missing?: string } | undefined): boolean =>
  cell?.missing !== undefined && cell.signals === undefined;
