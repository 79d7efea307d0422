import { type NativeEvent, readEvent, readRecord, readSpan, readStep } from '../../dialects/index.ts';
import {
  type DecodedRecord,
  type DecodedSpan,
  recordsOf,
  signalOfRecord,
  signalsOfSpan,
  spansOf,
} from '../../otlp/index.ts';
import type { Signal, UnixTime } from '../../signals/index.ts';
import type { AgentStep, RecordView, SpanView } from '../../step/step.ts';

/** What one span or record of a file says of an agent. */
export interface Said {
  readonly time: UnixTime;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, unknown>>;
  readonly step: AgentStep | undefined;
  /** What the agent's own telemetry states. */
  readonly native: readonly NativeEvent[];
  /** Events of the span, where a provider's scores may stand. */
  readonly events?: DecodedSpan['events'];
  /** Alignment signals that are there already. */
  readonly signals: readonly Signal[];
}

/** The steps, events and signals of one OTLP request, as its spans and records say them. */
export function* saidIn(request: unknown): Generator<Said> {
  for (const span of spansOf(request)) {
    const said = spanSays(request, span);
    if (said !== undefined) yield said;
  }
  for (const record of recordsOf(request)) {
    const said = recordSays(request, record);
    if (said !== undefined) yield said;
  }
}

/** The step that a span reports. */
export const stepOf = (request: unknown, span: DecodedSpan): AgentStep | undefined =>
  readStep(viewOf(request, span));

function spanSays(request: unknown, span: DecodedSpan): Said | undefined {
  const view = viewOf(request, span);
  const step = readStep(view);
  // as in process: a span that reports a step states no event of its own
  const stated = step === undefined ? readEvent(view) : undefined;
  const native = stated === undefined ? readSpan({ ...view, events: span.events }) : [stated];
  const { traceId, spanId, attributes, resource } = span;
  const ids = { ...(traceId === '' ? {} : { traceId }), ...(spanId === '' ? {} : { spanId }) };
  const signals = [...signalsOfSpan(span)].map(found => found.signal);
  if (step === undefined && native.length === 0 && signals.length === 0) return undefined;
  const time = span.end[0] === 0 ? span.start : span.end;
  const { events } = span;
  return {
    time,
    traceId: ids.traceId,
    spanId: ids.spanId,
    attributes,
    resource,
    step,
    native,
    events,
    signals,
  };
}

function recordSays(request: unknown, record: DecodedRecord): Said | undefined {
  const { eventName, time, traceId, spanId, attributes, resource, scopeName } = record;
  const own = signalOfRecord(record);
  const body = rawAt(request, record.path)?.['body'];
  const view: RecordView = {
    attributes,
    resource,
    scopeName,
    ...(eventName === '' ? {} : { eventName }),
    ...(isObject(body) && typeof body['stringValue'] === 'string' ? { body: body['stringValue'] } : {}),
  };
  const native = own === undefined ? readRecord(view) : [];
  if (own === undefined && native.length === 0) return undefined;
  return {
    time,
    traceId,
    spanId,
    attributes,
    resource,
    step: undefined,
    native,
    signals: own === undefined ? [] : [own],
  };
}

function viewOf(request: unknown, { name, attributes, scopeName, resource, path }: DecodedSpan): SpanView {
  const status = rawAt(request, path)?.['status'];
  return { name, attributes, scopeName, resource, ...(isObject(status) ? { status: statusOf(status) } : {}) };
}

function statusOf({ code, message }: Readonly<Record<string, unknown>>): NonNullable<SpanView['status']> {
  // the JSON encoding allows an enum's number and its name
  const number = code === 'STATUS_CODE_ERROR' ? 2 : code === 'STATUS_CODE_OK' ? 1 : code;
  return {
    ...(typeof number === 'number' ? { code: number } : {}),
    ...(typeof message === 'string' ? { message } : {}),
  };
}

/** The span or record at a decoder's path, for what the decoder leaves out. The decoder counts objects only. */
function rawAt(request: unknown, path: string): Readonly<Record<string, unknown>> | undefined {
  let at: unknown = request;
  for (const part of path.split('.')) {
    const [key = '', index = ''] = part.slice(0, -1).split('[');
    const list = isObject(at) ? at[key] : undefined;
    at = Array.isArray(list) ? list.filter(isObject)[Number(index)] : undefined;
  }
  return isObject(at) ? at : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
