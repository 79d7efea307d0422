/** What a fragment is made from: a span, or a log record with a signal, as far as the fragmenter looks at it. */
export interface SourceSpan {
  /** Lower-case hex. Of a record without a trace: empty. */
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  /** The parent is known to be in another process. */
  readonly remoteParent: boolean;
  /** OTLP's numbers: 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  /** Unix milliseconds. */
  readonly startMs: number;
  readonly attributes: Attributes;
  readonly events: readonly SourceEvent[];
  readonly resource: Attributes;
  /** Trace ids of links. */
  readonly links: readonly string[];
  /** The random member `alignment.session` of the baggage that the span was started with, where it was seen. */
  readonly sessionToken?: string;
  /** A log record, which has no place in a tree. */
  readonly record?: boolean;
}

export interface SourceEvent {
  readonly name: string;
  readonly attributes: Attributes;
}

export type Attributes = Readonly<Record<string, unknown>>;

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const EMPTY: Attributes = Object.freeze({});
const HEX_TRACE = /^(?!0{32})[0-9a-f]{32}$/;
const HEX_SPAN = /^(?!0{16})[0-9a-f]{16}$/;

/** What attributes of headers begin with: their values are lists. */
const HEADER = 'http.response.header.';

/** Strings, numbers, booleans, and headers that came once; all else is nothing that a fragment reads. */
function attributesOf(value: unknown): Attributes {
  if (!Array.isArray(value) || value.length === 0) return EMPTY;
  const flat: Record<string, unknown> = Object.create(null);
  for (const pair of value) {
    if (!isObject(pair) || typeof pair['key'] !== 'string' || !isObject(pair['value'])) continue;
    const { stringValue, doubleValue, intValue, boolValue, arrayValue } = pair['value'];
    if (typeof stringValue === 'string') flat[pair['key']] = stringValue;
    else if (doubleValue !== undefined) flat[pair['key']] = Number(doubleValue);
    else if (intValue !== undefined) flat[pair['key']] = Number(intValue);
    else if (typeof boolValue === 'boolean') flat[pair['key']] = boolValue;
    else if (isObject(arrayValue) && pair['key'].startsWith(HEADER)) {
      const [first, ...more] = list(arrayValue['values']);
      if (more.length === 0 && typeof first?.['stringValue'] === 'string')
        flat[pair['key']] = first['stringValue'];
    }
  }
  return flat;
}

/** Milliseconds of nanoseconds as OTLP/JSON writes them, with a fraction to order by; `NaN` where there are none. */
function milliseconds(value: unknown): number {
  if (typeof value === 'string' && /^\d{7,20}$/.test(value)) return Number(value) / 1e6;
  return typeof value === 'number' && value > 0 ? value / 1e6 : Number.NaN;
}

/** Bits 8 and 9 of a span's flags: whether it is known, and whether the parent is in another process. */
const REMOTE = 0x300;

/** The spans of an OTLP/JSON request, or why one cannot be used. Never throws. */
export function* sourceSpans(request: unknown): Generator<SourceSpan | { readonly problem: string }> {
  if (!isObject(request)) return;
  for (const group of list(request['resourceSpans'])) {
    const resource = isObject(group['resource']) ? attributesOf(group['resource']['attributes']) : EMPTY;
    for (const scope of list(group['scopeSpans'])) {
      for (const span of list(scope['spans'])) {
        const traceId = text(span['traceId']).toLowerCase();
        const spanId = text(span['spanId']).toLowerCase();
        const startMs = milliseconds(span['startTimeUnixNano']);
        if (!HEX_TRACE.test(traceId) || !HEX_SPAN.test(spanId))
          yield { problem: 'a span without a valid id' };
        else if (Number.isNaN(startMs)) yield { problem: 'a span without a start time' };
        else {
          const parent = text(span['parentSpanId']).toLowerCase();
          const flags = Number(span['flags'] ?? 0);
          yield {
            traceId,
            spanId,
            parentSpanId: HEX_SPAN.test(parent) ? parent : undefined,
            remoteParent: (flags & REMOTE) === REMOTE,
            kind: Number(span['kind'] ?? 0),
            startMs,
            attributes: attributesOf(span['attributes']),
            events: list(span['events']).map(event => ({
              name: text(event['name']),
              attributes: attributesOf(event['attributes']),
            })),
            resource,
            links: list(span['links'])
              .map(link => text(link['traceId']).toLowerCase())
              .filter(id => HEX_TRACE.test(id)),
          };
        }
      }
    }
  }
  for (const group of list(request['resourceLogs'])) {
    const resource = isObject(group['resource']) ? attributesOf(group['resource']['attributes']) : EMPTY;
    for (const scope of list(group['scopeLogs'])) {
      for (const record of list(scope['logRecords'])) {
        const attributes = attributesOf(record['attributes']);
        const name = text(record['eventName']) || text(attributes['event.name']);
        if (!name.startsWith('alignment.')) continue;
        const own = milliseconds(record['timeUnixNano']);
        const startMs = Number.isNaN(own) ? milliseconds(record['observedTimeUnixNano']) : own;
        if (Number.isNaN(startMs)) {
          yield { problem: 'a log record without a time' };
          continue;
        }
        const traceId = text(record['traceId']).toLowerCase();
        const spanId = text(record['spanId']).toLowerCase();
        yield {
          traceId: HEX_TRACE.test(traceId) ? traceId : '',
          spanId: HEX_SPAN.test(spanId) ? spanId : '',
          parentSpanId: undefined,
          remoteParent: false,
          kind: 1,
          startMs,
          attributes,
          events: [{ name, attributes }],
          resource,
          links: [],
          record: true,
        };
      }
    }
  }
}
