import {
  CONTRIBUTOR,
  type Fragment,
  type FragmentName,
  type FragmentValue,
  fragmentProblem,
} from './schema.ts';

const nanos = (ms: number): string => `${ms}000000`;

function encode(value: FragmentValue): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'number') return { intValue: String(value) };
  return { arrayValue: { values: value.map(stringValue => ({ stringValue })) } };
}

const attributes = (from: Readonly<Record<string, FragmentValue>>): object[] =>
  Object.entries(from).map(([key, value]) => ({ key, value: encode(value) }));

/** An OTLP/JSON request with the fragments of one contributor. Nothing but what the schema names is in it. */
export function fragmentsRequest(fragments: readonly Fragment[], contributor: string): object {
  const spans = fragments.map(({ name, traceId, spanId, parentSpanId, kind, startMs, ...rest }) => ({
    traceId,
    spanId,
    ...(parentSpanId !== undefined && { parentSpanId }),
    name,
    kind,
    startTimeUnixNano: nanos(startMs),
    endTimeUnixNano: nanos(startMs + 1),
    attributes: attributes(rest.attributes),
    ...(rest.events.length > 0 && {
      events: rest.events.map(event => ({
        name: event.name,
        timeUnixNano: nanos(startMs),
        attributes: attributes(event.attributes),
      })),
    }),
  }));
  return {
    resourceSpans: [
      {
        resource: {
          attributes: attributes({
            'service.name': `asr/${contributor}`,
            'alignment.contributor.id': contributor,
          }),
        },
        scopeSpans: [{ scope: { name: 'asr/1' }, spans }],
      },
    ],
  };
}

/** A fragment as it came to the layer, with the contributor that its resource names. */
export interface ReceivedFragment extends Fragment {
  readonly contributor: string;
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** Of a list that may be absent; nothing for what is no list. */
const members = (value: unknown): readonly unknown[] | undefined =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : undefined;

const INTEGER = /^-?\d{1,19}$/;

/** The only member of an object with one; nothing for any other. */
const only = (value: unknown): readonly [string, unknown] | undefined => {
  const [member, ...more] = isObject(value) ? Object.entries(value) : [];
  return more.length === 0 ? member : undefined;
};

/** An attribute's value, or `null` for one that no fragment can have. */
function decode(value: unknown): FragmentValue | null {
  const [kind, held] = only(value) ?? [];
  if (kind === 'stringValue' && typeof held === 'string') return held;
  if (kind === 'intValue')
    return Number.isSafeInteger(held) || (typeof held === 'string' && INTEGER.test(held))
      ? Number(held)
      : null;
  if (kind !== 'arrayValue' || !isObject(held) || !hasOnly(held, ARRAY_KEYS)) return null;
  const items = members(held['values'])?.map(item => {
    const [type, text] = only(item) ?? [];
    return type === 'stringValue' ? text : undefined;
  });
  return items?.every(item => typeof item === 'string') === true ? (items as string[]) : null;
}

function decodeAll(value: unknown): Record<string, FragmentValue> | null {
  const all: Record<string, FragmentValue> = Object.create(null);
  const pairs = members(value);
  if (pairs === undefined) return null;
  for (const pair of pairs) {
    if (!isObject(pair) || typeof pair['key'] !== 'string' || !hasOnly(pair, PAIR_KEYS)) return null;
    const decoded = decode(pair['value']);
    if (decoded === null || pair['key'] in all) return null;
    all[pair['key']] = decoded;
  }
  return all;
}

const REQUEST_KEYS = new Set(['resourceSpans']);
const PAIR_KEYS = new Set(['key', 'value']);
const ARRAY_KEYS = new Set(['values']);
const SPAN_KEYS = new Set([
  'traceId',
  'spanId',
  'parentSpanId',
  'name',
  'kind',
  'startTimeUnixNano',
  'endTimeUnixNano',
  'attributes',
  'events',
  'status',
  'flags',
]);
const EVENT_KEYS = new Set(['name', 'timeUnixNano', 'attributes']);
const GROUP_KEYS = new Set(['resource', 'scopeSpans']);
const SCOPE_GROUP_KEYS = new Set(['scope', 'spans']);
const RESOURCE_KEYS = new Set(['attributes']);
const SCOPE_KEYS = new Set(['name']);
const SDK_KEYS = /^telemetry\.sdk\.(?:name|language|version)$/;
const SDK_VALUE = /^[A-Za-z0-9.+-]{1,32}$/;
/** OTLP: eight bits of W3C and the two that say whether the parent is remote. */
const MAX_FLAGS = 0x3ff;
const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === '' ||
  value === 0 ||
  (typeof value === 'object' && Object.keys(value ?? {}).length === 0);

/** Whether nothing but these is in it; what is there and empty does not count. */
const hasOnly = (value: Json, keys: ReadonlySet<string>): boolean =>
  Object.entries(value).every(([key, item]) => keys.has(key) || isEmpty(item));

function milliseconds(value: unknown): number {
  return typeof value === 'string' && /^\d{7,20}$/.test(value) && value.endsWith('000000')
    ? Number(value.slice(0, -6))
    : Number.NaN;
}

function receive(span: unknown, contributor: string, now?: number): ReceivedFragment | string {
  if (!isObject(span)) return 'a span that is none';
  if (!hasOnly(span, SPAN_KEYS)) return 'a field that no fragment has';
  const { status, flags = 0 } = span;
  if (!isEmpty(status) && !(isObject(status) && Object.values(status).every(isEmpty))) return 'status';
  if (!(typeof flags === 'number' && flags >= 0 && flags <= MAX_FLAGS)) return 'flags';
  const attributes = decodeAll(span['attributes']);
  if (attributes === null) return 'an attribute that no fragment has';
  const events: Fragment['events'][number][] = [];
  const startMs = milliseconds(span['startTimeUnixNano']);
  if (milliseconds(span['endTimeUnixNano']) !== startMs + 1) return 'end time';
  const given = members(span['events']);
  if (given === undefined) return 'events';
  for (const event of given) {
    if (!isObject(event)) return 'an event that is none';
    if (!hasOnly(event, EVENT_KEYS)) return 'a field that no event has';
    if (typeof event['name'] !== 'string') return 'event name';
    if (milliseconds(event['timeUnixNano']) !== startMs) return 'event time';
    const own = decodeAll(event['attributes']);
    if (own === null) return 'an attribute that no event has';
    events.push({ name: event['name'], attributes: own as Record<string, string | number> });
  }
  const { traceId, spanId, kind, parentSpanId: parent = '' } = span;
  if (typeof traceId !== 'string') return 'trace id';
  if (typeof spanId !== 'string') return 'span id';
  if (typeof parent !== 'string') return 'parent span id';
  if (typeof kind !== 'number') return 'kind';
  const fragment: ReceivedFragment = {
    contributor,
    name: span['name'] as FragmentName,
    traceId: traceId.toLowerCase(),
    spanId: spanId.toLowerCase(),
    ...(parent !== '' && { parentSpanId: parent.toLowerCase() }),
    kind,
    startMs,
    attributes,
    events,
  };
  const problem = fragmentProblem(fragment, now);
  return problem ?? fragment;
}

const isPlainScope = (group: Json): boolean => {
  const { scope } = group;
  return (
    hasOnly(group, SCOPE_GROUP_KEYS) &&
    (scope === undefined ||
      (isObject(scope) &&
        hasOnly(scope, SCOPE_KEYS) &&
        (isEmpty(scope['name']) || scope['name'] === 'asr/1')))
  );
};

/** The contributor that a resource names; nothing where anything else is in it. */
function contributorOf(group: Json): string | undefined {
  const { resource } = group;
  if (!hasOnly(group, GROUP_KEYS) || !isObject(resource) || !hasOnly(resource, RESOURCE_KEYS))
    return undefined;
  const attributes = decodeAll(resource['attributes']);
  const contributor = attributes?.['alignment.contributor.id'];
  if (attributes === null || typeof contributor !== 'string' || !CONTRIBUTOR.test(contributor))
    return undefined;
  const allowed = ([key, value]: [string, FragmentValue]): boolean =>
    key === 'alignment.contributor.id' ||
    (key === 'service.name' && value === `asr/${contributor}`) ||
    (SDK_KEYS.test(key) && typeof value === 'string' && SDK_VALUE.test(value));
  return 'service.name' in attributes && Object.entries(attributes).every(allowed) ? contributor : undefined;
}

/**
 * The fragments of an OTLP/JSON request, or what is wrong with one: closed world, so that anything that the schema does not name rejects the
 * whole fragment. Values are never quoted.
 *
 * @param now Unix milliseconds, to refuse what starts later; without it no clock is looked at
 */
export function* receivedFragments(
  request: unknown,
  now?: number,
): Generator<ReceivedFragment | { readonly problem: string }> {
  const isPlain = isObject(request) && hasOnly(request, REQUEST_KEYS);
  const groups = isObject(request) ? members(request['resourceSpans']) : undefined;
  if (groups === undefined) yield { problem: 'request' };
  for (const group of groups ?? []) {
    const scopes = isObject(group) ? members(group['scopeSpans']) : undefined;
    if (!isObject(group) || scopes === undefined) {
      yield { problem: 'resource' };
      continue;
    }
    const contributor = contributorOf(group);
    for (const scope of scopes) {
      const spans = isObject(scope) ? members(scope['spans']) : undefined;
      if (!isObject(scope) || spans === undefined) {
        yield { problem: 'scope' };
        continue;
      }
      const plain = isPlainScope(scope);
      for (const span of spans) {
        if (!isPlain || contributor === undefined || !plain) {
          yield { problem: !isPlain ? 'request' : contributor === undefined ? 'resource' : 'scope' };
          continue;
        }
        const result = receive(span, contributor, now);
        yield typeof result === 'string' ? { problem: result } : result;
      }
    }
  }
}
