import { beforeAll, describe, expect, it } from 'vitest';
import { readRecord, readSpan } from '../../src/dialects/index.ts';
import { DIALECTS } from '../../src/dialects/tables.generated.ts';
import { requireBinaries } from '../stack/harness.ts';
import { asRecordSignal, asSpanSignal, signalsOfRecord, signalsOfSpan } from './expected.ts';
import { recordsIn, spansIn } from './otlp.ts';
import { allRecordings, type Output, spanKey, through } from './run.ts';
import { NOTHING, SECRET, WRITTEN } from './written.ts';

const binaries = requireBinaries('records written by hand', 'otelcol');
const recordings = await allRecordings();
const rowsOf = (requests: readonly { readonly body: object }[]): string[] =>
  requests
    .flatMap(({ body }) => [...recordsIn(body).flatMap(readRecord), ...spansIn(body).flatMap(readSpan)])
    .map(({ row }) => row);

describe('the rows', () => {
  const recorded = new Set(recordings.flatMap(({ requests }) => rowsOf(requests)));
  const rows = DIALECTS.flatMap(({ events = [] }) => events).filter(({ event }) => event !== 'none');

  it.each(rows.map(({ id }) => id))('%s: a recording or a record written by hand is read by it', id => {
    expect(
      recorded.has(id) || WRITTEN.some(({ row, requests }) => row === id && rowsOf(requests).includes(id)),
    ).toBe(true);
  });

  it.each(WRITTEN.map(({ row, requests }) => [row, requests] as const))(
    '%s alone reads what is written for it',
    (row, requests) => {
      expect(rowsOf(requests)).toEqual([row]);
    },
  );

  it.each(NOTHING.map(({ row, requests }) => [row, requests] as const))('none reads: %s', (_, requests) => {
    expect(rowsOf(requests)).toEqual([]);
  });
});

describe.skipIf(!binaries)('records written by hand, sent through the Collector with all sources', () => {
  let output: Output;
  const all = [...WRITTEN, ...NOTHING];
  const records = all.flatMap(({ requests }) => requests.flatMap(({ body }) => recordsIn(body)));
  const spans = all.flatMap(({ requests }) => requests.flatMap(({ body }) => spansIn(body)));
  beforeAll(async () => {
    output = await through(
      binaries!.otelcol,
      all.flatMap(({ requests }) => requests),
    );
  });

  const id = ({ attributes }: { attributes: Record<string, unknown> }): string =>
    String(attributes['alignment.signal.id']);

  it.each(WRITTEN.map(({ row, requests }, index) => [row, index, requests] as const))(
    '%s (%i): key by key what the tables give in TypeScript',
    (_, __, requests) => {
      for (const { body } of requests) {
        for (const signal of recordsIn(body).flatMap(signalsOfRecord)) {
          expect(output.signals.map(asRecordSignal).filter(found => id(found) === id(signal))).toEqual([
            signal,
          ]);
        }
        for (const signal of spansIn(body).flatMap(signalsOfSpan)) {
          expect(output.spans.map(asSpanSignal).filter(found => id(found) === id(signal))).toEqual([signal]);
        }
      }
    },
  );

  it('nothing else is a signal, and nothing is lost', () => {
    expect(output.signals.map(id).sort()).toEqual(records.flatMap(signalsOfRecord).map(id).sort());
    const stated = output.spans.filter(({ attributes }) => 'alignment.signal.class' in attributes);
    expect(stated.map(id).sort()).toEqual(spans.flatMap(signalsOfSpan).map(id).sort());
    expect(output.others).toHaveLength(records.length);
    expect(output.spans.map(spanKey).sort()).toEqual(spans.map(spanKey).sort());
    for (const text of ['rm -rf / please', 'free text', 'say \\"', 'style commands are']) {
      expect(JSON.stringify(output.signals)).not.toContain(text);
    }
  });

  it('content of records that no row reads does not leave either', () => {
    expect(JSON.stringify(records)).toContain(SECRET);
    expect(JSON.stringify(output.others)).toContain('gemini_cli.conseca.verdict');
    expect(JSON.stringify(output)).not.toContain(SECRET);
  });
});
