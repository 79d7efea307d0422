import { expect, it } from 'vitest';
import { Lru } from './lru.ts';

it('forgets the least recently used', () => {
  const lru = new Lru<object>(2);
  const a = lru.getOrCreate('a', () => ({}));
  lru.getOrCreate('b', () => ({}));
  expect(lru.getOrCreate('a', () => ({}))).toBe(a);
  lru.getOrCreate('c', () => ({}));
  expect(lru.size).toBe(2);
  expect(lru.getOrCreate('a', () => ({}))).toBe(a);
});

it('never holds more than its capacity', () => {
  const lru = new Lru<number>(10);
  for (let i = 0; i < 1000; i++) lru.getOrCreate(`s${i}`, () => i);
  expect(lru.size).toBe(10);
});
