import type { Session, SessionSpan } from './session.ts';

const nanos = (ms: number): string => `${ms}000000`;
type Value = string | number | boolean | readonly string[];

function encode(value: Value): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number')
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  return { arrayValue: { values: value.map(stringValue => ({ stringValue })) } };
}

const attributes = (from: Readonly<Record<string, Value>>): object[] =>
  Object.entries(from).map(([key, value]) => ({ key, value: encode(value) }));

const resource = (service: string, more: Readonly<Record<string, string>>): object => ({
  attributes: attributes({ 'service.name': service, ...more }),
});

/** A session as one trace: an OTLP/JSON request that any tracing backend takes. */
export const sessionRequest = (session: Session): object => request(session, {});

/** The same, with the run of stitching that made it (`newRun`): a release needs it, so that it counts no session of two runs twice. */
export const sessionRequestOf = (session: Session, run: string): object =>
  request(session, { 'service.instance.id': run });

function request(session: Session, layer: Readonly<Record<string, string>>): object {
  const { traceId, rootSpanId, epoch, startMs, endMs, confidence, conflict, links } = session;
  const root = {
    traceId,
    spanId: rootSpanId,
    name: 'alignment.session',
    kind: 1,
    startTimeUnixNano: nanos(startMs),
    endTimeUnixNano: nanos(endMs),
    attributes: [
      ...attributes({
        'alignment.fragment.version': 'asr/1',
        'alignment.fragment.epoch': epoch,
        'alignment.fragment.conflict': conflict,
      }),
      { key: 'alignment.fragment.confidence', value: { doubleValue: confidence } },
    ],
    ...(links.length > 0 && { links: links.map(id => ({ traceId: id, spanId: id.slice(0, 16) })) }),
  };
  const encodeSpan = (span: SessionSpan): object => ({
    traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    name: span.name,
    kind: span.kind,
    startTimeUnixNano: nanos(span.startMs),
    endTimeUnixNano: nanos(span.startMs + 1),
    attributes: attributes({
      ...span.attributes,
      ...(span.corroborated !== undefined && { 'alignment.fragment.corroborated': span.corroborated }),
    }),
    ...(span.events.length > 0 && {
      events: span.events.map(event => ({
        name: event.name,
        timeUnixNano: nanos(span.startMs),
        attributes: attributes(event.attributes),
      })),
    }),
  });
  return {
    resourceSpans: [
      {
        resource: resource('asr/layer', layer),
        scopeSpans: [{ scope: { name: 'asr/1' }, spans: [root] }],
      },
      ...session.contributors.map(contributor => ({
        resource: resource(`asr/${contributor}`, { 'alignment.contributor.id': contributor }),
        scopeSpans: [
          {
            scope: { name: 'asr/1' },
            spans: session.spans.filter(span => span.contributor === contributor).map(encodeSpan),
          },
        ],
      })),
    ],
  };
}
