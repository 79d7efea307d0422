import { context, SpanKind, trace } from '@opentelemetry/api';
import { type InterventionReport, recordIntervention, setAlignmentContext } from '../signals/index.ts';

/** A call that a model asked for, as far as the framework tells. */
export interface ToolCall {
  readonly toolName: string;
  readonly toolCallId?: string | undefined;
  /** Assessed, never written. */
  readonly arguments?: unknown;
}

/**
 * Reports a call that was refused. Frameworks make no span for it, so it gets one of its own, which has no duration: only a
 * step can be assessed and remembered, and the same action tried again by other means is recognised by that.
 */
export function recordDeniedCall(call: ToolCall, report: InterventionReport): void {
  const { toolName, toolCallId } = call;
  const active = setAlignmentContext(context.active(), {
    step: call.arguments === undefined ? {} : { arguments: call.arguments },
  });
  const span = trace.getTracer('otel-alignment').startSpan(
    `execute_tool ${toolName}`,
    {
      kind: SpanKind.INTERNAL,
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': toolName,
        ...(toolCallId === undefined ? {} : { 'gen_ai.tool.call.id': toolCallId }),
        'error.type': 'denied',
      },
    },
    active,
  );
  recordIntervention(
    { ...report, ...(toolCallId === undefined ? {} : { toolCallId }) },
    { span, context: trace.setSpan(active, span) },
  );
  span.end();
}
