import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Collector } from '../../tools/stack/services.ts';
import { readSpans, signalsOf } from '../demo/otlp.ts';
import { requireBinaries, Sandbox } from '../stack/harness.ts';
import type { Sink } from '../stack/sink.ts';
import { nodeExample, pythonExample } from './run-example.ts';

const binaries = requireBinaries('examples through the Collector', 'otelcol');
const NAMES = ['vercel-ai', 'openai-agents', 'langgraph', 'claude-agent-sdk', 'mcp'];
/** Words of the commands and arguments that the examples' agents use. */
const CONTENT = ['rm -r', 'git commit', '/tmp/old', 'mv reports', '.env', 'orders', 'archive/.done'];
/** Frameworks that put content on their own spans, as their pages say. */
const SENDS_CONTENT = ['vercel-ai', 'langgraph'];

describe.skipIf(!binaries)('with the committed configuration, as the pages say', () => {
  const sandbox = new Sandbox();
  let sink: Sink;
  let collector: Collector;
  beforeAll(async () => {
    ({ sink, collector } = await sandbox.pair(binaries!.otelcol));
  });
  afterAll(() => sandbox.clean());

  describe.each([...NAMES.map(nodeExample), pythonExample()])(
    'examples/$name',
    ({ name, installed, run }) => {
      it.skipIf(!installed)(`example ${name}: its signals arrive, its content does not`, async () => {
        const file = join(sandbox.folder(), 'run.jsonl');
        await run(file, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlpHttp });
        const text = readFileSync(file, 'utf8');
        expect(text.includes('rm -r')).toBe(SENDS_CONTENT.includes(name));
        const written = readSpans(text)
          .flatMap(signalsOf)
          .map(signal => signal['alignment.signal.id']);
        expect(written.length).toBeGreaterThan(0);
        const arrived = (): unknown[] =>
          sink.spans.flatMap(({ events }) => events.map(event => event.attributes['alignment.signal.id']));
        await sink.until(`signals of ${name}`, () => written.every(id => arrived().includes(id)));
        for (const word of CONTENT) expect(sink.raw.join(''), word).not.toContain(word);
      });
    },
  );
});
