import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { requireBinaries } from '../stack/harness.ts';
import { asRecordSignal, asSpanSignal, ours, signalsOfRecord, signalsOfSpan } from './expected.ts';
import type { Recording } from './recordings.ts';
import { allRecordings, type Output, sessionOf, spanKey, through } from './run.ts';

const binaries = requireBinaries('the recordings of agents', 'otelcol');
const EXPECTED = resolve(import.meta.dirname, 'expected');
/** `ALIGNMENT_UPDATE_EXPECTED=1` writes the files anew (then `npm run format`); the difference is for a person to read. */
const update = process.env['ALIGNMENT_UPDATE_EXPECTED'] === '1';
const recordings = await allRecordings();

/** Values under these keys are what a person, a model or a tool said. */
const CONTENT =
  /^(prompt|prompt_text|user_prompt|full_command|bash_command|tool_parameters|tool_input|arguments|function_args|output|content|response|response_text|request_text|error|error\.message|hook_input|hook_output|input\.value|output\.value|gen_ai\..*\.messages|gen_ai\.system_instructions|gen_ai\.tool\.definitions|gen_ai\.tool\.call\.(arguments|result)|exception\.message)$/;

const byId = (
  a: { attributes: Record<string, unknown> },
  b: { attributes: Record<string, unknown> },
): number =>
  String(a.attributes['alignment.signal.id']).localeCompare(String(b.attributes['alignment.signal.id']));

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, item]) => [key, sorted(item)]),
        )
      : value;

describe('the expected files', () => {
  it('are one for each recording', () => {
    const files = readdirSync(EXPECTED, { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.json'))
      .map(file => file.replaceAll('\\', '/').slice(0, -'.json'.length));
    expect(files.sort()).toEqual(recordings.map(({ name }) => name).sort());
  });
});

describe.skipIf(!binaries)('a recording sent through the Collector with all sources', () => {
  let output: Output;
  const owners = new Map<string, string>();
  beforeAll(async () => {
    for (const { name, records, spans } of recordings) {
      for (const key of [...records.map(sessionOf), ...spans.map(span => span.traceId)]) {
        if (key === 'undefined') continue;
        const other = owners.get(key);
        if (other !== undefined && other !== name) throw new Error(`${name} and ${other} share ${key}`);
        owners.set(key, name);
      }
    }
    output = await through(
      binaries!.otelcol,
      recordings.flatMap(({ requests }) => requests),
    );
  });

  const signalsOf = ({ name }: Recording): Output['signals'] =>
    output.signals.filter(record => owners.get(sessionOf(record)) === name);
  const spansOf = ({ name }: Recording): Output['spans'] =>
    output.spans.filter(span => owners.get(span.traceId) === name);

  it.each(recordings.map(recording => [recording.name, recording] as const))(
    '%s: every signal, in full',
    (name, recording) => {
      const actual = sorted({
        records: signalsOf(recording)
          .map(record => ({
            ...asRecordSignal(record),
            severityText: record.severityText,
            body: record.body ?? '',
            scope: record.scopeName,
            resource: record.resource,
          }))
          .sort(byId),
        spans: spansOf(recording)
          .filter(({ attributes }) => Object.keys(ours(attributes)).length > 0)
          .map(asSpanSignal)
          .sort((a, b) => spanKey(a).localeCompare(spanKey(b))),
      });
      const file = join(EXPECTED, `${name}.json`);
      if (update || !existsSync(file)) {
        expect(update, `${file} is missing`).toBe(true);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, `${JSON.stringify(actual, null, 1)}\n`);
      }
      expect(actual).toEqual(JSON.parse(readFileSync(file, 'utf8')));
    },
  );

  it.each(recordings.map(recording => [recording.name, recording] as const))(
    '%s: key by key what the tables give in TypeScript',
    (_, recording) => {
      const records = recording.records.flatMap(signalsOfRecord).sort(byId);
      expect(signalsOf(recording).map(asRecordSignal).sort(byId)).toEqual(records);
      const stated = recording.spans.flatMap(signalsOfSpan).sort(byId);
      const onSpans = spansOf(recording).filter(({ attributes }) => 'alignment.signal.class' in attributes);
      expect(onSpans.map(asSpanSignal).sort(byId)).toEqual(stated);
    },
  );

  it('nothing else comes out: every span and every native record once', () => {
    const sent = recordings.flatMap(({ spans }) => spans.map(spanKey));
    expect(output.spans.map(spanKey).sort()).toEqual(sent.sort());
    expect(output.others).toHaveLength(recordings.flatMap(({ records }) => records).length);
  });

  it('no content leaves', () => {
    const values = new Set<string>();
    for (const { records, spans } of recordings) {
      const holders = [...records, ...spans, ...spans.flatMap(span => span.events)];
      for (const { attributes } of holders) {
        for (const [key, value] of Object.entries(attributes)) {
          if (CONTENT.test(key) && typeof value === 'string' && value.length >= 12) values.add(value);
        }
      }
      for (const { body } of records) if (typeof body === 'string' && body.includes(' ')) values.add(body);
      for (const { status } of spans) if ((status?.message?.length ?? 0) >= 12) values.add(status!.message!);
    }
    expect(values.size).toBeGreaterThan(100);
    const found = [...values].filter(value => output.text.includes(JSON.stringify(value).slice(1, -1)));
    expect(found).toEqual([]);
  });
});
