import type { Attributes, AttributeValue, HrTime, Span } from '@opentelemetry/api';
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

/** What was seen of a class of spans while its methods wrote. */
interface Seen {
  /** Each was watched once. */
  attribute: boolean;
  event: boolean;
  /** The methods that do no more than write; `undefined` where they may, or were not watched yet. */
  setAttribute: unknown;
  addEvent: unknown;
}

const classes = new WeakMap<object, Seen>();
/** Of the class looked at last: mostly a process has one. */
const last: { of: object | null; seen: Seen | undefined } = { of: null, seen: undefined };

function seenOf(span: object): Seen | undefined {
  const of = Object.getPrototypeOf(span) as object | null;
  if (of === last.of) return last.seen;
  let seen = of === null ? undefined : classes.get(of);
  if (of !== null && seen === undefined) {
    seen = { attribute: false, event: false, setAttribute: undefined, addEvent: undefined };
    classes.set(of, seen);
  }
  last.of = of;
  last.seen = seen;
  return seen;
}

/**
 * The span as one whose attributes can be written without its method, which costs as much as the span itself: per key it looks up the
 * key three times, and per event it copies it twice. `undefined` where the method might do more than write: the class was watched while it wrote on a span, and it, and
 * nobody else, provides the method still; and nothing of ours can come to a limit.
 */
export function plainSpan(span: object): PlainSpan | undefined {
  const seen = seenOf(span);
  const sdk = span as PlainSpan;
  if (seen?.setAttribute === undefined || sdk.setAttribute !== seen.setAttribute) return undefined;
  // one that has ended meanwhile refuses by its methods
  return sdk.isRecording() && isRoomy(sdk) ? sdk : undefined;
}

/** Whether the events of a plain span can be written without its method as well. */
export function takesEvents(span: PlainSpan): boolean {
  const addEvent = seenOf(span)?.addEvent;
  return addEvent !== undefined && span.addEvent === addEvent;
}

function isRoomy({ _spanLimits, _attributesCount }: PlainSpan): boolean {
  const { attributeCountLimit, attributeValueLengthLimit } = _spanLimits;
  if (attributeCountLimit !== undefined && _attributesCount + ROOM > attributeCountLimit) return false;
  return !cutsValues(attributeValueLengthLimit);
}

/** Writes an attribute by the span's method, and watches that the first time. No span is made for it: an odd one slows the class down. */
export function setAttribute(span: Span, key: string, value: AttributeValue): void {
  const seen = seenOf(span);
  const sdk = span as PlainSpan;
  const { setAttribute } = sdk;
  if (seen === undefined || seen.attribute || !isWatched(sdk, 'setAttribute') || key in sdk.attributes) {
    span.setAttribute(key, value);
    return;
  }
  seen.attribute = true;
  const before = picture(sdk);
  span.setAttribute(key, value);
  const expected = {
    ...before,
    attributes: { ...before.attributes, [key]: value },
    count: before.count + 1,
  };
  if (isSame(picture(sdk), expected)) seen.setAttribute = setAttribute;
}

/** The same of an event. */
export function addEvent(span: Span, name: string, attributes: Attributes, time: UnixTime): void {
  const seen = seenOf(span);
  const sdk = span as PlainSpan;
  const { addEvent } = sdk;
  if (seen === undefined || seen.event || !isWatched(sdk, 'addEvent')) {
    span.addEvent(name, attributes, time as HrTime);
    return;
  }
  seen.event = true;
  const before = picture(sdk);
  span.addEvent(name, attributes, time as HrTime);
  const added = sdk.events.at(-1);
  const after = picture(sdk);
  const expected = { ...before, events: [...before.events, added] };
  const written = { name, attributes, time, droppedAttributesCount: 0 };
  if (added !== undefined && isSame(after, expected) && text(added) === text(written))
    seen.addEvent = addEvent;
}

/** Spans whose data are plain, whose class provides the method, and that no limit is near on: others show nothing of the class. */
function isWatched(span: PlainSpan, method: 'setAttribute' | 'addEvent'): boolean {
  try {
    const provided = (Object.getPrototypeOf(span) as PlainSpan)[method];
    return span[method] === provided && isPlain(span) && isRoomy(span);
  } catch {
    // another make of span
    return false;
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

/** All that stands on a span. */
interface Picture {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly unknown[];
  readonly count: number;
  /** Every field by name or symbol, the objects behind the two above among them. */
  readonly fields: ReadonlyMap<PropertyKey, unknown>;
}

function picture(span: PlainSpan): Picture {
  const fields = new Map<PropertyKey, unknown>();
  const held = Object.getOwnPropertyDescriptors(span) as Record<PropertyKey, PropertyDescriptor>;
  for (const key of Reflect.ownKeys(held))
    if (key !== '_attributesCount') fields.set(key, held[key]?.value ?? held[key]?.get);
  return {
    attributes: { ...span.attributes },
    events: [...span.events],
    count: span._attributesCount,
    fields,
  };
}

const isSame = (a: Picture, b: Picture): boolean =>
  a.count === b.count &&
  a.events.length === b.events.length &&
  a.events.every((event, i) => event === b.events[i]) &&
  hasSame(Object.entries(a.attributes), new Map(Object.entries(b.attributes))) &&
  hasSame([...a.fields], b.fields);

const hasSame = (
  entries: readonly (readonly [PropertyKey, unknown])[],
  others: ReadonlyMap<PropertyKey, unknown>,
): boolean =>
  entries.length === others.size &&
  entries.every(([key, value]) => others.has(key) && Object.is(value, others.get(key)));

/** Own data as text, whatever the order of its keys. */
const text = (value: unknown): string =>
  JSON.stringify(value, (_, held: unknown) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  );
