import type { Received } from './backend.ts';

// biome-ignore lint/suspicious/noExplicitAny: OTLP as it comes
type Json = any;

/** A span without what differs from run to run: ids become the names on the way to the root, times go. */
export interface PlainSpan {
  readonly path: string;
  readonly scope: string;
  readonly resource: Record<string, unknown>;
  readonly kind: unknown;
  readonly status: unknown;
  readonly attributes: Record<string, unknown>;
  readonly events: readonly { readonly name: string; readonly attributes: Record<string, unknown> }[];
  readonly links: number;
}

/** Who runs it and when. */
const OF_THE_PROCESS = /^(process|host|telemetry\.sdk|os|service\.instance)\./;
/** A measured time. */
const MEASURED = /\.(duration|time_to_\w+)$/;

/** All spans that a backend got, in an order that does not depend on how they were sent. */
export function spansOf(received: readonly Received[]): PlainSpan[] {
  const all = received.flatMap(({ request }) =>
    (request.resourceSpans ?? []).flatMap((resource: Json) =>
      (resource.scopeSpans ?? []).flatMap((scope: Json) =>
        (scope.spans ?? []).map((span: Json) => ({ span, scope: scope.scope, resource: resource.resource })),
      ),
    ),
  );
  const byId = new Map<string, Json>(all.map(({ span }) => [span.spanId, span]));
  const pathOf = (span: Json): string => {
    const parent = byId.get(span.parentSpanId);
    return parent === undefined ? span.name : `${pathOf(parent)} > ${span.name}`;
  };
  return all
    .map(({ span, scope, resource }) => ({
      path: pathOf(span),
      scope: `${scope?.name}@${scope?.version ?? ''}`,
      resource: Object.fromEntries(
        Object.entries(plain(resource?.attributes)).filter(([key]) => !OF_THE_PROCESS.test(key)),
      ),
      kind: span.kind,
      status: { code: span.status?.code ?? 0, message: span.status?.message ?? '' },
      attributes: plain(span.attributes),
      events: (span.events ?? []).map((event: Json) => ({
        name: event.name,
        attributes: plain(event.attributes),
      })),
      links: (span.links ?? []).length,
    }))
    .sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
}

const textOf = (span: PlainSpan): string => JSON.stringify(withoutOurs(span));

const isOurs = (name: string): boolean => name.startsWith('alignment.');

/** The span as it would be without us, if all that we did is to add. */
export function withoutOurs(span: PlainSpan): PlainSpan {
  return {
    ...span,
    attributes: Object.fromEntries(Object.entries(span.attributes).filter(([key]) => !isOurs(key))),
    events: span.events.filter(({ name }) => !isOurs(name)),
  };
}

export const signalsOf = (spans: readonly PlainSpan[]): string[] =>
  spans.flatMap(({ events }) => events.map(({ name }) => name)).filter(isOurs);

function plain(attributes: Json[] = []): Record<string, unknown> {
  return Object.fromEntries(
    attributes
      .map(({ key, value }) => [key, MEASURED.test(key) ? 'measured' : plainValue(value)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function plainValue(value: Json): unknown {
  if (value?.arrayValue !== undefined) return (value.arrayValue.values ?? []).map(plainValue);
  if (value?.kvlistValue !== undefined) return plain(value.kvlistValue.values);
  if (value?.intValue !== undefined) return Number(value.intValue);
  return value?.stringValue ?? value?.doubleValue ?? value?.boolValue ?? value?.bytesValue ?? null;
}
