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

/** A live span as a dialect reads it. What few conditions ask for is looked up when they do. */
export class LiveView implements SpanView {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  private readonly span: RecordingSpan;

  constructor(span: RecordingSpan) {
    this.name = span.name;
    this.attributes = attributesOf(span) ?? {};
    this.span = span;
  }

  get scopeName(): string {
    return this.span.instrumentationScope?.name as string;
  }

  get resource(): NonNullable<SpanView['resource']> {
    return this.span.resource?.attributes as NonNullable<SpanView['resource']>;
  }

  get status(): NonNullable<SpanView['status']> {
    return this.span.status as NonNullable<SpanView['status']>;
  }
}
