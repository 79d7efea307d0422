import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ristretto255, ristretto255_oprf } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pseudonymInput } from '../derive.ts';
import { loadGroup } from './group.ts';
import { loadVoprf, MAX_BATCH } from './voprf.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../semconv/sessions/${name}`, import.meta.url), 'utf8'));

interface Keys {
  readonly seed: string;
  readonly key_info: string;
  readonly secret_key: string;
  readonly public_key: string;
}
type Lists = Readonly<Record<'inputs' | 'blinds' | 'blinded' | 'evaluated' | 'outputs', readonly string[]>>;
const rfc = read('rfc9497.json') as Keys & {
  readonly vectors: readonly (Lists & { readonly nonce: string; readonly proof: string })[];
};
const ours = read('vectors.json') as {
  readonly voprf: Keys;
  readonly derivation: readonly Record<'type' | 'value' | 'y', string>[];
  readonly split: {
    readonly evaluators: readonly Keys[];
    readonly sum: Pick<Keys, 'secret_key' | 'public_key'>;
    readonly outputs: readonly Record<'type' | 'value' | 'y', string>[];
  };
};

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (from: Uint8Array): string => Buffer.from(from).toString('hex');
const pair = ({ secret_key, public_key }: Pick<Keys, 'secret_key' | 'public_key'>) => ({
  secretKey: bytes(secret_key),
  publicKey: bytes(public_key),
});
const voprf = await loadVoprf();
const group = await loadGroup();
// its types leave out the evaluation in the clear
const noble = ristretto255_oprf.voprf as typeof ristretto255_oprf.voprf & {
  evaluate(secretKey: Uint8Array, input: Uint8Array): Uint8Array;
};
const newKeys = () => voprf.deriveKeyPair(randomBytes(32), Buffer.from('test'));
const code = (of: string) => expect.objectContaining({ name: 'VoprfError', code: of });

describe('RFC 9497', () => {
  it('derives the key pair', () => {
    const keys = voprf.deriveKeyPair(bytes(rfc.seed), bytes(rfc.key_info));
    expect([hex(keys.secretKey), hex(keys.publicKey)]).toEqual([rfc.secret_key, rfc.public_key]);
  });

  it.each(rfc.vectors)('evaluates and proves $inputs', vector => {
    const blinded = vector.inputs.map((input, i) => voprf.blind(bytes(input), bytes(vector.blinds[i]!)));
    const sent = blinded.map(({ element }) => element);
    expect(sent.map(hex)).toEqual(vector.blinded);
    const evaluation = voprf.evaluate(pair(rfc), sent, bytes(vector.nonce));
    expect(evaluation.elements.map(hex)).toEqual(vector.evaluated);
    expect(hex(evaluation.proof)).toBe(vector.proof);
    voprf.verify(bytes(rfc.public_key), sent, evaluation);
    expect(blinded.map((one, i) => hex(voprf.finalize(one, evaluation.elements[i]!)))).toEqual(
      vector.outputs,
    );
  });
});

describe('the vectors of the protocol', () => {
  const derive = (keys: readonly ReturnType<typeof pair>[], type: string, value: string): string => {
    const blinded = voprf.blind(pseudonymInput(type, value));
    const parts = keys.map(key => {
      const evaluation = voprf.evaluate(key, [blinded.element]);
      voprf.verify(key.publicKey, [blinded.element], evaluation);
      return evaluation.elements[0]!;
    });
    return hex(voprf.finalize(blinded, voprf.sum(parts)));
  };

  it.each([ours.voprf, ...ours.split.evaluators])('$key_info', one => {
    const keys = voprf.deriveKeyPair(bytes(one.seed), Buffer.from(one.key_info));
    expect([hex(keys.secretKey), hex(keys.publicKey)]).toEqual([one.secret_key, one.public_key]);
  });

  it.each(ours.derivation)('one evaluator: $type', ({ type, value, y }) => {
    expect(derive([pair(ours.voprf)], type, value)).toBe(y);
  });

  it.each(ours.split.outputs)('two evaluators: $type', ({ type, value, y }) => {
    const keys = ours.split.evaluators.map(pair);
    expect(derive(keys, type, value)).toBe(y);
    expect(derive([pair(ours.split.sum)], type, value)).toBe(y);
    expect(hex(group.addScalars(keys[0]!.secretKey, keys[1]!.secretKey))).toBe(ours.split.sum.secret_key);
  });
});

describe('with another implementation', () => {
  const batches = fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 5 });

  it('its client takes our proofs', () => {
    fc.assert(
      fc.property(batches, inputs => {
        const keys = newKeys();
        const blinds = inputs.map(input => noble.blind(input));
        const evaluation = voprf.evaluate(
          keys,
          blinds.map(({ blinded }) => blinded),
        );
        const items = inputs.map((input, i) => ({
          input,
          blind: blinds[i]!.blind,
          blinded: blinds[i]!.blinded,
          evaluated: evaluation.elements[i]!,
        }));
        const outputs = noble.finalizeBatch(items, keys.publicKey, evaluation.proof);
        expect(outputs.map(hex)).toEqual(inputs.map(input => hex(noble.evaluate(keys.secretKey, input))));
      }),
      { numRuns: 5 },
    );
  });

  it('its evaluator satisfies our client', () => {
    fc.assert(
      fc.property(batches, inputs => {
        const keys = noble.generateKeyPair();
        const blinded = inputs.map(input => voprf.blind(input));
        const sent = blinded.map(({ element }) => element);
        const { evaluated, proof } = noble.blindEvaluateBatch(keys.secretKey, keys.publicKey, sent);
        voprf.verify(keys.publicKey, sent, { elements: evaluated, proof });
        expect(blinded.map((one, i) => hex(voprf.finalize(one, evaluated[i]!)))).toEqual(
          inputs.map(input => hex(noble.evaluate(keys.secretKey, input))),
        );
      }),
      { numRuns: 5 },
    );
  });

  it('derives the same keys of any seed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uint8Array(), (seed, info) => {
        const [a, b] = [voprf.deriveKeyPair(seed, info), noble.deriveKeyPair(seed, info)];
        expect([hex(a.secretKey), hex(a.publicKey)]).toEqual([hex(b.secretKey), hex(b.publicKey)]);
      }),
      { numRuns: 20 },
    );
  });

  it('agrees on what an element is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), candidate => {
        let valid = true;
        try {
          valid = !ristretto255.Point.fromBytes(candidate).equals(ristretto255.Point.ZERO);
        } catch {
          valid = false;
        }
        expect(group.isElement(candidate)).toBe(valid);
      }),
      { numRuns: 200 },
    );
  });
});

/** The field's prime and zero, written as the encodings that no canonical encoder gives; then lengths. */
const NO_ELEMENT: readonly (readonly [string, Uint8Array])[] = [
  ['the identity', new Uint8Array(32)],
  ['zero plus the prime', bytes(`ed${'ff'.repeat(30)}7f`)],
  ['a negative encoding', bytes(`01${'00'.repeat(31)}`)],
  ['all ones', new Uint8Array(32).fill(255)],
  ['31 bytes', new Uint8Array(31).fill(1)],
  ['33 bytes', new Uint8Array(33).fill(1)],
];

describe('what is refused', () => {
  const keys = newKeys();
  const blinded = [1, 2, 3].map(n => voprf.blind(Buffer.from([n])));
  const sent = blinded.map(({ element }) => element);
  const evaluation = voprf.evaluate(keys, sent);

  it.each(NO_ELEMENT)('%s as an element', (_, element) => {
    expect(() => voprf.evaluate(keys, [sent[0]!, element])).toThrow(
      expect.objectContaining({ code: 'invalid_element', index: 1 }),
    );
    expect(() =>
      voprf.verify(keys.publicKey, sent.slice(0, 1), { ...evaluation, elements: [element] }),
    ).toThrow(code('invalid_element'));
    expect(() => voprf.verify(element, sent, evaluation)).toThrow(code('invalid_element'));
  });

  it('a proof for another key, another order, another element, another form', () => {
    voprf.verify(keys.publicKey, sent, evaluation);
    const [a, b, c] = evaluation.elements as [Uint8Array, Uint8Array, Uint8Array];
    const { proof } = evaluation;
    const other = newKeys();
    const overOrder = Uint8Array.from(proof).fill(255, 32);
    for (const [publicKey, answer] of [
      [other.publicKey, evaluation],
      [keys.publicKey, { proof, elements: [b, a, c] }],
      [keys.publicKey, { proof, elements: [a, b, voprf.randomElement()] }],
      [keys.publicKey, { proof, elements: [a, b] }],
      [keys.publicKey, { proof: proof.subarray(1), elements: evaluation.elements }],
      [keys.publicKey, { proof: new Uint8Array(64), elements: evaluation.elements }],
      [keys.publicKey, { proof: overOrder, elements: evaluation.elements }],
      [keys.publicKey, voprf.evaluate(other, sent)],
    ] as const)
      expect(() => voprf.verify(publicKey, sent, answer)).toThrow(code('invalid_proof'));
  });

  it('any bit of a proof turned over', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 64 * 8 - 1 }), bit => {
        const proof = Uint8Array.from(evaluation.proof);
        proof[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => voprf.verify(keys.publicKey, sent, { ...evaluation, proof })).toThrow(
          code('invalid_proof'),
        );
      }),
    );
  });

  it('sums that are the identity, and batches, inputs and seeds out of range', () => {
    const [a] = evaluation.elements as [Uint8Array];
    const minus = group.multiply(group.subtractScalars(new Uint8Array(32), oneScalar()), a);
    expect(() => voprf.sum([a, minus])).toThrow(code('invalid_element'));
    const many = Array.from({ length: MAX_BATCH + 1 }, () => a);
    expect(() => voprf.evaluate(keys, many)).toThrow(code('batch_too_large'));
    expect(() => voprf.evaluate(keys, [])).toThrow(code('invalid_input'));
    expect(() => voprf.verify(keys.publicKey, many, { ...evaluation, elements: many })).toThrow(
      code('batch_too_large'),
    );
    expect(() => voprf.blind(new Uint8Array(0))).toThrow(code('invalid_input'));
    expect(() => voprf.blind(new Uint8Array(65_536))).toThrow(code('invalid_input'));
    expect(() => voprf.deriveKeyPair(new Uint8Array(31), Buffer.from('x'))).toThrow(code('invalid_key'));
  });
});

const oneScalar = (): Uint8Array => Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 1 : 0));

it('blinds and nonces are overwritten when they are done with', () => {
  const keys = newKeys();
  const blinded = voprf.blind(Buffer.from('x'));
  const nonce = group.randomScalar();
  const { elements } = voprf.evaluate(keys, [blinded.element], nonce);
  voprf.finalize(blinded, elements[0]!);
  expect([hex(blinded.blind), hex(nonce)]).toEqual(['00'.repeat(32), '00'.repeat(32)]);
});

it('the same input is never sent as the same element', () => {
  const sent = Array.from({ length: 20 }, () => hex(voprf.blind(Buffer.from('x')).element));
  expect(new Set(sent).size).toBe(20);
});
