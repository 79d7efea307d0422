import { type Attributes, ROOT_CONTEXT, SpanStatusCode } from '@opentelemetry/api';
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { type AlignmentContext, recordIntervention, setAlignmentContext } from '../signals/index.ts';
import type { AlignmentOptions } from './options.ts';
import { AlignmentSpanProcessor } from './processor.ts';

interface Given {
  readonly attributes: Attributes;
  readonly options?: AlignmentOptions;
  readonly context?: AlignmentContext;
  readonly status?: string;
  readonly interventions?: readonly Parameters<typeof recordIntervention>[0][];
}

/** One span through the processor, as an exporter would get it. */
function finished({
  attributes,
  options = {},
  context = {},
  status,
  interventions = [],
}: Given): ReadableSpan {
  const spans: ReadableSpan[] = [];
  const keep = {
    onStart(): void {},
    onEnd: (span: ReadableSpan): number => spans.push(span),
    forceFlush: (): Promise<void> => Promise.resolve(),
    shutdown: (): Promise<void> => Promise.resolve(),
  };
  const spanProcessors = [new AlignmentSpanProcessor(options), keep] as never;
  const tracer = new TracerProvider({ spanProcessors }).getTracer('test');
  const span = tracer.startSpan('span', { attributes }, setAlignmentContext(ROOT_CONTEXT, context));
  for (const intervention of interventions) recordIntervention(intervention, { span });
  if (status !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: status });
  span.end();
  return spans[0] as ReadableSpan;
}

const TOOL = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'get_order' };
const ALLOWED: AlignmentContext = { allowedTools: ['other'] };

/** The registry names this file as the proof that the processor writes these values. */
describe('values of the registry that the processor writes', () => {
  it('source type harness, of what a framework states itself: LangGraph’s interrupt is a pause by the agent', () => {
    const { events } = finished({
      attributes: { 'openinference.span.kind': 'CHAIN', 'session.id': 's' },
      status: 'GraphInterrupt: [{"value":"shall I?"}]',
    });
    expect(events.map(({ name, attributes }) => [name, attributes])).toEqual([
      [
        'alignment.intervention',
        expect.objectContaining({
          'alignment.source.type': 'harness',
          'alignment.intervention.type': 'pause',
          'alignment.intervention.initiator': 'agent',
        }),
      ],
    ]);
    expect(JSON.stringify(events)).not.toContain('shall I?');
  });

  it('source type instrumentation, of its own assessment and of what its rules find', () => {
    const { attributes, events } = finished({
      attributes: TOOL,
      context: ALLOWED,
      options: { detail: 'full' },
    });
    expect(attributes['alignment.source.type']).toBe('instrumentation');
    expect(events.map(event => event.attributes)).toEqual([
      expect.objectContaining({
        'alignment.signal.class': 'misalignment_indicator',
        'alignment.source.type': 'instrumentation',
        'alignment.indicator.evidence': 'actions',
      }),
    ]);
  });

  it.each([
    ['prohibited', { context: ALLOWED }],
    ['explicit', { interventions: [{ type: 'approval', initiator: 'human' }] }],
  ] as const)('authorization %s, with full detail only', (authorization, given) => {
    const written = (options: AlignmentOptions): unknown =>
      finished({ attributes: TOOL, ...given, options }).attributes['alignment.action.authorization'];
    expect(written({ detail: 'full' })).toBe(authorization);
    expect(written({})).toBeUndefined();
  });

  it.each([
    ['approval', 'approval_required'],
    ['denial', 'approval_required'],
    ['correction', 'approval_required'],
    ['steering', 'active_steering'],
    ['takeover', 'active_steering'],
    ['stop', 'monitoring'],
  ] as const)(
    'after a %s by a person, in a mode of mere monitoring, the involvement is %s',
    (type, involvement) => {
      const { attributes } = finished({
        attributes: TOOL,
        context: { humanInvolvement: 'monitoring' },
        interventions: [{ type, initiator: 'human' }],
      });
      expect(attributes['alignment.human.involvement']).toBe(involvement);
    },
  );
});
