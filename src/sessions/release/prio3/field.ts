/** The prime of Field128 in draft-irtf-cfrg-vdaf-08. */
export const MODULUS: bigint = 2n ** 66n * 4_611_686_018_427_387_897n + 1n;
export const ELEMENT_BYTES = 16;

/** Elements of the field. */
export type Vector = readonly bigint[];

const reduced = (value: bigint): bigint => ((value % MODULUS) + MODULUS) % MODULUS;

/** The sum of vectors of `length` integers, negative ones too. */
export const sumOf = (vectors: Iterable<Vector>, length: number): Vector => {
  const sum = new Array<bigint>(length).fill(0n);
  for (const vector of vectors) for (let i = 0; i < length; i++) sum[i] = reduced(sum[i]! + vector[i]!);
  return sum;
};

/** The integer next to zero that an element stands for: noise makes sums negative. */
export const signed = (element: bigint): bigint => (element > MODULUS / 2n ? element - MODULUS : element);

/** 16 bytes an element, little-endian. */
export function encodeVector(vector: Vector): Uint8Array {
  const bytes = new Uint8Array(vector.length * ELEMENT_BYTES);
  const view = new DataView(bytes.buffer);
  for (const [i, element] of vector.entries()) {
    view.setBigUint64(i * ELEMENT_BYTES, element, true);
    view.setBigUint64(i * ELEMENT_BYTES + 8, element >> 64n, true);
  }
  return bytes;
}

/** @returns `undefined` where an element is not below the prime, or bytes are left over */
export function decodeVector(bytes: Uint8Array): bigint[] | undefined {
  if (bytes.length % ELEMENT_BYTES !== 0) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const vector: bigint[] = [];
  for (let at = 0; at < bytes.length; at += ELEMENT_BYTES) {
    const element = view.getBigUint64(at, true) | (view.getBigUint64(at + 8, true) << 64n);
    if (element >= MODULUS) return undefined;
    vector.push(element);
  }
  return vector;
}
