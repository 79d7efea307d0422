// Telemetry of real agents with everything switched on that shows content (excerpts, one record of each kind): none of it may be
// in what leaves, nor in the files of the disk queue.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { collectorConfig } from '../../tools/stack/binaries.ts';
import { keyPattern } from '../../tools/stack/key-pattern.ts';
import { bytesOf, requireBinaries, Sandbox } from './harness.ts';
import { send } from './otlp.ts';

const binaries = requireBinaries('the canaries', 'otelcol');
// biome-ignore lint/suspicious/noExplicitAny: OTLP/JSON as it comes
type Json = any;
const requests: Json[] = readFileSync(
  new URL('./fixtures/agents-with-content.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map(line => JSON.parse(line));
const sources = readdirSync(join(collectorConfig, 'sources'))
  .filter(file => file.endsWith('.yaml'))
  .map(file => join(collectorConfig, 'sources', file));
const keys = parse(readFileSync(join(collectorConfig, 'keys.yaml'), 'utf8')) as Record<string, string[]>;
const pattern = (names: string[]): RegExp =>
  new RegExp(keyPattern(names.flatMap(name => keys[name]!)).replaceAll('(?s:.*)', '[^]*'));
const SECRET = [
  pattern(['content']),
  pattern(['agent_content', 'identity']),
  pattern(['identity', 'resource_identity']),
];

/** Texts long enough not to be words of the protocol: pieces of 16 characters that survive JSON, as they stand in the telemetry. */
function pieces(text: string): string[] {
  const plain = text.split(/["\\\n\r\t<>&]|[^ -~]/).filter(part => part.length >= 16);
  return plain.map(part => part.slice(0, 16));
}

/** Every text of the requests, told apart by where it stands. */
function texts(): { secret: string[]; open: string[] } {
  const secret: string[] = [];
  const open: string[] = [];
  const attributes = (all: Json[] = []): void => {
    for (const { key, value } of all) {
      const into = SECRET.some(one => one.test(key)) ? secret : open;
      into.push(
        value.stringValue ?? '',
        ...(value.arrayValue?.values ?? []).map((one: Json) => one.stringValue),
      );
    }
  };
  for (const request of requests) {
    for (const resource of [...(request.resourceLogs ?? []), ...(request.resourceSpans ?? [])]) {
      attributes(resource.resource?.attributes);
      for (const scope of [...(resource.scopeLogs ?? []), ...(resource.scopeSpans ?? [])]) {
        for (const log of scope.logRecords ?? []) {
          attributes(log.attributes);
          secret.push(log.body?.stringValue ?? '');
        }
        for (const span of scope.spans ?? []) {
          attributes(span.attributes);
          secret.push(span.status?.message ?? '');
          open.push(span.name);
          for (const event of span.events ?? []) attributes(event.attributes);
        }
      }
    }
  }
  return { secret, open };
}

/** What must not be seen again: not what is said openly as well, as a tool's name is, nor what a source's file says itself. */
function canaries(): string[] {
  const { secret, open } = texts();
  const known = [...open, ...sources.map(file => readFileSync(file, 'utf8'))].join('\n');
  return [...new Set(secret.flatMap(pieces))].filter(piece => !known.includes(piece));
}

describe.skipIf(!binaries)('content of real agents', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it.each([
    ['alone', [] as string[]],
    ['with all sources', sources],
  ])('alignment.yaml %s: it neither leaves nor reaches the disk', async (_, overlays) => {
    const { sink, collector, stateDir } = await sandbox.pair(binaries!.otelcol, {
      overlays,
      env: { ALIGNMENT_REST_PERCENT: '100' },
    });
    const secrets = canaries();
    expect(secrets.length).toBeGreaterThan(20);
    const input = JSON.stringify(requests);
    expect(secrets.filter(secret => !input.includes(secret))).toEqual([]);

    sink.answer = 503; // the queue's files hold what they get
    for (const request of requests)
      await send(collector.otlpHttp, request.resourceLogs ? 'logs' : 'traces', request);
    const marker = {
      resourceLogs: [{ scopeLogs: [{ logRecords: [{ eventName: 'alignment.clarification_request' }] }] }],
    };
    await send(collector.otlpHttp, 'logs', marker);
    await sink.until('a refused request', () => sink.refused() > 0);
    const stored = bytesOf(stateDir);
    expect(stored).toContain('clarification_request');
    sink.answer = 200;
    const logs = requests.flatMap(r => r.resourceLogs ?? []).flatMap((r: Json) => r.scopeLogs[0].logRecords);
    const spans = requests.flatMap(r => r.resourceSpans ?? []).flatMap((r: Json) => r.scopeSpans[0].spans);
    await sink.until(
      'everything',
      () => sink.logs.length > logs.length && new Set(sink.spans.map(s => s.spanId)).size >= spans.length,
    );
    await collector.child.stop();
    const left = sink.raw.join('\n');
    expect(secrets.filter(secret => left.includes(secret))).toEqual([]);
    expect(secrets.filter(secret => stored.includes(secret))).toEqual([]);
    // and the records themselves are there
    expect(left).toContain('tool_result');
    expect(left).toContain('gemini_cli.api_request');
  });
});
