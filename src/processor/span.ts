import type { Attributes, HrTime, Span } from '@opentelemetry/api';
import { attributesOf } from '../signals/identity.ts';
import type { SpanView } from '../step/step.ts';

/** The part of an SDK span that we read: the same in SDK 2.x and 3.x. */
export interface RecordingSpan extends Span {
  readonly name: string;
  readonly attributes: Attributes;
  readonly startTime: HrTime;
  /** Set before a span ends under the SDK; `[0, 0]` before that. */
  readonly endTime: HrTime;
  readonly status?: { readonly code: number; readonly message?: string };
  readonly instrumentationScope?: { readonly name: string };
  readonly resource?: { readonly attributes?: Readonly<Record<string, unknown>> };
}

/** One shape for all spans: this runs on every span of the host. */
export function viewOf(span: RecordingSpan): SpanView {
  return {
    name: span.name,
    attributes: attributesOf(span) ?? {},
    scopeName: span.instrumentationScope?.name,
    resource: span.resource?.attributes,
    status: span.status,
  } as SpanView;
}
