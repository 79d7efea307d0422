import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyPattern } from './key-pattern.ts';

/** What a key means, said slowly. */
const means = (key: string, text: string): boolean =>
  new RegExp(
    `^${key
      .split('')
      .map((char, i) =>
        char === '*'
          ? i === key.length - 1
            ? '[^]*'
            : '[^.]*'
          : char === '#'
            ? '[0-9]'
            : `\\u{${char.codePointAt(0)!.toString(16)}}`,
      )
      .join('')}$`,
    'u',
  ).test(text);
/** RE2's flag group is the same as JavaScript's. */
const matches = (keys: readonly string[], text: string): boolean =>
  new RegExp(keyPattern(keys).replaceAll('(?s:.*)', '[^]*'), 'u').test(text);

describe('the pattern of many keys', () => {
  it.each([
    [['a.b', 'a.bc', 'x*'], '^(?:a\\.b(?:c$|$)|x(?s:.*)$)'],
    [['a.*.m'], '^a\\.[^.]*\\.m$'],
    [['a.*.m', 'a.b'], '^a\\.(?:\\.m$|b(?:\\.m$|[^.][^.]*\\.m$|$)|[^.b][^.]*\\.m$)'],
    [['a.#.b'], '^a\\.[0-9]\\.b$'],
  ])('%j', (keys, pattern) => {
    expect(keyPattern(keys)).toBe(pattern);
  });

  it('is refused when it is too long', () => {
    expect(() => keyPattern(Array.from({ length: 200 }, (_, i) => `key-${i}-of-many`))).toThrow(
      'single pass',
    );
  });

  it('takes what its keys mean, and nothing else', () => {
    const word = fc.stringMatching(/^[ab]{0,3}$/);
    const key = fc.oneof(
      fc.tuple(word, word).map(words => words.join('.')),
      word.map(text => `${text}*`),
      fc.tuple(word, word).map(([a, b]) => `${a}.*.${b}`),
      word.map(text => `${text}.#`),
      fc.tuple(word, word).map(([a, b]) => `${a}#1*.${b}`.replace('1*', '.*')),
      word.map(text => `.${text}1`),
    );
    const text = fc
      .array(fc.constantFrom('a', 'b', '.', '1', '\n'), { maxLength: 8 })
      .map(chars => chars.join(''));
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 6 }), text, (keys, sample) => {
        expect(matches(keys, sample)).toBe(keys.some(one => means(one, sample)));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each(['a*b*', 'a*b', 'a.*b'])('refuses %s', key => {
    expect(() => keyPattern([key])).toThrow(key);
  });
});
