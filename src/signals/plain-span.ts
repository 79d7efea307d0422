import type { Attributes, AttributeValue, Span } from '@opentelemetry/api';
import type { UnixTime } from './signal.ts';

/** What the SDK's spans hold beneath the API, as far as it is written here. */
export interface PlainSpan extends Span {
  readonly attributes: Record<string, AttributeValue>;
  readonly events: {
    name: string;
    attributes: Attributes;
    time: UnixTime;
    droppedAttributesCount: number;
  }[];
  _attributesCount: number;
  readonly _spanLimits: {
    readonly attributeCountLimit?: number;
    readonly attributeValueLengthLimit?: number;
  };
}

/** Most attributes of ours that one span takes at once. */
const ROOM = 16;
/** Values of ours are no longer than this, ids of the user's aside. */
const LONGEST_VALUE = 64;

/** Whether a span's limit of lengths would cut values of ours. Zero stands for no limit in SDK 2.x. */
export const cutsValues = (limit: number | undefined): boolean =>
  limit !== undefined && limit !== 0 && limit < LONGEST_VALUE;

/** The methods of a class that are known to do no more than write; `undefined` where they may. */
interface Methods {
  readonly setAttribute: unknown;
  readonly addEvent: unknown;
}

const classes = new WeakMap<object, Methods>();
/** Of the class looked at last: mostly a process has one. */
const last: { of: object | null; methods: Methods | undefined } = { of: null, methods: undefined };

/**
 * The span as one that can be written to without its methods, which cost as much as the span itself: per key they look up the key three
 * times, per event they copy it twice. `undefined` where they might do more than write: the class was tried out on a span of its
 * own, and it, and nobody else, provides the methods still; and nothing of ours can come to a limit.
 */
export function plainSpan(span: object): PlainSpan | undefined {
  const sdk = span as PlainSpan;
  const of = Object.getPrototypeOf(span) as object | null;
  if (of !== last.of) look(sdk, of);
  const { methods } = last;
  if (methods === undefined) return undefined;
  if (sdk.setAttribute !== methods.setAttribute || sdk.addEvent !== methods.addEvent) return undefined;
  const { attributeCountLimit, attributeValueLengthLimit } = sdk._spanLimits;
  if (attributeCountLimit !== undefined && sdk._attributesCount + ROOM > attributeCountLimit)
    return undefined;
  return cutsValues(attributeValueLengthLimit) ? undefined : sdk;
}

function look(span: PlainSpan, of: object | null): void {
  const found = of === null ? undefined : (classes.get(of) ?? tryOut(span, of));
  if (of !== null && found !== undefined) classes.set(of, found);
  last.of = of;
  last.methods = found?.setAttribute === undefined ? undefined : found;
}

const UNKNOWN: Methods = { setAttribute: undefined, addEvent: undefined };

function tryOut(span: PlainSpan, of: object): Methods {
  try {
    const { setAttribute, addEvent } = span;
    return isPlain(span) && onlyWrites(of) ? { setAttribute, addEvent } : UNKNOWN;
  } catch {
    // another make of span: it is written to by its methods
    return UNKNOWN;
  }
}

const FIELDS = ['attributes', 'events', '_attributesCount', '_spanLimits'] as const;

/** All that is written stands on the span itself, as plain data. */
function isPlain(span: PlainSpan): boolean {
  const held = FIELDS.map(field => Object.getOwnPropertyDescriptor(span, field));
  return (
    held.every(field => field !== undefined && 'value' in field) &&
    Object.getPrototypeOf(span.attributes) === Object.prototype &&
    Array.isArray(span.events) &&
    Number.isInteger(span._attributesCount)
  );
}

/** The class's methods, on a span that is nobody's, leave just what is written here, and nothing else. */
function onlyWrites(of: object): boolean {
  const time: UnixTime = [1_700_000_000, 5];
  const before = {
    attributes: { a: 1 },
    events: [],
    _attributesCount: 1,
    _spanLimits: { attributeCountLimit: 128, eventCountLimit: 128, attributePerEventCountLimit: 128 },
    _attributeValueLengthLimit: 0,
    _droppedAttributesCount: 0,
    _droppedEventsCount: 0,
    _ended: false,
  };
  const probe = Object.assign(Object.create(of) as PlainSpan, structuredClone(before));
  probe.setAttribute('b', 'text');
  probe.setAttribute('c', ['x', 'y']);
  probe.setAttribute('a', 0.5);
  probe.addEvent('e', { k: 'v', n: 0.5 }, [...time]);
  const after = {
    ...before,
    attributes: { a: 0.5, b: 'text', c: ['x', 'y'] },
    events: [{ name: 'e', attributes: { k: 'v', n: 0.5 }, time, droppedAttributesCount: 0 }],
    _attributesCount: 3,
  };
  return stable(probe) === stable(after);
}

/** Own data as text, whatever the order of its keys. */
const stable = (value: unknown): string =>
  JSON.stringify(value, (_, held: unknown) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  );
