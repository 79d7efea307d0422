import { ATTRIBUTES } from '../../semconv/index.ts';
import type { Random } from './random.ts';

/** In every value of made-up telemetry that could be content: whatever leaves must be without it. */
export const CANARY = 'CANARY';
/** In every number that could be content. */
export const CANARY_NUMBER = 731_731_731;

const KEYS = [
  ...Object.keys(ATTRIBUTES),
  ...['session.id', 'gen_ai.conversation.id', 'gen_ai.tool.call.id', 'gen_ai.response.id', 'mcp.session.id'],
  ...[
    'mcp.method.name',
    'a2a.context.id',
    'a2a.task.id',
    'acp.session.id',
    'http.request.method',
    'server.address',
  ],
  ...[
    'gen_ai.operation.name',
    'gen_ai.input.messages',
    'process.command',
    'event.name',
    'enduser.id',
    '__proto__',
  ],
  ...['http.response.header.traceresponse', 'request_id', 'url.full', 'constructor', ''],
];
const EVENTS = [
  'alignment.intervention',
  'alignment.risk_escalation',
  'alignment.misalignment_indicator',
  'alignment.canary',
  'exception',
  CANARY,
];

type Json = Readonly<Record<string, unknown>>;

/** A trace of telemetry as an OTLP/JSON request, with canaries in every field that OTLP has, and the ids that must not leave. */
export function hostileTrace(
  random: Random,
  startMs: number,
): { readonly request: Json; readonly ids: readonly string[] } {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random.next() * from.length)]!;
  const list = <T>(most: number, make: () => T): T[] =>
    Array.from({ length: Math.floor(random.next() * (most + 1)) }, make);
  const text = (): string => `${CANARY}-${random.hex(16)}`;
  const value = (key: string): Json => {
    const words = ATTRIBUTES[key]?.values;
    if (words !== undefined && random.chance(0.5)) return { stringValue: pick(words) };
    switch (Math.floor(random.next() * 7)) {
      case 0:
        return { intValue: String(CANARY_NUMBER) };
      case 1:
        return { doubleValue: CANARY_NUMBER + random.next() };
      case 2:
        return { arrayValue: { values: [{ stringValue: text() }, { intValue: CANARY_NUMBER }] } };
      case 3:
        return { kvlistValue: { values: [{ key: text(), value: { stringValue: text() } }] } };
      case 4:
        return { bytesValue: Buffer.from(text()).toString('base64') };
      default:
        return { stringValue: text() };
    }
  };
  const attributes = (most: number): Json[] =>
    list(most, () => {
      const key = random.chance(0.9) ? pick(KEYS) : text();
      return { key, value: value(key) };
    });
  const nanos = (): string =>
    `${startMs + Math.floor(random.next() * 60_000)}${String(CANARY_NUMBER).slice(0, 6)}`;
  const traceId = random.hex(32);
  const ids = Array.from({ length: 1 + Math.floor(random.next() * 7) }, () => random.hex(16));
  const foreign = random.hex(16);
  const linked = random.hex(32);
  const spans = ids.map((spanId, i) => ({
    traceId,
    spanId,
    ...(random.chance(0.8) && { parentSpanId: i > 0 && random.chance(0.8) ? pick(ids) : foreign }),
    traceState: `vendor=${CANARY}`,
    flags: pick([0, 1, 0x101, 0x301, CANARY_NUMBER]),
    name: text(),
    kind: Math.floor(random.next() * 7),
    startTimeUnixNano: nanos(),
    endTimeUnixNano: nanos(),
    attributes: attributes(8),
    droppedAttributesCount: CANARY_NUMBER,
    events: list(3, () => ({ name: pick(EVENTS), timeUnixNano: nanos(), attributes: attributes(6) })),
    links: list(2, () => ({
      traceId: linked,
      spanId: foreign,
      traceState: CANARY,
      attributes: attributes(2),
    })),
    status: { code: 2, message: text() },
    [CANARY]: text(),
  }));
  const records = list(2, () => ({
    timeUnixNano: nanos(),
    observedTimeUnixNano: nanos(),
    severityText: CANARY,
    eventName: pick(EVENTS),
    body: { stringValue: text() },
    attributes: attributes(6),
    ...(random.chance(0.8) && { traceId, spanId: pick(ids) }),
  }));
  const resource = {
    attributes: [{ key: 'service.name', value: { stringValue: text() } }, ...attributes(4)],
    schemaUrl: CANARY,
  };
  const scope = { name: text(), version: CANARY, attributes: attributes(2) };
  return {
    request: {
      resourceSpans: [{ resource, schemaUrl: CANARY, scopeSpans: [{ scope, schemaUrl: CANARY, spans }] }],
      resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords: records }] }],
    },
    ids: [traceId, linked, foreign, ...ids],
  };
}

/** A time finer than a millisecond. */
const FINE = /UnixNano":"(?!\d+000000")/;

/** What of a trace must not be in these bytes and is: the first of it, or nothing. */
export function leak(bytes: string, ids: readonly string[]): string | undefined {
  const secrets = [CANARY, String(CANARY_NUMBER), Buffer.from(CANARY).toString('base64'), ...ids];
  return secrets.find(secret => bytes.includes(secret)) ?? FINE.exec(bytes)?.[0];
}
