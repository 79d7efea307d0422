import { type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { beforeAll, expect, test } from 'vitest';
import { renderSummary, renderTimeline } from '../../examples/custom-agent/timeline.ts';

const spans: ReadableSpan[] = [];

beforeAll(() => {
  const exporter = {
    export: (batch: ReadableSpan[]) => void spans.push(...batch),
    shutdown: () => Promise.resolve(),
  };
  const tracer = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }).getTracer(
    'test',
  );
  const run = tracer.startSpan('invoke_agent a', {
    startTime: [1, 0],
    attributes: { 'gen_ai.operation.name': 'invoke_agent' },
  });
  const tool = tracer.startSpan('execute_tool run_shell', {
    startTime: [2, 500_000_000],
    attributes: {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'run_shell',
      'alignment.risk.score': 0.75,
      'alignment.action.reversibility': 'conditionally_reversible',
      'alignment.human.involvement': 'approval_required',
      'error.type': 'denied',
    },
  });
  tool.addEvent('alignment.intervention', {
    'alignment.signal.class': 'intervention',
    'alignment.signal.severity': 0.4,
    'alignment.intervention.type': 'denial',
    'alignment.intervention.initiator': 'human',
    'alignment.intervention.decision.source': 'human',
  });
  tool.addEvent('alignment.risk_escalation', {
    'alignment.signal.class': 'risk_escalation',
    'alignment.signal.severity': 0.75,
    'alignment.signal.reason': 'risk.high',
  });
  tool.addEvent('of the application');
  tool.end([3, 0]);
  run.end([4, 0]);
});

const OPTIONS = { width: 110, colour: false, person: 'scripted person' };

test('a step shows its time, number, tool, risk, reversibility and supervision, and its signals below', () => {
  const lines = renderTimeline(spans, OPTIONS);
  expect(lines[2]).toBe(
    '+1.50 s   1     run_shell      0.75 high     conditionally_reversible approval_required  (denied)',
  );
  expect(lines[3]).toBe('          * 0.40 intervention · denial · by scripted person');
  expect(lines[4]).toBe('          * 0.75 risk_escalation · rule risk.high');
  expect(lines[5]).toMatch(/^\+3\.00 s {3}run {3}invoke_agent/);
  expect(lines).toHaveLength(6);
});

test.each([60, 72, 80, 100])('nothing is wider than %d columns', width => {
  const lines = renderTimeline(spans, { ...OPTIONS, width });
  expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(width);
});

test('colours are escapes only where they are wanted', () => {
  expect(renderTimeline(spans, OPTIONS).join('')).not.toContain('\u001b');
  expect(renderTimeline(spans, { ...OPTIONS, colour: true }).join('')).toContain('\u001b[31m');
});

test('the summary counts each class', () => {
  expect(renderSummary(spans)).toEqual([
    'signals on spans: 2',
    '  intervention             1 x, gravest 0.40',
    '  risk_escalation          1 x, gravest 0.75',
  ]);
});
