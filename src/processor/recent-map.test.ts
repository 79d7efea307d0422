import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RecentMap } from './recent-map.ts';

it('keeps what is used and forgets what is not', () => {
  const map = new RecentMap<object>(4);
  const kept = map.getOrCreate('kept', () => ({}));
  for (let i = 0; i < 100; i++) {
    map.getOrCreate(`other ${i}`, () => ({}));
    expect(map.getOrCreate('kept', () => ({}))).toBe(kept);
  }
  for (let i = 0; i < 4; i++) map.getOrCreate(`more ${i}`, () => ({}));
  expect(map.getOrCreate('kept', () => ({}))).not.toBe(kept);
});

it('whatever is looked up: never more than its capacity, and half of it is remembered for certain', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 20 }), fc.array(fc.nat({ max: 30 })), (capacity, keys) => {
      const map = new RecentMap<object>(capacity);
      const last = new Map<string, object>();
      for (const key of keys.map(String)) {
        const value = map.getOrCreate(key, () => ({}));
        const recent = [...last.keys()].slice(-Math.floor(capacity / 2));
        if (recent.includes(key)) expect(value).toBe(last.get(key));
        last.delete(key);
        last.set(key, value);
        expect(map.size).toBeLessThanOrEqual(capacity);
      }
    }),
  );
});
