import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECRET_FORMS } from './rules/secrets.ts';
import { secretIn } from './secret-text.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const filled = (length: number): string => Array.from({ length }, (_, i) => ALPHABET[(i * 7) % 36]).join('');

describe('secretIn', () => {
  it.each(SECRET_FORMS.filter(form => form.set !== 'any' && form.set !== 'password'))(
    'finds $prefix and not its beginning alone',
    form => {
      const link = form.named === true ? '=' : '';
      expect(secretIn(`key=${form.prefix}${link}${filled(Math.max(form.least, 6))} end`)).toBeDefined();
      expect(secretIn(`key=${form.prefix} end`)).toBeUndefined();
      expect(secretIn(`key=${form.prefix}${'x'.repeat(form.least)}`)).toBeUndefined();
    },
  );

  it('finds a private key and not a public one', () => {
    expect(secretIn('-----BEGIN RSA PRIVATE KEY-----\nMII')).toBe('private_key');
    expect(secretIn('-----BEGIN PUBLIC KEY-----\nMII')).toBeUndefined();
  });

  it.each([
    ['postgres://shop:w0nderful@db.example.com/shop', 'password_in_address'],
    ['postgres://shop:$PASSWORD@db.example.com/shop', undefined],
    ['postgres://shop:xxxx@db.example.com/shop', undefined],
    ['https://example.com:8080/a@b', undefined],
    ['git@example.com:a/b.git', undefined],
  ])('of %s says %s', (text, form) => {
    expect(secretIn(text)).toBe(form);
  });

  it('takes no part of a longer word for a key', () => {
    expect(secretIn(`xAKIA${filled(16)}`)).toBeUndefined();
  });

  it('finds a key wherever it stands in the first 16 KiB', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.string({ maxLength: 200 }), (before, after) => {
        expect(secretIn(`${before} AKIA${filled(16)} ${after}`)).toBeDefined();
      }),
    );
    expect(secretIn(`${' '.repeat(17_000)}AKIA${filled(16)}`)).toBeUndefined();
  });
});
