import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATTRIBUTES } from '../../src/semconv/index.ts';
import { waitFor } from '../../tools/stack/processes.ts';
import { type Backend, startJaeger } from '../../tools/stack/services.ts';
import { jsonLines } from '../cli/run.ts';
import { nodeExample } from '../frameworks/run-example.ts';
import { requireBinaries, Sandbox } from '../stack/harness.ts';
import { getTrace } from '../stack/jaeger.ts';
import { strings } from './captured.ts';

const example = nodeExample('two-providers');
const binaries = requireBinaries('examples/two-providers with Collectors and Jaeger', 'otelcol', 'jaeger');
const CANARIES = ['Kestrel', 'osprey', 'heron', '.env', 'pay', 'complaint', 'scripted', 'internal'];
const EDGES = ['http', 'llm', 'mcp'];

// biome-ignore lint/suspicious/noExplicitAny: JSON as it comes
type Json = any;
const spansIn = (lines: Json[]): Json[] =>
  lines.flatMap(line =>
    line.resourceSpans.flatMap((rs: Json) => rs.scopeSpans.flatMap((ss: Json) => ss.spans)),
  );

describe.skipIf(!example.installed).each([
  ['with files', false],
  ['with a Collector each, and Jaeger', true],
])('example two-providers %s', (_, real) => {
  const sandbox = new Sandbox();
  const folder = sandbox.folder();
  const read = (name: string): string => readFileSync(join(folder, 'out', name), 'utf8');
  let jaeger: Backend | undefined;
  beforeAll(async () => {
    if (real && !binaries) return;
    if (real) {
      jaeger = await startJaeger(binaries!.jaeger);
      sandbox.defer(() => jaeger!.child.stop());
    }
    await example.run(join(folder, 'out'), {
      ...(real
        ? { OTELCOL: binaries!.otelcol, JAEGER_OTLP_HTTP: jaeger!.otlpHttp }
        : { OTELCOL: '', PATH: '/usr/bin:/bin' }),
    });
  });
  afterAll(() => sandbox.clean());

  it.skipIf(real && !binaries)(
    'gives one session of both providers, whose calls both sides reported',
    async () => {
      const sessions = jsonLines(read('sessions.jsonl'));
      expect(sessions).toHaveLength(1);
      const text = read('sessions.jsonl');
      expect(text).toContain('"asr/provider-a"');
      expect(text).toContain('"asr/provider-b"');
      const spans = spansIn(sessions);
      const value = (span: Json, key: string): Json =>
        span.attributes.find((one: Json) => one.key === key)?.value;
      const both = spans.filter(span => value(span, 'alignment.fragment.corroborated')?.boolValue === true);
      expect(both.map(span => value(span, 'alignment.fragment.edge').stringValue).sort()).toEqual([
        'http',
        'http',
        'mcp',
        'mcp',
      ]);
      expect(new Set(spans.map(span => value(span, 'alignment.fragment.edge')?.stringValue))).toEqual(
        new Set([undefined, ...EDGES]),
      );
      // every parent is there, and there is one root
      const ids = new Set(spans.map(span => span.spanId));
      expect(spans.filter(span => !ids.has(span.parentSpanId))).toHaveLength(1);
      const events = spans.flatMap(span => (span.events ?? []).map((event: Json) => event.name));
      expect(events).toContain('alignment.intervention');
      expect(events).toContain('alignment.misalignment_indicator');
    },
  );

  it.skipIf(real && !binaries)('no content and no original id is in what either contributed', () => {
    const words = new Set(Object.values(ATTRIBUTES).flatMap(rule => rule.values ?? []));
    for (const name of ['a', 'b']) {
      const telemetry = read(`telemetry-${name}.jsonl`);
      // the canaries are there to be found
      expect(CANARIES.filter(word => telemetry.includes(word)).length).toBeGreaterThan(3);
      const originals = new Set(
        jsonLines(telemetry)
          .flatMap(line => [...strings(line)])
          .filter(text => text.length > 3 && !words.has(text) && !text.startsWith('alignment.')),
      );
      for (const { traceId, spanId } of spansIn(jsonLines(telemetry))) {
        expect(originals).toContain(traceId);
        expect(originals).toContain(spanId);
      }
      for (const file of [`fragments-${name}.jsonl`, 'sessions.jsonl']) {
        const text = read(file);
        for (const word of CANARIES) expect(text).not.toContain(word);
        for (const original of originals) expect(text).not.toContain(`"${original}"`);
      }
      expect(statSync(join(folder, 'out', `fragments-${name}.jsonl`)).mode & 0o777).toBe(0o600);
    }
  });

  // without the programs there is no Jaeger to open it in
  if (real)
    it.skipIf(!binaries)('opens in Jaeger as one trace', async () => {
      const sessions = jsonLines(read('sessions.jsonl'));
      const spans = spansIn(sessions);
      const found = await waitFor('the session', async () => {
        const trace = await getTrace(jaeger!.web, spans[0].traceId);
        return trace?.length === spans.length && trace;
      });
      expect(found.map(span => span.spanId).sort()).toEqual(spans.map(span => span.spanId).sort());
    });
});
