import { timingSafeEqual } from 'node:crypto';
import { VoprfError } from './errors.ts';
import { type Group, loadGroup, SCALAR_BYTES } from './group.ts';
import { challenge, compositeWeights, hashToGroup, keyCandidate, output } from './suite.ts';

/** The most elements that are evaluated, and proven, at a time. */
export const MAX_BATCH = 256;
export const PROOF_BYTES = 64;
const SEED_BYTES = 32;
const MAX_INPUT = 65_535;

export interface KeyPair {
  /** 32 bytes. Overwrite it (`fill(0)`) when it is done with. */
  readonly secretKey: Uint8Array;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** What the client keeps of a blinded input. Whoever holds `blind` and the answer has the pseudonym. */
export interface Blinded {
  readonly input: Uint8Array;
  readonly blind: Uint8Array;
  /** The element that is sent. */
  readonly element: Uint8Array;
}

export interface Evaluation {
  /** One for each that was sent, in their order. */
  readonly elements: readonly Uint8Array[];
  /** 64 bytes: one proof for the whole batch. */
  readonly proof: Uint8Array;
}

/** RFC 9497, VOPRF with ristretto255-SHA512, over libsodium. */
export class Voprf {
  readonly #group: Group;

  /** For tests; others call `loadVoprf`. */
  constructor(group: Group) {
    this.#group = group;
  }

  /**
   * DeriveKeyPair of section 3.2.1.
   *
   * @param seed 32 random bytes; the caller overwrites them
   * @throws VoprfError `invalid_key`
   */
  deriveKeyPair(seed: Uint8Array, info: Uint8Array): KeyPair {
    if (seed.length !== SEED_BYTES) throw new VoprfError('invalid_key', `a seed has ${SEED_BYTES} bytes`);
    if (info.length > MAX_INPUT) throw new VoprfError('invalid_key', 'the key info is too long');
    for (let counter = 0; counter < 256; counter++) {
      const secretKey = keyCandidate(this.#group, seed, info, counter);
      if (secretKey.some(byte => byte !== 0))
        return { secretKey, publicKey: this.#group.multiplyBase(secretKey) };
    }
    throw new VoprfError('invalid_key', 'this seed gives no key');
  }

  /** An element nobody knows the input of: fills a batch up so that its size says little. */
  randomElement(): Uint8Array {
    return this.#group.randomElement();
  }

  /** @throws VoprfError `invalid_element` */
  checkElement(element: Uint8Array, index?: number): void {
    if (this.#group.isElement(element)) return;
    const which = index === undefined ? 'the element' : `element ${index}`;
    throw new VoprfError(
      'invalid_element',
      `${which} is no canonical element other than the identity`,
      index,
    );
  }

  /**
   * @param input 1 to 65,535 bytes
   * @param blind of test vectors only; else random
   * @throws VoprfError `invalid_input`
   */
  blind(input: Uint8Array, blind: Uint8Array = this.#group.randomScalar()): Blinded {
    if (input.length === 0 || input.length > MAX_INPUT)
      throw new VoprfError('invalid_input', `an input has 1 to ${MAX_INPUT} bytes`);
    return { input, blind, element: this.#group.multiply(blind, hashToGroup(this.#group, input)) };
  }

  /**
   * The evaluator's part: BlindEvaluate with one proof for the batch.
   *
   * @param elements 1 to 256
   * @param nonce of test vectors only; else random. Two proofs with the same one give the key away
   * @throws VoprfError `invalid_element` with its place, `batch_too_large`
   */
  evaluate(
    { secretKey, publicKey }: KeyPair,
    elements: readonly Uint8Array[],
    nonce: Uint8Array = this.#group.randomScalar(),
  ): Evaluation {
    const group = this.#group;
    checkBatch(elements.length);
    elements.forEach((element, i) => {
      this.checkElement(element, i);
    });
    const evaluated = elements.map(element => group.multiply(secretKey, element));
    const weights = compositeWeights(group, publicKey, elements, evaluated);
    const m = this.#weighted(weights, elements);
    const z = group.multiply(secretKey, m);
    const c = challenge(group, [publicKey, m, z, group.multiplyBase(nonce), group.multiply(nonce, m)]);
    const product = group.multiplyScalars(c, secretKey);
    const s = group.subtractScalars(nonce, product);
    product.fill(0);
    nonce.fill(0);
    return { elements: evaluated, proof: Buffer.concat([c, s]) };
  }

  /**
   * Whether an evaluation was made with the secret key of `publicKey`, which the caller has pinned.
   *
   * @throws VoprfError `invalid_proof`, `invalid_element`, `batch_too_large`
   */
  verify(publicKey: Uint8Array, sent: readonly Uint8Array[], { elements, proof }: Evaluation): void {
    const group = this.#group;
    checkBatch(sent.length);
    const wrong = (): VoprfError =>
      new VoprfError('invalid_proof', 'the proof does not hold for the pinned key');
    if (elements.length !== sent.length || proof.length !== PROOF_BYTES) throw wrong();
    this.checkElement(publicKey);
    elements.forEach((element, i) => {
      this.checkElement(element, i);
    });
    const c = proof.subarray(0, SCALAR_BYTES);
    const s = proof.subarray(SCALAR_BYTES);
    if (!isScalar(c) || !isScalar(s)) throw wrong();
    const weights = compositeWeights(group, publicKey, sent, elements);
    let expected: Uint8Array;
    try {
      const m = this.#weighted(weights, sent);
      const z = this.#weighted(weights, elements);
      const first = group.add(group.multiplyBase(s), group.multiply(c, publicKey));
      const second = group.add(group.multiply(s, m), group.multiply(c, z));
      expected = challenge(group, [publicKey, m, z, first, second]);
    } catch {
      // libsodium refuses results that are the identity: no honest proof has one
      throw wrong();
    }
    if (!timingSafeEqual(expected, c)) throw wrong();
  }

  /**
   * The sum of what several evaluators made of one element: what one evaluator with the sum of their keys would have made. Verify each before.
   *
   * @throws VoprfError `invalid_element` where it is the identity
   */
  sum(elements: readonly Uint8Array[]): Uint8Array {
    const sum = elements.reduce((a, b) => this.#group.add(a, b));
    this.checkElement(sum);
    return sum;
  }

  /** The 64 bytes of an input. Overwrites the blind: an answer is finalized once. */
  finalize({ input, blind }: Blinded, evaluated: Uint8Array): Uint8Array {
    const inverse = this.#group.invert(blind);
    const unblinded = this.#group.multiply(inverse, evaluated);
    const y = output(input, unblinded);
    inverse.fill(0);
    unblinded.fill(0);
    blind.fill(0);
    return y;
  }

  #weighted(weights: readonly Uint8Array[], elements: readonly Uint8Array[]): Uint8Array {
    return elements
      .map((element, i) => this.#group.multiply(weights[i]!, element))
      .reduce((a, b) => this.#group.add(a, b));
  }
}

let ready: Promise<Voprf> | undefined;

/** @throws VoprfError `dependency_missing` where `libsodium-wrappers-sumo` is not installed */
export async function loadVoprf(): Promise<Voprf> {
  ready ??= loadGroup().then(group => new Voprf(group));
  try {
    return await ready;
  } catch (error) {
    ready = undefined;
    throw error;
  }
}

function checkBatch(length: number): void {
  if (length === 0) throw new VoprfError('invalid_input', 'a batch has at least one element');
  if (length > MAX_BATCH)
    throw new VoprfError('batch_too_large', `a batch has at most ${MAX_BATCH} elements, this one ${length}`);
}

/** 2²⁵² + 27742317777372353535851937790883648493: the order of the group. */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

/** RFC 9497 takes scalars below the order only, so that a proof has one form. */
function isScalar(bytes: Uint8Array): boolean {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`) < ORDER;
}
