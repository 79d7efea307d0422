import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkSignal, fromLogRecord } from '../../src/signals/index.ts';
import { recorded } from '../../src/taps/hook/testing/replay.ts';
import { collectorConfig } from '../../tools/stack/binaries.ts';
import { requireBinaries, Sandbox } from '../stack/harness.ts';
import { send } from '../stack/otlp.ts';
import { runHook, SILENT } from './hook-run.ts';

const binaries = requireBinaries('the hook beside telemetry', 'otelcol');
const captured = (name: string): { resourceLogs: object[] } =>
  JSON.parse(
    readFileSync(new URL(`../fixtures/captures/claude-code/${name}/logs.json`, import.meta.url), 'utf8'),
  ) as { resourceLogs: object[] };

describe.skipIf(!binaries)('one run, seen by telemetry and by the hook', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it('the same denial has the same id, and everything of the hook is a valid signal', async () => {
    const { sink, collector } = await sandbox.pair(binaries!.otelcol, {
      overlays: [join(collectorConfig, 'sources/claude-code.yaml')],
    });
    const denied = (source: string) =>
      sink.logs.filter(
        ({ attributes: a }) =>
          a['alignment.intervention.type'] === 'denial' && a['alignment.source.type'] === source,
      );
    const { resourceLogs } = captured('tui-permission-no');
    await send(collector.otlpHttp, 'logs', { resourceLogs });
    await sink.until('the denial of the telemetry', () => denied('harness').length > 0);

    const env = {
      ALIGNMENT_HOOK_DIR: join(sandbox.folder(), 'state'),
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlpHttp,
    };
    // by default it is the telemetry's to report
    for (const event of recorded('claude-code/tui-permission-no'))
      expect(await runHook(JSON.stringify(event), { env })).toEqual(SILENT);
    for (const event of recorded('claude-code/tui-permission-no'))
      await runHook(JSON.stringify(event), { env, more: ['--decisions', 'all'] });
    await sink.until('the denial of the hook', () => denied('instrumentation').length > 0);

    expect(denied('harness')).toHaveLength(1);
    expect(denied('instrumentation')).toHaveLength(1);
    const [told] = denied('harness');
    const [seen] = denied('instrumentation');
    expect(seen?.attributes['alignment.signal.id']).toBe(told?.attributes['alignment.signal.id']);
    expect(seen?.attributes['gen_ai.conversation.id']).toBe(told?.attributes['gen_ai.conversation.id']);
    const signal = fromLogRecord({
      eventName: seen!.eventName,
      timestamp: [Number(seen!.time.slice(0, -9)), Number(seen!.time.slice(-9))],
      attributes: seen!.attributes as Record<string, string>,
    });
    expect(checkSignal(signal!)).toEqual([]);
    // without a trace of its own it joins its session's
    expect(seen?.traceId).toMatch(/^[\da-f]{32}$/);
  });
});
