import { VoprfError } from './errors.ts';

/** The operations on ristretto255 that the protocol is made of. Elements and scalars are 32 bytes. */
export interface Group {
  /** A canonical encoding of an element that is not the identity. */
  readonly isElement: (element: Uint8Array) => boolean;
  /** @throws where the result is the identity, or `element` is no element */
  readonly multiply: (scalar: Uint8Array, element: Uint8Array) => Uint8Array;
  /** @throws where the scalar is zero */
  readonly multiplyBase: (scalar: Uint8Array) => Uint8Array;
  readonly add: (a: Uint8Array, b: Uint8Array) => Uint8Array;
  /** Of 64 uniform bytes. */
  readonly fromHash: (uniform: Uint8Array) => Uint8Array;
  readonly randomElement: () => Uint8Array;
  readonly randomScalar: () => Uint8Array;
  /** Of 64 bytes, little-endian. */
  readonly reduce: (wide: Uint8Array) => Uint8Array;
  readonly invert: (scalar: Uint8Array) => Uint8Array;
  readonly addScalars: (a: Uint8Array, b: Uint8Array) => Uint8Array;
  readonly subtractScalars: (a: Uint8Array, b: Uint8Array) => Uint8Array;
  readonly multiplyScalars: (a: Uint8Array, b: Uint8Array) => Uint8Array;
}

export const ELEMENT_BYTES = 32;
export const SCALAR_BYTES = 32;

const PACKAGE = 'libsodium-wrappers-sumo';
let loading: Promise<Group> | undefined;

/** @throws VoprfError `dependency_missing` */
export function loadGroup(): Promise<Group> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Group> {
  let sodium: typeof import('libsodium-wrappers-sumo')['default'];
  try {
    ({ default: sodium } = await import('libsodium-wrappers-sumo'));
  } catch (error) {
    loading = undefined;
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new VoprfError('dependency_missing', `the voprf tier needs ${PACKAGE}: npm i ${PACKAGE}@^0.8.4`);
  }
  await sodium.ready;
  return {
    // libsodium takes the identity, which is all zero, for valid
    isElement: element =>
      element.length === ELEMENT_BYTES &&
      element.some(byte => byte !== 0) &&
      sodium.crypto_core_ristretto255_is_valid_point(element),
    multiply: (scalar, element) => sodium.crypto_scalarmult_ristretto255(scalar, element),
    multiplyBase: scalar => sodium.crypto_scalarmult_ristretto255_base(scalar),
    add: (a, b) => sodium.crypto_core_ristretto255_add(a, b),
    fromHash: uniform => sodium.crypto_core_ristretto255_from_hash(uniform),
    randomElement: () => sodium.crypto_core_ristretto255_random(),
    randomScalar: () => sodium.crypto_core_ristretto255_scalar_random(),
    reduce: wide => sodium.crypto_core_ristretto255_scalar_reduce(wide),
    invert: scalar => sodium.crypto_core_ristretto255_scalar_invert(scalar),
    addScalars: (a, b) => sodium.crypto_core_ristretto255_scalar_add(a, b),
    subtractScalars: (a, b) => sodium.crypto_core_ristretto255_scalar_sub(a, b),
    multiplyScalars: (a, b) => sodium.crypto_core_ristretto255_scalar_mul(a, b),
  };
}
