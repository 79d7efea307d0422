import type { Attributes, Span } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, it, vi } from 'vitest';
import { addEvent, plainSpan, setAttribute, takesEvents } from './plain-span.ts';

interface Limits {
  readonly attributeCountLimit?: number;
  readonly attributeValueLengthLimit?: number;
}

const spanOf = (spanLimits: Limits = {}, attributes: Attributes = { a: 1 }) =>
  new TracerProvider({ spanLimits } as never).getTracer('test').startSpan('span', { attributes });

type Method = (this: Record<string, unknown>, ...given: unknown[]) => unknown;
type Class = Record<string, Method>;
interface Shown {
  readonly attributes: Attributes;
  readonly events: { name: string }[];
}
const SDK = Object.getPrototypeOf(spanOf()) as Class;

/** A class that nobody has watched yet. */
const classOf = (own: Class = {}): Class => Object.assign(Object.create(SDK) as Class, own);
const spanOfClass = (of: object, limits: Limits = {}): Span =>
  Object.setPrototypeOf(spanOf(limits), of) as Span;

/** The SDK's method, and something besides. */
const besides = (method: string, act: (span: Shown) => void): Method =>
  function besides(...given) {
    act(this as unknown as Shown);
    return SDK[method]?.apply(this, given);
  };

function write(span: Span): void {
  setAttribute(span, 'k', 'v');
  addEvent(span, 'e', { n: 0.5 }, [1_700_000_000, 5]);
}

const writes = (span: Span): { attributes: boolean; events: boolean } => {
  const plain = plainSpan(span);
  return { attributes: plain !== undefined, events: plain !== undefined && takesEvents(plain) };
};

describe('a span that is written to without its methods', () => {
  it('is one of a class that was watched while it wrote', () => {
    const of = classOf();
    const [first, second] = [spanOfClass(of), spanOfClass(of)];
    expect(writes(first)).toEqual({ attributes: false, events: false });
    setAttribute(first, 'k', 'v');
    expect(writes(second)).toEqual({ attributes: true, events: false });
    addEvent(first, 'e', { n: 0.5 }, [1_700_000_000, 5]);
    expect(writes(second)).toEqual({ attributes: true, events: true });
    expect(plainSpan(second)).toBe(second);
    expect(plainSpan(second)?.attributes).toEqual({ a: 1 });
    expect(plainSpan(second)?._attributesCount).toBe(1);
  });

  it('has been written to by its methods while it was watched', () => {
    const span = spanOfClass(classOf());
    write(span);
    expect(span).toMatchObject({
      attributes: { a: 1, k: 'v' },
      _attributesCount: 2,
      events: [{ name: 'e', attributes: { n: 0.5 }, time: [1_700_000_000, 5], droppedAttributesCount: 0 }],
    });
  });

  it.each<[string, string, (span: Shown) => void]>([
    ['sets a field', 'setAttribute', span => Object.assign(span, { marked: true })],
    ['sets a status', 'addEvent', span => Object.assign(span, { status: { code: 1 } })],
    ['writes another attribute', 'setAttribute', ({ attributes }) => Object.assign(attributes, { b: 2 })],
    ['changes an attribute', 'addEvent', ({ attributes }) => Object.assign(attributes, { a: 2 })],
    ['counts for itself', 'setAttribute', span => Object.assign(span, { _attributesCount: 7 })],
    ['writes another event', 'addEvent', ({ events }) => events.push({ name: 'other' })],
  ])('is none of a class whose method %s', (_, method, act) => {
    const of = classOf({ [method]: besides(method, act) });
    write(spanOfClass(of));
    expect(writes(spanOfClass(of))).toEqual({ attributes: method === 'addEvent', events: false });
  });

  it('is none of a class whose method refuses, or writes something else', () => {
    const of = classOf({ setAttribute: () => undefined, addEvent: besides('addEvent', () => {}) });
    const other = classOf({
      setAttribute(key) {
        return SDK['setAttribute']?.call(this, key, 'other');
      },
      addEvent(name, attributes) {
        return SDK['addEvent']?.call(this, name, attributes, [1, 1]);
      },
    });
    for (const each of [of, other]) {
      write(spanOfClass(each));
      expect(writes(spanOfClass(each)).attributes).toBe(false);
    }
    expect(takesEvents(spanOfClass(other) as never)).toBe(false);
  });

  it.each([
    ['a method of its own', () => Object.assign(spanOf(), { setAttribute: () => {} })],
    ['a limit of attributes that is near', () => spanOf({ attributeCountLimit: 16 })],
    ['a limit of lengths that cuts values of ours', () => spanOf({ attributeValueLengthLimit: 63 })],
    ['no class', () => Object.create(null) as Span],
    ['another class', () => ({ setAttribute() {}, addEvent() {}, attributes: {}, events: [] })],
  ])('is none with %s', (_, make) => {
    write(spanOf());
    expect(plainSpan(spanOf())).toBeDefined();
    expect(plainSpan(make())).toBeUndefined();
  });

  it('is none once it has ended', () => {
    write(spanOf());
    const span = spanOf();
    expect(plainSpan(span)).toBe(span);
    span.end();
    expect(plainSpan(span)).toBeUndefined();
  });

  it('is none with an event method of its own where it comes to events', () => {
    write(spanOf());
    const span = Object.assign(spanOf(), { addEvent: () => {} });
    expect(writes(span as never)).toEqual({ attributes: true, events: false });
  });

  it('spans that cannot show what a class does decide nothing', () => {
    const of = classOf();
    write(Object.assign(spanOfClass(of), { setAttribute: vi.fn(), addEvent: vi.fn() }));
    write(spanOfClass(of, { attributeCountLimit: 16 }));
    const held = spanOfClass(of);
    held.setAttribute('k', 'before');
    setAttribute(held, 'k', 'after');
    expect(plainSpan(spanOfClass(of))).toBeUndefined();
    write(spanOfClass(of));
    expect(writes(spanOfClass(of))).toEqual({ attributes: true, events: true });
  });

  it('is none where a method of the class is replaced later', () => {
    const of = classOf({ setAttribute: SDK['setAttribute'] as Method });
    write(spanOfClass(of));
    expect(plainSpan(spanOfClass(of))).toBeDefined();
    of['setAttribute'] = besides('setAttribute', () => {});
    expect(plainSpan(spanOfClass(of))).toBeUndefined();
  });

  it('is none where its data are not plain', () => {
    class Counting {
      get attributes(): object {
        return {};
      }
      events = [];
      _attributesCount = 0;
      _spanLimits = {};
      setAttribute(): void {}
      addEvent(): void {}
    }
    write(new Counting() as never);
    expect(plainSpan(new Counting())).toBeUndefined();
  });

  it('throws nothing where a method throws, but what the method throws', () => {
    const of = classOf({
      setAttribute() {
        throw new Error('no');
      },
    });
    expect(() => setAttribute(spanOfClass(of), 'k', 'v')).toThrow('no');
    expect(plainSpan(spanOfClass(of))).toBeUndefined();
  });
});
