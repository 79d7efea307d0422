import { context, logs, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Monitor, MonitorQueue } from '../../src/assess/monitor/index.ts';
import { AlignmentSpanProcessor } from '../../src/processor/index.ts';

const spans = new InMemorySpanExporter();
const records = new InMemoryLogRecordExporter();
beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(
    new TracerProvider({
      spanProcessors: [new AlignmentSpanProcessor(), new SimpleSpanProcessor({ exporter: spans })],
    }),
  );
  logs.setGlobalLoggerProvider(
    new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: records })] }),
  );
});
afterAll(() => {
  trace.disable();
  logs.disable();
  context.disable();
});
beforeEach(() => {
  spans.reset();
  records.reset();
});

/** It makes a span of its own while judging, as an instrumented HTTP client would. */
const monitor: Monitor = {
  name: 'scripted',
  version: '1',
  async judge({ judged: [entry = 0] }) {
    trace.getTracer('http').startSpan('POST').end();
    const finding = { entry, type: 'sabotage', severity: 0.9, confidence: 0.8, evidence: 'actions' } as const;
    return { risks: [], indicators: [finding] };
  },
};

async function run(linkedSpan: boolean): Promise<{ traceId: string; spanId: string }> {
  const span = trace.getTracer('agent').startSpan('execute_tool bash', {
    attributes: {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'bash',
      'gen_ai.conversation.id': 'c',
    },
  });
  const spanContext = span.spanContext();
  const queue = new MonitorQueue(monitor, { linkedSpan });
  const step = { dialect: 'genai', kind: 'tool', toolName: 'bash' } as const;
  const session = { key: 'gen_ai.conversation.id', value: 'c' } as const;
  context.with(trace.setSpan(context.active(), span), () =>
    queue.offer({ step, sessionKey: 'c', session, spanContext }),
  );
  span.end();
  await queue.flush();
  expect(queue.stats).toMatchObject({ judged: 1, signals: 1, failed: {} });
  return spanContext;
}

describe('a late verdict stands with the step that it is about', () => {
  it('as an event with trace and span id of the judged step', async () => {
    const { traceId, spanId } = await run(false);
    const [record, ...more] = records.getFinishedLogRecords();
    expect(more).toEqual([]);
    expect(record).toMatchObject({ eventName: 'alignment.misalignment_indicator', severityNumber: 21 });
    expect(record?.spanContext).toMatchObject({ traceId, spanId });
    expect(record?.attributes).toMatchObject({
      'alignment.source.type': 'monitor',
      'alignment.source.name': 'scripted',
      'alignment.source.version': '1',
      'alignment.signal.confidence': 0.8,
      'gen_ai.conversation.id': 'c',
    });
    // no span of the monitor's own requests, and none linked
    expect(spans.getFinishedSpans().map(({ name }) => name)).toEqual(['execute_tool bash']);
  });

  it('and on a root span of its own that is linked to it, carries no event and looks like no agent', async () => {
    const { traceId, spanId } = await run(true);
    expect(records.getFinishedLogRecords()).toHaveLength(1);
    const span = spans.getFinishedSpans().find(({ name }) => name === 'alignment.monitor');
    expect(span?.parentSpanContext).toBeUndefined();
    expect(span?.spanContext().traceId).not.toBe(traceId);
    expect(span?.links.map(link => link.context)).toMatchObject([{ traceId, spanId }]);
    expect(span?.events).toEqual([]);
    expect(span?.attributes).toEqual({
      'alignment.signal.count': 1,
      'alignment.signal.classes': ['misalignment_indicator'],
      'alignment.signal.max_severity': 0.9,
      'alignment.source.type': 'monitor',
      'alignment.source.name': 'scripted',
      'alignment.source.version': '1',
    });
  });
});
