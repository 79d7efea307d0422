import type { UnixTime } from '../signals/index.ts';

type Json = Readonly<Record<string, unknown>>;
export type FlatAttributes = Record<string, unknown>;

/** An event on a span, decoded from OTLP/JSON, with its place in the document. */
export interface DecodedEvent {
  readonly path: string;
  readonly name: string;
  readonly time: UnixTime;
  readonly attributes: FlatAttributes;
}

export interface DecodedSpan {
  readonly path: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly start: UnixTime;
  readonly end: UnixTime;
  readonly scopeName: string;
  readonly attributes: FlatAttributes;
  readonly events: readonly DecodedEvent[];
  readonly resource: FlatAttributes;
}

export interface DecodedRecord {
  readonly path: string;
  readonly eventName: string;
  readonly time: UnixTime;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  readonly scopeName: string;
  readonly attributes: FlatAttributes;
  readonly resource: FlatAttributes;
}

/** The spans of an OTLP/JSON trace request. What is missing or of the wrong type is empty, never an exception. */
export function* spansOf(request: unknown): Generator<DecodedSpan> {
  for (const { item, path, resource, scopeName } of items(request, 'resourceSpans', 'scopeSpans', 'spans')) {
    yield {
      path,
      name: text(item['name']),
      traceId: text(item['traceId']).toLowerCase(),
      spanId: text(item['spanId']).toLowerCase(),
      parentSpanId: text(item['parentSpanId']) || undefined,
      start: time(item['startTimeUnixNano']),
      end: time(item['endTimeUnixNano']),
      scopeName,
      attributes: attributes(item['attributes']),
      events: list(item['events']).map((event, index) => ({
        path: `${path}.events[${index}]`,
        name: text(event['name']),
        time: time(event['timeUnixNano']),
        attributes: attributes(event['attributes']),
      })),
      resource,
    };
  }
}

/** The log records of an OTLP/JSON logs request. */
export function* recordsOf(request: unknown): Generator<DecodedRecord> {
  for (const { item, path, resource, scopeName } of items(
    request,
    'resourceLogs',
    'scopeLogs',
    'logRecords',
  )) {
    const own = time(item['timeUnixNano']);
    yield {
      path,
      eventName: text(item['eventName']),
      time: own[0] === 0 && own[1] === 0 ? time(item['observedTimeUnixNano']) : own,
      traceId: text(item['traceId']).toLowerCase() || undefined,
      spanId: text(item['spanId']).toLowerCase() || undefined,
      scopeName,
      attributes: attributes(item['attributes']),
      resource,
    };
  }
}

function* items(
  request: unknown,
  byResource: string,
  byScope: string,
  leaf: string,
): Generator<{ item: Json; path: string; resource: FlatAttributes; scopeName: string }> {
  const resources = list(isObject(request) ? request[byResource] : undefined);
  for (const [r, group] of resources.entries()) {
    const resource = attributes(isObject(group['resource']) ? group['resource']['attributes'] : undefined);
    for (const [s, scoped] of list(group[byScope]).entries()) {
      const scopeName = text(isObject(scoped['scope']) ? scoped['scope']['name'] : undefined);
      for (const [i, item] of list(scoped[leaf]).entries()) {
        yield { item, path: `${byResource}[${r}].${byScope}[${s}].${leaf}[${i}]`, resource, scopeName };
      }
    }
  }
}

/** OTLP key-value pairs as an object. A later pair of one key wins. */
export function attributes(pairs: unknown): FlatAttributes {
  const flat: FlatAttributes = {};
  for (const pair of list(pairs)) {
    if (typeof pair['key'] === 'string' && pair['key'] !== '__proto__')
      flat[pair['key']] = anyValue(pair['value'], 0);
  }
  return flat;
}

/** Deeper than any telemetry nests; a bound against a document made to exhaust the stack. */
const MAX_DEPTH = 32;

function anyValue(value: unknown, depth: number): unknown {
  if (!isObject(value) || depth > MAX_DEPTH) return undefined;
  if ('intValue' in value) return Number(value['intValue']);
  if ('arrayValue' in value) {
    const { arrayValue } = value as { arrayValue?: { values?: unknown } };
    return list(arrayValue?.values).map(item => anyValue(item, depth + 1));
  }
  if ('kvlistValue' in value) {
    const { kvlistValue } = value as { kvlistValue?: { values?: unknown } };
    return Object.fromEntries(
      list(kvlistValue?.values).map(pair => [text(pair['key']), anyValue(pair['value'], depth + 1)]),
    );
  }
  if ('doubleValue' in value) return Number(value['doubleValue']);
  return value['stringValue'] ?? value['boolValue'] ?? value['bytesValue'];
}

/** Nanoseconds as OTLP/JSON writes them: decimal digits in a string, or a number. `[0, 0]` where there are none. */
function time(nanos: unknown): UnixTime {
  const digits = typeof nanos === 'string' || typeof nanos === 'number' ? String(nanos) : '';
  if (!/^\d{1,20}$/.test(digits)) return [0, 0];
  return [Number(digits.slice(0, -9)), Number(digits.slice(-9))];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
