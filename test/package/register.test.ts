import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = (name: string): string => fileURLToPath(new URL(`../${name}/`, import.meta.url));
const rootBuild = fileURLToPath(new URL('../../dist/esm/processor/register.js', import.meta.url));

/** A CommonJS application on an older line, as most are: BasicTracerProvider, registered by hand. */
function run(line: string, flags: readonly string[], extra = '') {
  const code = `
    const { trace, context } = require('@opentelemetry/api');
    const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks');
    const { BasicTracerProvider } = require('@opentelemetry/sdk-trace-base');
    const warnings = [];
    process.on('warning', ({ code }) => warnings.push(code));
    const spans = [];
    const keep = { onStart() {}, onEnd: span => spans.push(span), async forceFlush() {}, async shutdown() {} };
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [keep] }));
    ${extra}
    const attributes = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'bash', 'gen_ai.tool.call.arguments': '{"command":"rm -rf /srv/data"}' };
    const tracer = trace.getTracer('t');
    const result = tracer.startActiveSpan('outer', outer => {
      const mine = trace.getActiveSpan() === outer;
      tracer.startSpan('execute_tool bash', { attributes }).end();
      outer.end();
      return mine;
    });
    setImmediate(() => console.log(JSON.stringify({ result, warnings,
      spans: spans.map(s => ({ name: s.name, trace: s.spanContext().traceId, parent: s.parentSpanContext?.spanId, id: s.spanContext().spanId, events: s.events.map(e => e.name) })) })));`;
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, '-e', code], {
    cwd: folder(line),
    encoding: 'utf8',
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as {
    result: boolean;
    warnings: string[];
    spans: { name: string; trace: string; parent?: string; id: string; events: string[] }[];
  };
}

/** The inner span is the outer one's child, the outer one was active, and both are there. */
function expectWhole({ result, spans }: ReturnType<typeof run>): void {
  const [inner, outer] = spans;
  expect(result).toBe(true);
  expect(spans.map(({ name }) => name)).toEqual(['execute_tool bash', 'outer']);
  expect(inner?.parent).toBe(outer?.id);
  expect(inner?.trace).toBe(outer?.trace);
}

describe.each(['sdk-2.3', 'sdk-2.12'])('register on %s', line => {
  it.each(['--import', '--require'])('%s looks after the spans', flag => {
    const seen = run(line, [flag, 'otel-alignment/register']);
    expectWhole(seen);
    expect(seen.spans[0]?.events).toContain('alignment.risk_escalation');
    expect(seen.warnings).toEqual([]);
  });

  it('with a copy of the API that is not the registered one: says so, and the traces stay whole', () => {
    const seen = run(line, ['--import', rootBuild]);
    expectWhole(seen);
    expect(seen.warnings).toContain('ALIGNMENT_003');
  });
});

describe('mistakes in the set-up', () => {
  const old = `const { AlignmentSpanProcessor } = require('otel-alignment');
    const { recordIntervention } = require('otel-alignment/signals');
    const ours = new AlignmentSpanProcessor({ logger: { emit: record => spans.push({ name: record.eventName, spanContext: () => ({}), events: [], attributes: record.attributes }) } });
    // an SDK that knows nothing of onEnding
    const span = { name: 'execute_tool x', attributes: {}, startTime: [1, 0], endTime: [0, 0], isRecording: () => true, spanContext: () => ({ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 }) };
    ours.onStart(span, context.active());
    recordIntervention({ type: 'stop', initiator: 'human' }, { span });
    ours.onEnd(span);`;
  it('an SDK that never calls onEnding is named, and what was reported goes out as a log record', () => {
    const seen = run('sdk-2.12', [], old);
    expect(seen.warnings).toContain('ALIGNMENT_002');
    expect(seen.spans[0]?.name).toBe('alignment.intervention');
  });

  it('a signal that finds neither span nor logger is named', () => {
    const seen = run('sdk-2.12', [], "require('otel-alignment/signals').recordClarificationRequest();");
    expect(seen.warnings).toEqual(['ALIGNMENT_005']);
  });
});
