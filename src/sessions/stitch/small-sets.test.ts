import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SmallSets } from './small-sets.ts';

const numbers = fc.uniqueArray(
  fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom(2 ** 31 - 1, 70_000)),
  { maxLength: 8 },
);
const sorted = (of: Iterable<number>): number[] => [...of].sort((a, b) => a - b);

it('are sets of numbers', () => {
  fc.assert(
    fc.property(fc.array(numbers, { minLength: 1, maxLength: 20 }), lists => {
      const sets = new SmallSets();
      let [all, known] = [SmallSets.EMPTY, new Set<number>()];
      for (const list of lists) {
        const one = sets.of(sorted(list));
        expect(Array.from(sets.members(one))).toEqual(sorted(list));
        expect(sets.share(all, one)).toBe(list.some(number => known.has(number)));
        const union = new Set([...known, ...list]);
        expect(sets.unionSize(all, one)).toBe(union.size);
        [all, known] = [sets.union(all, one), union];
        expect(Array.from(sets.members(all))).toEqual(sorted(known));
      }
    }),
  );
});

it('may be many, and large', () => {
  const sets = new SmallSets();
  const members = (i: number): number[] =>
    Array.from({ length: i === 50 ? 200_000 : 3_000 }, (_, k) => i + 2 * k);
  const made = Array.from({ length: 100 }, (_, i) => sets.of(members(i)));
  for (const [i, set] of made.entries()) expect(Array.from(sets.members(set))).toEqual(members(i));
});
