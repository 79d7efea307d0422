import type { Attributes, HrTime, Span, TracerProvider } from '@opentelemetry/api';

type Api = typeof import('@opentelemetry/api');

/** A finished span, as every SDK line shows it. */
export interface Finished {
  readonly name: string;
  spanContext(): { traceId: string };
  readonly attributes: Attributes;
  readonly events: readonly { name: string; time: HrTime; attributes?: Attributes }[];
  readonly endTime: HrTime;
  readonly status: unknown;
  readonly links: readonly unknown[];
  readonly kind: number;
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
}

/** A log record, as every line of sdk-logs shows it. */
export interface Logged {
  readonly eventName?: string;
  readonly severityNumber?: number;
  readonly attributes: Attributes;
  readonly spanContext?: { traceId: string; spanId: string };
}

/** One SDK line with the copies of API and library that an application on it would load. */
export interface Line {
  readonly api: Api;
  readonly lib: typeof import('../../src/index.ts');
  readonly signals: typeof import('../../src/signals/index.ts');
  readonly sessions: typeof import('../../src/sessions/index.ts');
  readonly contextManager: { enable(): unknown };
  provider(options: {
    spanProcessors: unknown[];
    sampler?: unknown;
    spanLimits?: object;
    resource?: object;
  }): TracerProvider;
  readonly alwaysOff: unknown;
  /** Registers a LoggerProvider globally, the way this line does it. */
  logs(processor: object): void;
}

/** Keeps what ends. */
export class Keep {
  readonly spans: Finished[] = [];
  onStart(): void {}
  onEnd(span: unknown): void {
    this.spans.push(span as Finished);
  }
  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}

export class KeepLogs {
  readonly records: Logged[] = [];
  onEmit(record: unknown): void {
    this.records.push(record as Logged);
  }
  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}

export type { Span };
