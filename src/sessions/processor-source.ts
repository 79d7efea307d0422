import {
  type Attributes,
  type HrTime,
  isValidTraceId,
  type Link,
  type SpanContext,
  type SpanKind,
} from '@opentelemetry/api';
import type { SourceSpan } from './fragment/source.ts';

/** The part of an ended SDK span that is read: the same in SDK 2.x and 3.x. */
export interface EndedSpan {
  spanContext(): SpanContext;
  readonly parentSpanContext?: SpanContext | undefined;
  readonly kind: SpanKind;
  readonly startTime: HrTime;
  readonly attributes: Attributes;
  readonly events: readonly { readonly name: string; readonly attributes?: Attributes | undefined }[];
  readonly links: readonly Link[];
  readonly resource?: { readonly attributes?: Readonly<Record<string, unknown>> };
}

/** A span of the SDK as the fragmenter reads it. */
export function sourceOf(span: EndedSpan, sessionToken: string | undefined): SourceSpan {
  const { traceId, spanId } = span.spanContext();
  const parent = span.parentSpanContext;
  return {
    traceId,
    spanId,
    parentSpanId: parent?.spanId,
    remoteParent: parent?.isRemote === true,
    // OTLP counts from one
    kind: span.kind + 1,
    startMs: span.startTime[0] * 1000 + Math.floor(span.startTime[1] / 1e6),
    attributes: span.attributes,
    events: span.events.map(({ name, attributes }) => ({ name, attributes: attributes ?? {} })),
    resource: span.resource?.attributes ?? {},
    links: span.links.map(link => link.context.traceId).filter(isValidTraceId),
    ...(sessionToken !== undefined && { sessionToken }),
  };
}
