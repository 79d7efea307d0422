import { createHmac, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hkdfFrom, hmacUnder } from './hmac.ts';

const bytes = fc.uint8Array({ maxLength: 300 });

it('hmacUnder is HMAC', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('sha256' as const, 'sha512' as const),
      bytes,
      bytes,
      (algorithm, key, message) => {
        expect(hmacUnder(algorithm, key)(message)).toEqual(
          createHmac(algorithm, key).update(message).digest(),
        );
      },
    ),
  );
});

it('hkdfFrom is HKDF without salt', () => {
  fc.assert(
    fc.property(
      bytes,
      fc.stringMatching(/^[ -~]{0,40}$/),
      fc.integer({ min: 1, max: 32 }),
      (key, info, length) => {
        const expected = Buffer.from(hkdfSync('sha256', key, new Uint8Array(0), info, length));
        expect(hkdfFrom(key)(info, length)).toEqual(expected);
      },
    ),
  );
});
