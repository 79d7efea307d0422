import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fingerprint } from './fingerprint.ts';

const turned = (value: unknown): unknown =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, one]) => [key, turned(one)]),
      );

it('does not see the order of keys, and sees everything else', () => {
  fc.assert(
    fc.property(fc.jsonValue(), json => {
      expect(fingerprint(turned(json))).toBe(fingerprint(json));
    }),
  );
  expect(fingerprint({ command: 'ls' })).not.toBe(fingerprint({ command: 'ls -la' }));
  expect(fingerprint([1, 2])).not.toBe(fingerprint([2, 1]));
  expect(fingerprint({ command: 'a secret' })).not.toContain('secret');
});
