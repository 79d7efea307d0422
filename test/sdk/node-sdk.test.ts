import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a NodeSDK application (the root's line) on the built package and reports what was exported and warned. */
function run(setup: string, flags: readonly string[] = [], env: NodeJS.ProcessEnv = {}, tracer = 'early') {
  const code = `
    import { trace } from '@opentelemetry/api';
    import { NodeSDK } from '@opentelemetry/sdk-node';
    import { AlignmentSpanProcessor, withAlignment, withAlignmentContext } from 'otel-alignment';
    import { recordIntervention } from 'otel-alignment/signals';
    const warnings = [];
    process.on('warning', ({ code }) => warnings.push(code));
    const finished = [];
    const processors = [{ onStart() {}, onEnd: span => finished.push(span), async forceFlush() {}, async shutdown() {} }];
    const early = trace.getTracer('taken before the SDK starts');
    const sdk = ${setup};
    sdk.start();
    const attributes = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'bash' };
    const tracer = ${tracer};
    withAlignmentContext({ conversationId: 'c', step: { arguments: { command: 'rm -rf /srv/data' } } }, () =>
      tracer.startActiveSpan('execute_tool bash', { attributes }, span => {
        recordIntervention({ type: 'approval', initiator: 'human', outcome: 'approved' });
        trace.getTracer('b').startActiveSpan('GET', {}, child => child.end());
        span.end();
      }));
    await sdk.shutdown();
    await new Promise(resolve => setImmediate(resolve));
    const spans = finished.map(({ name, attributes, events }) => ({ name, attributes, events: events.map(event => event.name) }));
    console.log('RESULT ' + JSON.stringify({ spans, warnings }));`;
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, '--input-type=module', '-e', code], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      NODE_NO_WARNINGS: '1',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      ...env,
    },
  });
  if (env['ALIGNMENT_DEBUG'] === undefined) expect(stderr).toBe('');
  const result = stdout.split('\n').find(line => line.startsWith('RESULT '));
  return { ...JSON.parse((result ?? '').slice('RESULT '.length)), stdout, stderr } as {
    stdout: string;
    stderr: string;
    spans: { name: string; attributes: Record<string, unknown>; events: string[] }[];
    warnings: string[];
  };
}

const signals = ['alignment.intervention', 'alignment.risk_escalation'];
const tool = (result: ReturnType<typeof run>) =>
  result.spans.find(({ name }) => name === 'execute_tool bash');

describe('sdk-node 0.301', () => {
  it('withAlignment puts ours before the processors that are given', () => {
    const result = run('new NodeSDK(withAlignment({ spanProcessors: processors }))');
    expect(tool(result)?.events).toEqual(signals);
    expect(result.spans.find(({ name }) => name === 'GET')?.attributes).toEqual({});
    expect(result.warnings).toEqual([]);
  });

  it('withAlignment leaves the SDK’s own exporter alone where no processors are given', () => {
    const { stdout, warnings } = run('new NodeSDK(withAlignment({}))', [], {
      OTEL_TRACES_EXPORTER: 'console',
    });
    expect(stdout).toContain("name: 'alignment.risk_escalation'");
    expect(warnings).toEqual([]);
  });

  it.each([
    ['--import', ['--import', 'otel-alignment/register']],
    ['--require', ['--require', 'otel-alignment/register']],
  ])('register by %s needs no change of code', (_, flags) => {
    const result = run('new NodeSDK({ spanProcessors: processors })', flags);
    expect(tool(result)?.events).toEqual(signals);
    expect(tool(result)?.attributes).toMatchObject({
      'alignment.action.type': 'delete',
      'gen_ai.conversation.id': 'c',
    });
    expect(result.warnings).toEqual([]);
  });

  it('register looks after tracers that are taken from the provider itself', () => {
    const direct = "trace.getTracerProvider().getDelegate().getTracer('direct')";
    const flags = ['--import', 'otel-alignment/register'];
    const result = run('new NodeSDK({ spanProcessors: processors })', flags, {}, direct);
    expect(tool(result)?.events).toEqual(signals);
  });

  it('says so where it is registered and also installed in code', () => {
    const result = run('new NodeSDK(withAlignment({ spanProcessors: processors }))', [
      '--import',
      'otel-alignment/register',
    ]);
    expect(result.warnings).toEqual(['ALIGNMENT_004']);
    expect(tool(result)?.events).toEqual(signals);
  });

  it('says so where nothing exports', () => {
    const result = run('new NodeSDK({ spanProcessors: [new AlignmentSpanProcessor()] })');
    expect(result.warnings).toEqual(['ALIGNMENT_001']);
  });

  it('an unusable variable is named, and the default holds', () => {
    const result = run('new NodeSDK(withAlignment({ spanProcessors: processors }))', [], {
      ALIGNMENT_RISK_THRESHOLD: '7',
    });
    expect(result.warnings).toEqual(['ALIGNMENT_006']);
    expect(tool(result)?.events).toEqual(signals);
  });

  it('ALIGNMENT_DEBUG prints what was written on the first assessed span, and no content', () => {
    const { stderr } = run('new NodeSDK(withAlignment({ spanProcessors: processors }))', [], {
      ALIGNMENT_DEBUG: '1',
    });
    expect(stderr).toMatch(/^otel-alignment: first assessed span: execute_tool bash\n {2}alignment\./);
    expect(stderr).not.toContain('/srv/data');
  });
});
