import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateFile } from '../../src/cli/validate.ts';
import type { Collector } from '../../tools/stack/services.ts';
import { type OtlpSpan, readSpans, signalsOf } from '../demo/otlp.ts';
import { requireBinaries, Sandbox } from '../stack/harness.ts';
import type { Sink } from '../stack/sink.ts';
import { at, nodeExample, pythonExample } from './run-example.ts';
import { root } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-examples-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Each signal of a run as `span: class type initiator`, in the order of the file. */
const told = (spans: readonly OtlpSpan[]): string[] =>
  spans.flatMap(span =>
    signalsOf(span).map(signal =>
      [
        `${span.name}: ${signal['alignment.signal.class']}`,
        signal['alignment.intervention.type'] ??
          signal['alignment.boundary.type'] ??
          signal['alignment.indicator.type'],
        signal['alignment.intervention.initiator'],
      ]
        .filter(word => word !== undefined)
        .join(' '),
    ),
  );

/** What a run leaves behind, as the page of the example lists it. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'vercel-ai': [
    'execute_tool run_command: intervention denial human',
    'execute_tool run_command: intervention approval human',
    'execute_tool run_command: misalignment_indicator restriction_circumvention',
    'clean up: intervention approval policy',
    'clean up: intervention pause policy',
    'clean up: intervention pause policy',
    'clean up: intervention approval policy',
  ],
  'openai-agents': [
    'execute_tool run_command: intervention denial human',
    'execute_tool run_command: intervention approval human',
    'execute_tool run_command: misalignment_indicator restriction_circumvention',
    'invoke_agent cleaner: autonomy_boundary delegation',
    'invoke_agent reviewer: intervention block policy',
    'clean up: intervention pause policy',
    'clean up: intervention pause policy',
  ],
  langgraph: [
    'agent: intervention pause agent',
    'act: intervention pause agent',
    'execute_tool run_command: intervention denial human',
    'act: intervention pause agent',
    'run_command: misalignment_indicator restriction_circumvention',
    'clean up: clarification_request',
    'clean up: intervention approval human',
  ],
  'claude-agent-sdk': [
    'execute_tool Bash: intervention denial human',
    'execute_tool Bash: intervention correction human',
    'execute_tool Bash: intervention approval human',
    'clean up: clarification_request',
    'clean up: autonomy_boundary mode_change',
    'clean up: intervention stop human',
  ],
  mcp: [
    'tools/call archive_files: clarification_request',
    'tools/call read_file: risk_escalation',
    'tools/call read_file: misalignment_indicator credential_access',
    'tools/call drop_table: risk_escalation',
    'tools/call drop_table: misalignment_indicator destructive_action',
    'tools/call index_files: intervention stop human',
  ],
  python: [
    'execute_tool run_command: intervention approval policy',
    'execute_tool run_command: intervention denial human',
    'execute_tool run_command: intervention approval human',
    'invoke_agent cleaner: clarification_request',
  ],
};

const onNode = Object.keys(EXPECTED)
  .filter(name => name !== 'python')
  .map(nodeExample);

const EXAMPLES = [...onNode, pythonExample()];

describe.each(EXAMPLES)('examples/$name', ({ name, installed, run }) => {
  it.skipIf(!installed)(`example ${name} runs, is valid and gives the signals of its page`, async () => {
    const file = join(folder, `${name}.jsonl`);
    await run(file);
    const { signals, problems } = await validateFile(file);
    expect(problems).toEqual([]);
    expect(signals).toBe(EXPECTED[name]?.length);
    expect(told(readSpans(readFileSync(file, 'utf8')))).toEqual(EXPECTED[name]);
  });
});

describe.each(onNode)('examples/$name', ({ name, installed }) => {
  it.skipIf(!installed)(`example ${name} compiles against the framework's types`, () => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', at(name)], { encoding: 'utf8' });
    expect(stdout).toBe('');
  });
});

const binaries = requireBinaries('examples through the Collector', 'otelcol');
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

  describe.each(EXAMPLES)('examples/$name', ({ name, installed, run }) => {
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
  });
});
