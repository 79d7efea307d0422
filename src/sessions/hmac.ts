import { hash } from 'node:crypto';

/** Block and digest in bytes. */
const SIZES = { sha256: 64, sha512: 128 } as const;

/**
 * HMAC (RFC 2104) under one key, for many short messages: Node's own makes a key object for every call, which costs more than the hashing.
 * A test compares the two.
 */
export function hmacUnder(algorithm: keyof typeof SIZES, key: Uint8Array): (message: Uint8Array) => Buffer {
  const block = SIZES[algorithm];
  const short = key.length > block ? hash(algorithm, key, 'buffer') : key;
  const inner = Buffer.alloc(block, 0x36);
  const outer = Buffer.alloc(block, 0x5c);
  for (let i = 0; i < short.length; i++) {
    inner[i]! ^= short[i]!;
    outer[i]! ^= short[i]!;
  }
  return message =>
    hash(
      algorithm,
      Buffer.concat([outer, hash(algorithm, Buffer.concat([inner, message]), 'buffer')]),
      'buffer',
    );
}

const ZEROS = new Uint8Array(32);
const LAST = Buffer.of(1);
const extract = hmacUnder('sha256', ZEROS);

/** HKDF-SHA256 (RFC 5869) without salt, for outputs of up to 32 bytes: extracted once, expanded for each `info`. */
export function hkdfFrom(material: Uint8Array): (info: string, length: number) => Buffer {
  const expand = hmacUnder('sha256', extract(material));
  return (info, length) => expand(Buffer.concat([Buffer.from(info, 'latin1'), LAST])).subarray(0, length);
}
