import { createHash } from 'node:crypto';
import type { Group } from './group.ts';

/** The suite ristretto255-SHA512 in the mode VOPRF: RFC 9497, sections 2, 3.1 and 4.1. */
export const SUITE = 'ristretto255-SHA512';

const MODE_VOPRF = 1;
const context = Buffer.concat([Buffer.from('OPRFV1-'), Buffer.of(MODE_VOPRF), Buffer.from(`-${SUITE}`)]);
const label = (name: string): Buffer => Buffer.concat([Buffer.from(name), context]);

const HASH_TO_GROUP = label('HashToGroup-');
const HASH_TO_SCALAR = label('HashToScalar-');
const DERIVE_KEY_PAIR = label('DeriveKeyPair');
const SEED = label('Seed-');
const FINALIZE = Buffer.from('Finalize');
const COMPOSITE = Buffer.from('Composite');
const CHALLENGE = Buffer.from('Challenge');

type Bytes = Uint8Array;

function sha512(...parts: readonly Bytes[]): Buffer {
  const hash = createHash('sha512');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export const twoBytes = (value: number): Buffer => Buffer.of(value >> 8, value & 255);

/** With its length in front, in two bytes. */
const framed = (bytes: Bytes): Bytes[] => [twoBytes(bytes.length), bytes];

const BLOCK = Buffer.alloc(128);
const LENGTH_AND_ZERO = Buffer.of(0, 64, 0);
const ONE = Buffer.of(1);

/** `expand_message_xmd` of RFC 9380 for 64 bytes, which are one block of the hash. */
function expand(parts: readonly Bytes[], tag: Bytes): Buffer {
  const tagLength = Buffer.of(tag.length);
  const first = sha512(BLOCK, ...parts, LENGTH_AND_ZERO, tag, tagLength);
  return sha512(first, ONE, tag, tagLength);
}

export const hashToGroup = (group: Group, input: Bytes): Uint8Array =>
  group.fromHash(expand([input], HASH_TO_GROUP));

const hashToScalar = (group: Group, parts: readonly Bytes[], tag: Bytes = HASH_TO_SCALAR): Uint8Array =>
  group.reduce(expand(parts, tag));

/** A candidate for a secret key: section 3.2.1. */
export const keyCandidate = (group: Group, seed: Bytes, info: Bytes, counter: number): Uint8Array =>
  hashToScalar(group, [seed, ...framed(info), Buffer.of(counter)], DERIVE_KEY_PAIR);

/** The weight of each pair of a batch: section 2.2.1. */
export function compositeWeights(
  group: Group,
  publicKey: Bytes,
  blinded: readonly Bytes[],
  evaluated: readonly Bytes[],
): Uint8Array[] {
  const seed = sha512(...framed(publicKey), ...framed(SEED));
  return blinded.map((element, i) =>
    hashToScalar(group, [
      ...framed(seed),
      twoBytes(i),
      ...framed(element),
      ...framed(evaluated[i]!),
      COMPOSITE,
    ]),
  );
}

/** Of the public key, the two composites and the two commitments. */
export const challenge = (group: Group, elements: readonly Bytes[]): Uint8Array =>
  hashToScalar(group, [...elements.flatMap(framed), CHALLENGE]);

/** The 64 bytes that all this is for. */
export const output = (input: Bytes, unblinded: Bytes): Buffer =>
  sha512(...framed(input), ...framed(unblinded), FINALIZE);
