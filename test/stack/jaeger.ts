import { decode } from './otlp.ts';
import type { SpanOut } from './sink.ts';

// biome-ignore lint/suspicious/noExplicitAny: JSON as it comes
type Json = any;

/** The spans of a trace from Jaeger's API, or `undefined` where it has none. An unknown API path would answer with a page. */
export async function getTrace(
  web: string,
  traceId: string,
): Promise<Pick<SpanOut, 'spanId' | 'name' | 'attributes' | 'events'>[] | undefined> {
  const answer = await fetch(`${web}/api/v3/traces/${traceId}`);
  const { result } = (await answer.json()) as Json;
  if (!answer.ok) return undefined;
  return result.resourceSpans.flatMap((rs: Json) =>
    rs.scopeSpans.flatMap((ss: Json) =>
      ss.spans.map((span: Json) => ({
        spanId: span.spanId,
        name: span.name,
        attributes: decode(span.attributes),
        events: (span.events ?? []).map((event: Json) => ({
          name: event.name,
          time: event.timeUnixNano,
          attributes: decode(event.attributes),
        })),
      })),
    ),
  );
}

/**
 * The ids of the traces with a span that has all these attributes, on itself, its resource or its events. It is the older of
 * Jaeger's two searches: the newer one ignores attributes without a word in the version that is built here.
 */
export async function findTraces(
  web: string,
  service: string,
  tags: Record<string, string>,
): Promise<string[]> {
  // without times it leaves older spans out
  const end = String((Date.now() + 60_000) * 1000);
  const query = new URLSearchParams({ service, tags: JSON.stringify(tags), limit: '100', start: '1', end });
  const answer = await fetch(`${web}/api/traces?${query}`);
  const { data } = (await answer.json()) as { data: { traceID: string }[] };
  return data.map(trace => trace.traceID);
}
