import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { syntheticIds } from '../../src/signals/id.ts';
import { allSources } from '../../tools/replay/run.ts';
import { collectorConfig } from '../../tools/stack/binaries.ts';
import { requireBinaries, Sandbox, shipped } from '../stack/harness.ts';
import { send } from '../stack/otlp.ts';
import { signalsOfRecord, signalsOfSpan } from './expected.ts';
import { loadRecording } from './recordings.ts';

const binaries = requireBinaries('the sources with overlays', 'otelcol');
const run = promisify(execFile);
const KEY = 'a key of more than thirty-two bytes, for tests';
const hmac = (text: unknown): string => createHmac('sha256', KEY).update(String(text)).digest('hex');

describe.skipIf(!binaries)('sources', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  const validate = (files: readonly string[]): Promise<unknown> =>
    run(
      binaries!.otelcol,
      [
        'validate',
        ...[join(collectorConfig, 'alignment.yaml'), ...files].flatMap(file => ['--config', file]),
      ],
      {
        env: {
          PATH: process.env['PATH'],
          ALIGNMENT_BACKEND: 'http://127.0.0.1:4318',
          ALIGNMENT_STATE_DIR: join(sandbox.folder(), 'state'),
          ALIGNMENT_HMAC_KEY: KEY,
        },
      },
    );

  it.each(allSources().map(file => [file.slice(collectorConfig.length + 1), file]))(
    '%s is accepted alone',
    async (_, file) => {
      await validate([file]);
    },
  );

  it('are accepted all together, before and behind the overlays', async () => {
    await validate(allSources());
    await validate([...allSources(), shipped('strict'), shipped('pseudonyms')]);
    await validate([shipped('pseudonyms'), ...allSources()]);
  });

  it.each([
    ['before', (sources: string[], overlay: string) => [...sources, overlay]],
    ['behind', (sources: string[], overlay: string) => [overlay, ...sources]],
  ])('given %s overlays/pseudonyms.yaml, their signals leave with pseudonyms too', async (_, order) => {
    const { sink, collector } = await sandbox.pair(binaries!.otelcol, {
      overlays: order(allSources(), shipped('pseudonyms')),
      env: { ALIGNMENT_HMAC_KEY: KEY, ALIGNMENT_REST_PERCENT: '100' },
    });
    const names = [
      'codex/human-decline',
      'codex/human-interrupt-tool',
      'claude-agent-sdk/set-permission-mode',
    ];
    const recordings = await Promise.all(names.map(loadRecording));
    for (const { requests } of recordings) {
      for (const { path, body } of requests) await send(collector.otlpHttp, path, body);
    }
    const records = recordings.flatMap(({ records: all }) => all.flatMap(signalsOfRecord));
    const spans = recordings.flatMap(({ spans: all }) => all.flatMap(signalsOfSpan));
    const signals = (): typeof sink.logs =>
      sink.logs.filter(({ eventName }) => eventName.startsWith('alignment.'));
    const stated = (): typeof sink.spans =>
      sink.spans.filter(span => 'alignment.signal.class' in span.attributes);
    await sink.until(
      'all signals',
      () => signals().length === records.length && stated().length === spans.length,
    );

    const pseudonym = (id: unknown): string => hmac(id).slice(0, 32);
    const ids = (found: readonly { attributes: Record<string, unknown> }[]): unknown[] =>
      found.map(({ attributes }) => attributes['alignment.signal.id']).sort();
    expect(ids(signals())).toEqual(
      records.map(({ attributes }) => pseudonym(attributes['alignment.signal.id'])).sort(),
    );
    expect(ids(stated())).toEqual(
      spans.map(({ attributes }) => pseudonym(attributes['alignment.signal.id'])).sort(),
    );
    for (const { attributes } of records) {
      expect(sink.raw.join('')).not.toContain(String(attributes['gen_ai.conversation.id']));
    }
    const changed = signals().find(
      ({ attributes }) => attributes['alignment.boundary.to'] === 'bypassPermissions',
    )!;
    expect({ traceId: changed.traceId, spanId: changed.spanId }).toEqual(
      syntheticIds(
        String(changed.attributes['gen_ai.conversation.id']),
        String(changed.attributes['alignment.signal.id']),
      ),
    );
  });

  it('under overlays/strict.yaml signals alone leave', async () => {
    const { sink, collector } = await sandbox.pair(binaries!.otelcol, {
      overlays: [...allSources(), shipped('strict')],
      env: { ALIGNMENT_HMAC_KEY: KEY },
    });
    const { requests, records, spans } = await loadRecording('codex/human-interrupt-tool');
    for (const { path, body } of requests) await send(collector.otlpHttp, path, body);
    const expected = records.flatMap(signalsOfRecord);
    await sink.until('all signals', () => sink.logs.length >= expected.length && sink.spans.length >= 1);
    expect(sink.logs.map(({ attributes }) => attributes['alignment.signal.id']).sort()).toEqual(
      expected.map(({ attributes }) => attributes['alignment.signal.id']).sort(),
    );
    expect(sink.spans.map(({ name }) => name)).toEqual(['op.dispatch.interrupt']);
    expect(sink.spans[0]!.attributes).toEqual(spans.flatMap(signalsOfSpan)[0]!.attributes);
  });
});
