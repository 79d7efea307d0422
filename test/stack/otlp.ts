import { randomBytes } from 'node:crypto';

export type Value = string | number | boolean | { double: number } | readonly string[] | readonly number[];
export type Attributes = Readonly<Record<string, Value>>;

/** Integers become intValue; a whole number that is a double is written `{ double: 1 }`. */
function encodeValue(value: Value): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') {
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  }
  if ('double' in value) return { doubleValue: value.double };
  return { arrayValue: { values: value.map(encodeValue) } };
}

const encode = (attributes: Attributes = {}): object[] =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: encodeValue(value) }));

interface AnyValue {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: string | number;
  doubleValue?: number | string;
  arrayValue?: { values?: AnyValue[] };
}

function decodeValue(value: AnyValue): unknown {
  if (value.intValue !== undefined) return Number(value.intValue);
  if (value.doubleValue !== undefined) return Number(value.doubleValue);
  if (value.arrayValue !== undefined) return (value.arrayValue.values ?? []).map(decodeValue);
  return value.stringValue ?? value.boolValue;
}

export const decode = (attributes: { key: string; value: AnyValue }[] = []): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, decodeValue(value)]));

export const traceId = (): string => randomBytes(16).toString('hex');
export const spanId = (): string => randomBytes(8).toString('hex');

export interface EventIn {
  readonly name: string;
  readonly attributes?: Attributes;
  readonly time?: string;
}

export interface SpanIn {
  readonly traceId?: string;
  readonly spanId?: string;
  readonly parentSpanId?: string;
  readonly name?: string;
  readonly attributes?: Attributes;
  readonly events?: readonly EventIn[];
  readonly status?: { readonly code: number; readonly message?: string };
}

export interface LogIn {
  readonly eventName?: string;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly attributes?: Attributes;
  readonly body?: string;
  /** Unix nanoseconds; '0' is sent as it is. */
  readonly time?: string;
  readonly observed?: string;
  readonly severityNumber?: number;
}

export interface From {
  readonly resource?: Attributes;
  readonly scope?: string;
}

const NOW = '1760000000123456789';

/** An OTLP/JSON request with these spans under one resource. */
export function tracesRequest(spans: readonly SpanIn[], { resource, scope = 'test' }: From = {}): object {
  const encoded = spans.map(span => ({
    traceId: span.traceId ?? traceId(),
    spanId: span.spanId ?? spanId(),
    ...(span.parentSpanId === undefined ? {} : { parentSpanId: span.parentSpanId }),
    name: span.name ?? 'execute_tool bash',
    kind: 1,
    startTimeUnixNano: NOW,
    endTimeUnixNano: '1760000001123456789',
    attributes: encode(span.attributes),
    events: (span.events ?? []).map(event => ({
      name: event.name,
      timeUnixNano: event.time ?? NOW,
      attributes: encode(event.attributes),
    })),
    ...(span.status === undefined ? {} : { status: span.status }),
  }));
  return {
    resourceSpans: [
      {
        resource: { attributes: encode({ 'service.name': 'test', ...resource }) },
        scopeSpans: [{ scope: { name: scope }, spans: encoded }],
      },
    ],
  };
}

/** An OTLP/JSON request with these log records under one resource. */
export function logsRequest(logs: readonly LogIn[], { resource, scope = 'test' }: From = {}): object {
  const encoded = logs.map(log => ({
    timeUnixNano: log.time ?? NOW,
    observedTimeUnixNano: log.observed ?? NOW,
    ...(log.eventName === undefined ? {} : { eventName: log.eventName }),
    ...(log.severityNumber === undefined ? {} : { severityNumber: log.severityNumber }),
    ...(log.body === undefined ? {} : { body: { stringValue: log.body } }),
    attributes: encode(log.attributes),
    ...(log.traceId === undefined ? {} : { traceId: log.traceId }),
    ...(log.spanId === undefined ? {} : { spanId: log.spanId }),
  }));
  return {
    resourceLogs: [
      {
        resource: { attributes: encode({ 'service.name': 'test', ...resource }) },
        scopeLogs: [{ scope: { name: scope }, logRecords: encoded }],
      },
    ],
  };
}

/**
 * Posts an OTLP/JSON request and gives the HTTP status: 200 is the acknowledgement. Rejects where the sender gives up, or where
 * nobody answers.
 */
export async function post(
  base: string,
  signal: 'traces' | 'logs',
  body: object | string,
  giveUpMs = 120_000,
): Promise<number> {
  const answer = await fetch(`${base}/v1/${signal}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    signal: AbortSignal.timeout(giveUpMs),
  });
  await answer.arrayBuffer();
  return answer.status;
}

/** The same, and throws where it is not acknowledged. */
export async function send(base: string, signal: 'traces' | 'logs', body: object | string): Promise<void> {
  const status = await post(base, signal, body);
  if (status !== 200) throw new Error(`POST /v1/${signal} was answered ${status}`);
}
