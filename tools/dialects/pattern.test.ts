import { describe, expect, it } from 'vitest';
import { patternFault } from './pattern.ts';

describe('patternFault', () => {
  it.each([
    '^abc',
    '^[a-z]+\\.tool$',
    '^[\\s\\S]*GraphInterrupt[:(]',
    '^a\\+\\*\\(b',
    '^(?:read|write)_[*+]{2}x',
    '^a{1,256}b*',
    '^user_?(?:id|name)',
  ])('accepts %s', pattern => {
    expect(patternFault(pattern)).toBeUndefined();
  });

  it.each([
    ['abc', 'anchor'],
    ['^a+b+', 'unbounded'],
    ['^a*b{3,}', 'unbounded'],
    ['^(a+)+', 'quantifier on a group'],
    ['^(?:ab)?', 'quantifier on a group'],
    ['^(ab){2}', 'quantifier on a group'],
    ['^(a)\\1', 'back-reference'],
    ['^(?<n>a)\\k<n>', 'look-around'],
    ['^(?=a)', 'look-around'],
    ['^(?<!a)b', 'look-around'],
    ['^a|b', 'outside of a group'],
    ['^a{1,9999}', '256 times'],
    ['^a{1,9}b{1,9}', 'counted'],
    ['^a?b?c?d?e?', 'optional'],
    ['^(', 'no regular expression'],
    ['^[', 'no regular expression'],
  ])('rejects %s', (pattern, reason) => {
    expect(patternFault(pattern)).toContain(reason);
  });
});
