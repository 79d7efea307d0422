/** A span of an OTLP/JSON request, with its attributes as plain objects. */
export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly name: string;
  readonly attributes: Record<string, unknown>;
  readonly events: readonly { readonly name: string; readonly attributes: Record<string, unknown> }[];
}

interface RawValue {
  readonly stringValue?: string;
  readonly intValue?: number | string;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
  readonly arrayValue?: { readonly values?: readonly RawValue[] };
}
interface RawAttribute {
  readonly key: string;
  readonly value: RawValue;
}
interface RawSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly name: string;
  readonly attributes?: readonly RawAttribute[];
  readonly events?: readonly { readonly name: string; readonly attributes?: readonly RawAttribute[] }[];
}
interface RawRequest {
  readonly resourceSpans?: readonly {
    readonly scopeSpans?: readonly { readonly spans?: readonly RawSpan[] }[];
  }[];
}

/** Spans of OTLP JSON Lines. Lines of logs are passed over. */
export function readSpans(jsonLines: string): OtlpSpan[] {
  return jsonLines
    .split('\n')
    .filter(line => line !== '')
    .flatMap(line => (JSON.parse(line) as RawRequest).resourceSpans ?? [])
    .flatMap(resource => resource.scopeSpans ?? [])
    .flatMap(scope => scope.spans ?? [])
    .map(({ traceId, spanId, name, attributes, events = [] }) => ({
      traceId,
      spanId,
      name,
      attributes: toObject(attributes),
      events: events.map(event => ({ name: event.name, attributes: toObject(event.attributes) })),
    }));
}

/** The attributes of the span's alignment events. */
export function signalsOf(span: OtlpSpan): Record<string, unknown>[] {
  return span.events.filter(event => event.name.startsWith('alignment.')).map(event => event.attributes);
}

function toObject(attributes: readonly RawAttribute[] = []): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, toPlain(value)]));
}

function toPlain(value: RawValue): unknown {
  if (value.arrayValue) return (value.arrayValue.values ?? []).map(toPlain);
  if (value.intValue !== undefined) return Number(value.intValue);
  return value.stringValue ?? value.doubleValue ?? value.boolValue;
}
