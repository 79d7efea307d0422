import type { Attributes } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { plainSpan } from './plain-span.ts';

interface Limits {
  readonly attributeCountLimit?: number;
  readonly attributeValueLengthLimit?: number;
}

const spanOf = (spanLimits: Limits = {}, attributes: Attributes = { a: 1 }) =>
  new TracerProvider({ spanLimits } as never).getTracer('test').startSpan('span', { attributes });

describe('a span that is written to without its methods', () => {
  it('is the SDK’s own, and shows what is written', () => {
    const span = spanOf();
    expect(plainSpan(span)).toBe(span);
    expect(plainSpan(span)?.attributes).toEqual({ a: 1 });
    expect(plainSpan(span)?._attributesCount).toBe(1);
  });

  it.each([
    ['a method of its own', Object.assign(spanOf(), { setAttribute: () => {} })],
    ['an event method of its own', Object.assign(spanOf(), { addEvent: () => {} })],
    ['a limit of attributes that is near', spanOf({ attributeCountLimit: 16 })],
    ['a limit of lengths that cuts values of ours', spanOf({ attributeValueLengthLimit: 63 })],
    ['no class', Object.create(null)],
    ['another class', { setAttribute() {}, addEvent() {}, attributes: {}, events: [] }],
  ])('is none with %s', (_, span) => {
    expect(plainSpan(span as object)).toBeUndefined();
  });

  it('is none of a class whose method does more than write', () => {
    const { prototype } = spanOf().constructor as { prototype: object };
    const marks = (method: 'setAttribute' | 'addEvent') => {
      const own = (prototype as Record<string, (...given: unknown[]) => unknown>)[method] as (
        ...given: unknown[]
      ) => unknown;
      return {
        [method](this: Record<string, unknown>, ...given: unknown[]) {
          this['marked'] = true;
          return own.apply(this, given);
        },
      };
    };
    for (const method of ['setAttribute', 'addEvent'] as const) {
      const span = spanOf();
      Object.setPrototypeOf(span, Object.assign(Object.create(prototype), marks(method)));
      expect(plainSpan(span)).toBeUndefined();
      // the class that was known before is known again
      expect(plainSpan(spanOf())).toBeDefined();
    }
  });

  it('is none where a method of the class is replaced later', () => {
    const span = spanOf();
    expect(plainSpan(span)).toBeDefined();
    const { prototype } = span.constructor as { prototype: { setAttribute: unknown } };
    const { setAttribute } = prototype;
    prototype.setAttribute = function replaced(): unknown {
      return this;
    };
    try {
      expect(plainSpan(span)).toBeUndefined();
    } finally {
      prototype.setAttribute = setAttribute;
    }
    expect(plainSpan(span)).toBe(span);
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
    expect(plainSpan(new Counting())).toBeUndefined();
  });
});
