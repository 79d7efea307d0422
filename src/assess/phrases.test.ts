import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from './marked-words.ts';
import { Phrases } from './phrases.ts';
import * as claims from './rules/claims.ts';

const plain = (phrases: readonly string[], text: string): [number, number][] =>
  phrases
    .map((phrase, number): [number, number] => [number, text.toLowerCase().indexOf(phrase)])
    .filter(([, at]) => at >= 0);
const found = (phrases: readonly string[], text: string): [number, number][] =>
  [...(new Phrases(phrases).firstsIn(text) ?? [])].sort(([a], [b]) => a - b);

describe('Phrases', () => {
  it('finds phrases within one another, over one another and in either case', () => {
    const phrases = ['he', 'she', 'his', 'hers', 'e h'];
    expect(found(phrases, 'uSHErs his')).toEqual(plain(phrases, 'ushers his'));
    expect(found(phrases, 'she his')).toEqual(plain(phrases, 'she his'));
    expect(new Phrases(phrases).firstsIn('')).toBeUndefined();
    expect(new Phrases(phrases).firstsIn('ushers', 2)).toBeUndefined();
  });

  it('refuses a phrase that it could never find', () => {
    expect(() => new Phrases(['é']).firstsIn('')).toThrow(RangeError);
  });

  it('finds what looking for each finds', () => {
    const few = fc.string({ unit: fc.constantFrom(...'abA b'), minLength: 1, maxLength: 6 });
    const lower = few.map(phrase => phrase.toLowerCase());
    fc.assert(
      fc.property(
        fc.array(lower, { maxLength: 8 }),
        fc.string({ unit: fc.constantFrom(...'abABé ') }),
        (phrases, text) => {
          expect(found(phrases, text)).toEqual(plain(phrases, text));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('takes the same marked words along as reading for them alone', () => {
    const unit = fc.constantFrom(...'ab12.@/-_ "(é:');
    const texts = fc.string({ unit, maxLength: 300 });
    fc.assert(
      fc.property(texts, text => {
        const words: string[] = [];
        const firsts = new Phrases(['ab', 'b1 ', '.']).firstsIn(text, text.length, words);
        expect(words).toEqual(wordsOf(text, true));
        expect(firsts).toEqual(new Phrases(['ab', 'b1 ', '.']).firstsIn(text));
      }),
      { numRuns: 1000 },
    );
    expect(wordsOf('see a.b/c, 1234! no (x@y.z) 12', true)).toEqual(['a.b/c', '1234', 'x@y.z']);
  });

  it('finds every phrase of the tables', () => {
    const { ORDER_PHRASES, OVERRIDE_PHRASES, FAILURE_PHRASES, REFUSAL_PHRASES } = claims;
    for (const phrases of [ORDER_PHRASES, OVERRIDE_PHRASES, FAILURE_PHRASES, REFUSAL_PHRASES])
      for (const phrase of phrases) {
        const text = `Ĳ${phrase.toUpperCase()}.`;
        expect(found(phrases, text)).toEqual(plain(phrases, text));
      }
  });
});
