/** OTLP/JSON as a test writes it. */
export interface TestSpan {
  readonly id: string;
  readonly parent?: string;
  readonly trace?: string;
  /** Seconds since the start of the test's time. */
  readonly at?: number;
  readonly name?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly events?: readonly TestEvent[];
}

export interface TestEvent {
  /** Class of the signal. */
  readonly class: string;
  readonly at?: number;
  readonly severity?: number;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

export const TRACE = 'a'.repeat(32);
const BEGIN = 1_790_000_000;

const nanos = (at = 0): string => `${Math.round((BEGIN + at) * 1000)}000000`;
/** Milliseconds since the epoch of a second of the test's time. */
export const timeOf = (at: number): number => (BEGIN + at) * 1000;
export const spanId = (id: string): string => Buffer.from(id).toString('hex').padStart(16, '0').slice(-16);

const value = (one: unknown): object => {
  if (typeof one === 'number') return { doubleValue: one };
  if (typeof one === 'boolean') return { boolValue: one };
  if (Array.isArray(one)) return { arrayValue: { values: one.map(value) } };
  return { stringValue: String(one) };
};
const pairs = (attributes: Readonly<Record<string, unknown>> = {}): object[] =>
  Object.entries(attributes).map(([key, one]) => ({ key, value: value(one) }));

const signalPairs = ({ class: name, severity = 0.5, attributes }: TestEvent): object[] =>
  pairs({ 'alignment.signal.class': name, 'alignment.signal.severity': severity, ...attributes });

export function traces(spans: readonly TestSpan[], resource: Readonly<Record<string, unknown>> = {}): object {
  return {
    resourceSpans: [
      {
        resource: { attributes: pairs(resource) },
        scopeSpans: [{ scope: { name: 'test' }, spans: spans.map(encodeSpan) }],
      },
    ],
  };
}

const encodeSpan = ({
  id,
  parent,
  trace = TRACE,
  at = 0,
  name = 'span',
  attributes,
  events = [],
}: TestSpan) => ({
  traceId: trace,
  spanId: spanId(id),
  ...(parent === undefined ? {} : { parentSpanId: spanId(parent) }),
  name,
  startTimeUnixNano: nanos(at),
  endTimeUnixNano: nanos(at + 0.5),
  attributes: pairs(attributes),
  events: events.map(event => ({
    name: `alignment.${event.class}`,
    timeUnixNano: nanos(event.at ?? at),
    attributes: signalPairs(event),
  })),
});

export interface TestRecord extends TestEvent {
  readonly trace?: string;
  readonly span?: string;
}

export function logs(
  records: readonly TestRecord[],
  resource: Readonly<Record<string, unknown>> = {},
): object {
  return {
    resourceLogs: [
      {
        resource: { attributes: pairs(resource) },
        scopeLogs: [
          {
            scope: { name: 'test' },
            logRecords: records.map(record => ({
              eventName: `alignment.${record.class}`,
              timeUnixNano: nanos(record.at),
              attributes: signalPairs(record),
              ...(record.trace === undefined ? {} : { traceId: record.trace }),
              ...(record.span === undefined ? {} : { spanId: spanId(record.span) }),
            })),
          },
        ],
      },
    ],
  };
}

/** A tool call as our processor leaves it. */
export const call = (
  tool: string,
  risk: number,
  level: string,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> => ({
  'gen_ai.operation.name': 'execute_tool',
  'gen_ai.tool.name': tool,
  'alignment.risk.score': risk,
  'alignment.autonomy.level': level,
  ...more,
});

export const intervention = (type: string, by?: string, more: Partial<TestEvent> = {}): TestEvent => ({
  class: 'intervention',
  ...more,
  attributes: {
    'alignment.intervention.type': type,
    ...(by === undefined ? {} : { 'alignment.intervention.initiator': by }),
    ...more.attributes,
  },
});
