import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDirectory } from './directory.ts';
import {
  canonicalJson,
  directoryKeyOf,
  isSigned,
  parseDirectoryKey,
  parseSignKey,
  signEpoch,
  signedBytes,
} from './directory-signature.ts';
import { mergeEpoch, signDirectory } from './publish.ts';
import type { EpochDocument } from './wire.ts';

const newKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey;
const pinned = (key: KeyObject): KeyObject => parseDirectoryKey(directoryKeyOf(key), 'k');
const [KEY, OTHER] = [newKey(), newKey()];
const id = (letter: string): object => ({
  id: `evaluator-${letter}`,
  url: `https://${letter}.example.org`,
  public_key: Buffer.alloc(32, letter).toString('base64url'),
});
const epoch = (name: string, more: object = {}): EpochDocument =>
  ({ v: 'asr/1', epoch: name, evaluators: [id('a'), id('b')], ...more }) as unknown as EpochDocument;
const refused = (what: string) =>
  expect.objectContaining({ code: 'invalid_directory', message: expect.stringContaining(what) });

describe('the canonical form', () => {
  it('is the same for the same value, and JSON for it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const text = canonicalJson(value);
        const parsed: unknown = JSON.parse(text);
        expect(canonicalJson(parsed)).toBe(text);
        expect(parsed).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('does not depend on the order of members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (value, turn) => {
        const members = Object.entries(value);
        const at = turn % (members.length + 1);
        const turned = Object.fromEntries([...members.slice(at), ...members.slice(0, at)].reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
      }),
    );
  });

  it('is nothing for half a surrogate pair', () => {
    expect(() => canonicalJson({ a: '\ud800' })).toThrow(RangeError);
    expect(() => canonicalJson({ '\udc00': 1 })).toThrow(RangeError);
    expect(canonicalJson('\ud83d\ude00')).toBe('"\ud83d\ude00"');
  });
});

describe('a signature', () => {
  it('holds for what was signed, under its key, and for nothing else', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.string(),
        fc.jsonValue(),
        (document, name, value) => {
          const signed = signEpoch(document, KEY);
          expect(isSigned(signed, [pinned(KEY)])).toBe(true);
          expect(isSigned(signed, [pinned(OTHER), pinned(KEY)])).toBe(true);
          expect(isSigned(signed, [pinned(OTHER)])).toBe(false);
          const changed = { ...signed, [name]: value };
          fc.pre(canonicalJson(changed) !== canonicalJson(signed));
          expect(isSigned(changed, [pinned(KEY)])).toBe(false);
        },
      ),
    );
  });

  it('is one for another implementation, and that one’s is one for us', () => {
    const document = { ...epoch('2026-W47') };
    const signed = signEpoch(document, KEY);
    const publicKey = Buffer.from(directoryKeyOf(KEY), 'base64url');
    expect(ed25519.verify(Buffer.from(signed.sig, 'base64url'), signedBytes(document), publicKey)).toBe(true);
    const secret = ed25519.utils.randomSecretKey();
    const sig = Buffer.from(ed25519.sign(signedBytes(document), secret)).toString('base64url');
    const key = Buffer.from(ed25519.getPublicKey(secret)).toString('base64url');
    expect(isSigned({ ...document, sig }, [parseDirectoryKey(key, 'k')])).toBe(true);
  });

  it('of anything but an epoch is none', () => {
    const document = { ...epoch('2026-W47') };
    const sig = sign(null, Buffer.from(canonicalJson(document)), KEY).toString('base64url');
    expect(isSigned({ ...document, sig }, [pinned(KEY)])).toBe(false);
  });
});

describe('keys', () => {
  it('that sign are Ed25519 in PEM form, and the error says how to make one', () => {
    const pem = KEY.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(directoryKeyOf(parseSignKey(pem, 'k'))).toBe(directoryKeyOf(KEY));
    const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    for (const wrong of ['', 'x', pem.slice(0, 60), p256.export({ type: 'pkcs8', format: 'pem' }).toString()])
      expect(() => parseSignKey(wrong, 'directory.key')).toThrow(
        'directory.key: no private Ed25519 key in PEM form; openssl genpkey -algorithm ed25519 -out directory.key makes one',
      );
  });

  it('that are pinned are 43 characters', () => {
    for (const wrong of ['', 'x', `${directoryKeyOf(KEY)}=`, directoryKeyOf(KEY).slice(1)])
      expect(() => parseDirectoryKey(wrong, '--directory-key')).toThrow('--directory-key: a directory');
  });
});

describe('a directory', () => {
  const signed = (): object =>
    signDirectory({ v: 'asr/1', epochs: [epoch('2026-W47')] }, ['2026-W47'], KEY, [], 'd');

  it('is taken with a pinned key where each epoch is signed with it', () => {
    expect(parseDirectory(signed(), 'd', false, [pinned(KEY)]).has('2026-W47')).toBe(true);
    // without one, what it says of its signature does not matter
    expect(parseDirectory(signed(), 'd').has('2026-W47')).toBe(true);
    const { epochs } = signed() as { epochs: object[] };
    for (const [json, what] of [
      [{ v: 'asr/1', epochs: [epoch('2026-W47')] }, 'd: epochs[0].sig is missing'],
      [{ v: 'asr/1', epochs: [epoch('2026-W47', { sig: null })] }, 'd: epochs[0].sig was not made'],
      [{ v: 'asr/1', epochs: [...epochs, epoch('2026-W48')] }, 'd: epochs[1].sig is missing'],
      [{ v: 'asr/1', epochs: [{ ...epochs[0], epoch: '2026-W48' }] }, 'd: epochs[0].sig was not made'],
    ] as const)
      expect(() => parseDirectory(json, 'd', false, [pinned(KEY)])).toThrow(refused(what));
    expect(() => parseDirectory(signed(), 'd', false, [pinned(OTHER)])).toThrow(refused('was not made'));
  });

  it('that is signed is not changed without the key that signs', () => {
    const before = signed();
    expect(mergeEpoch(before, epoch('2026-W47', { params: { quota: 1 } }), 'd')).toBe(before);
    expect(() => mergeEpoch(before, epoch('2026-W48'), 'd')).toThrow(
      refused('d: it is signed; without the key that signs (--sign-key), contributors would refuse 2026-W48'),
    );
    const merged = mergeEpoch(before, epoch('2026-W48'), 'd', true);
    const after = signDirectory(merged, ['2026-W48'], KEY, [], 'd');
    expect([...parseDirectory(after, 'd', false, [pinned(KEY)]).keys()]).toEqual(['2026-W47', '2026-W48']);
  });

  it('has nothing signed that somebody put into it', () => {
    for (const planted of [
      epoch('2026-W46'),
      signEpoch(epoch('2026-W46'), OTHER),
      { ...signEpoch(epoch('2026-W46'), KEY), evaluators: [id('x'), id('y')] },
    ])
      expect(() =>
        signDirectory({ v: 'asr/1', epochs: [planted, epoch('2026-W47')] }, ['2026-W47'], KEY, [], 'd'),
      ).toThrow(refused('d: epochs[0].sig is not of a key that is known'));
  });

  it('is signed anew with another key where the key before is named', () => {
    const after = signDirectory(signed(), [], OTHER, [pinned(KEY)], 'd');
    expect(parseDirectory(after, 'd', false, [pinned(OTHER)]).size).toBe(1);
    expect(() => parseDirectory(after, 'd', false, [pinned(KEY)])).toThrow(refused('was not made'));
  });
});
