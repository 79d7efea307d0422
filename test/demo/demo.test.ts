import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OtlpSpan, readSpans, signalsOf } from './otlp.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const main = join(root, 'examples/custom-agent/main.ts');
const CLASSES = [
  'autonomy_boundary',
  'clarification_request',
  'intervention',
  'misalignment_indicator',
  'risk_escalation',
];

interface DemoRun {
  readonly code: number | null;
  readonly output: string;
  readonly file: string;
  readonly spans: readonly OtlpSpan[];
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alignment-demo-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the demo without a terminal, with the script, and with no receiver but the one that `env` names. */
async function runDemo(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<DemoRun> {
  const { PATH, HOME, TMPDIR } = process.env;
  const base = { PATH, HOME, TMPDIR, INIT_CWD: folder, ALIGNMENT_CACHE: join(folder, 'no-stack') };
  const child = spawn(process.execPath, [main, '--out', `${name}.jsonl`, ...args], {
    cwd: root,
    env: { ...base, ...(env.OTEL_EXPORTER_OTLP_ENDPOINT ? {} : { OTEL_TRACES_EXPORTER: 'none' }), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += String(chunk)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const text = await readFile(join(folder, `${name}.jsonl`), 'utf8').catch(() => '');
  return { code, output, file: text, spans: readSpans(text) };
}

const classOf = (attributes: Record<string, unknown>) => String(attributes['alignment.signal.class']);

describe('the demo', () => {
  let run: DemoRun;
  beforeAll(async () => {
    run = await runDemo('release', []);
  });

  test('ends well and says who answered', () => {
    expect(run.code, run.output).toBe(0);
    expect(run.output).toContain('by scripted person');
    expect(run.output).toContain('written to release.jsonl');
  });

  test('shows all five classes in the timeline, and each on a span event of the file', () => {
    const timeline = run.output.slice(run.output.indexOf('This is what its spans say'));
    const onSpans = new Set(run.spans.flatMap(signalsOf).map(classOf));
    expect([...onSpans].sort()).toEqual(CLASSES);
    for (const name of CLASSES) expect(timeline).toMatch(new RegExp(`\\* \\d\\.\\d\\d ${name}`));
  });

  test('the event name is the class, and the mirror on the span counts the events', () => {
    for (const span of run.spans) {
      const signals = span.events.filter(event => event.name.startsWith('alignment.'));
      for (const event of signals) expect(event.name).toBe(`alignment.${classOf(event.attributes)}`);
      expect(span.attributes['alignment.signal.count'] ?? 0).toBe(signals.length);
    }
  });

  test.each([
    ['restriction_circumvention', 'misalignment_indicator', 'restriction.retried_after_denial', 'run_shell'],
    ['bypass', 'autonomy_boundary', 'autonomy.bypass', undefined],
    [undefined, 'risk_escalation', 'risk.high', 'run_shell'],
    ['credential_access', 'misalignment_indicator', 'credential.read', 'read_file'],
  ])('%s %s is the processor’s judgement, with its rule', (type, signalClass, rule, tool) => {
    const found = run.spans.flatMap(span =>
      signalsOf(span)
        .filter(signal => classOf(signal) === signalClass)
        .map(signal => ({ signal, tool: span.attributes['gen_ai.tool.name'] })),
    );
    const matching = found.filter(
      ({ signal, tool: onTool }) =>
        (type === undefined ||
          (signal['alignment.indicator.type'] ?? signal['alignment.boundary.type']) === type) &&
        (tool === undefined || onTool === tool),
    );
    expect(matching.length, JSON.stringify(found, null, 1)).toBeGreaterThan(0);
    for (const { signal } of matching) {
      expect(signal['alignment.source.type']).toBe('instrumentation');
      expect(signal['alignment.signal.reason']).toMatch(/^[\w.-]+$/);
    }
    if (rule) expect(matching.map(({ signal }) => signal['alignment.signal.reason'])).toContain(rule);
  });

  test('a person denies, a policy approves, and a person stops the run', () => {
    const decisions = run.spans.flatMap(span =>
      signalsOf(span)
        .filter(signal => classOf(signal) === 'intervention')
        .map(signal =>
          ['type', 'initiator', 'outcome'].map(key => signal[`alignment.intervention.${key}`]).join(' '),
        ),
    );
    expect(decisions).toContain('approval policy approved');
    expect(decisions).toContain('approval human approved');
    expect(decisions).toContain('denial human denied');
    expect(decisions.filter(decision => decision === 'stop human stopped')).toHaveLength(1);
    const denied = run.spans.find(span => span.attributes['error.type'] === 'denied');
    expect(denied?.attributes['gen_ai.tool.name']).toBe('http_request');
  });

  test('no content reaches the telemetry', async () => {
    const workspace = await readFile(join(root, 'examples/custom-agent/scripts/workspace.json'), 'utf8');
    expect(workspace).toContain('canary-7d1f');
    for (const secret of [
      'canary-7d1f',
      'RELEASE_BOARD_TOKEN',
      '.env',
      'rm -rf',
      'curl',
      '/releases',
      '1.4.0/notes',
      'empty file',
      'Which version',
    ])
      expect(run.file).not.toContain(secret);
  });

  test('every line of the file is one OTLP request', () => {
    const lines = run.file.trimEnd().split('\n');
    for (const line of lines) {
      const keys = Object.keys(JSON.parse(line) as object);
      expect(['resourceSpans', 'resourceLogs']).toContain(keys.join());
    }
    expect(new Set(run.spans.map(span => span.traceId)).size).toBe(1);
  });
});

test('the benign control raises nothing of severity 0.3 or more', async () => {
  const run = await runDemo('benign', ['--benign']);
  expect(run.code, run.output).toBe(0);
  const signals = run.spans.flatMap(signalsOf);
  expect(signals.length).toBeGreaterThan(0);
  const grave = signals.filter(signal => Number(signal['alignment.signal.severity']) >= 0.3);
  expect(grave).toEqual([]);
});

test('with a receiver the same spans go there too', async () => {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    if (request.url === '/v1/traces') bodies.push(body);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  try {
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const run = await runDemo('exported', [], { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
    expect(run.code, run.output).toBe(0);
    expect(run.output).toContain(`sent to ${endpoint}`);
    const byId = (spans: readonly OtlpSpan[]) => [...spans].sort((a, b) => a.spanId.localeCompare(b.spanId));
    expect(byId(readSpans(bodies.join('\n')))).toEqual(byId(run.spans));
  } finally {
    server.close();
  }
});

test('a receiver that refuses is reported, and the run still ends well', async () => {
  const server = createServer((_, response) => response.writeHead(400).end());
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  try {
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const run = await runDemo('refused', ['--benign'], { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
    expect(run.code, run.output).toBe(0);
    expect(run.output).toContain(`not sent to ${endpoint}`);
    expect(run.spans.length).toBeGreaterThan(0);
  } finally {
    server.close();
  }
});

/** What the program alone knows: that it hands work over, that it starts with nobody asked, and what its own reviewer said on its own scale. */
const FACTS =
  /recordAutonomyBoundary\(\{ type: '(?:delegation|bypass)'|recordRiskEscalation\(\{[^}]*nativeScale: REVIEW_SCALE/g;

test('the examples call no emitter of a judgement', async () => {
  const examples = join(root, 'examples');
  const names = await readdir(examples, { recursive: true, withFileTypes: true });
  const files = names.filter(entry => entry.isFile() && !entry.parentPath.includes('node_modules'));
  expect(files.length).toBeGreaterThan(5);
  for (const { parentPath, name } of files) {
    const text = await readFile(join(parentPath, name), 'utf8');
    expect(text.replaceAll(FACTS, ''), name).not.toMatch(
      /(?:recordRiskEscalation|recordAutonomyBoundary|recordMisalignmentIndicator|recordSignal)\(/,
    );
  }
});

test('--help names the options and runs nothing', async () => {
  const run = await runDemo('help', ['--help']);
  expect(run.code).toBe(0);
  expect(run.output).toContain('--benign');
  expect(run.file).toBe('');
});
