import { randomBytes } from 'node:crypto';
import { LEVELS, RISKS } from '../table.ts';
import { Prio3Error } from './errors.ts';
import { decodeVector, ELEMENT_BYTES, type Vector } from './field.ts';

/** The draft and the instance of it that all parties must have in common. */
export const VDAF = 'draft-irtf-cfrg-vdaf-08';
export const CELLS: number = RISKS.length * LEVELS.length;
export const BITS = 20;
/** The largest count that a report can prove. */
export const LARGEST_COUNT: number = 2 ** BITS - 1;
// 600 bits in 30 chunks of 20: the shortest proof that 32 points hold, and nothing is padded
const CHUNK = 20;
const SEED_BYTES = 16;
const PROOF_ELEMENTS = 103;
const VERIFIER_ELEMENTS = 42;
const MEASUREMENT_ELEMENTS: number = CELLS * BITS;

export const VERIFY_KEY_BYTES = 16;
export const NONCE_BYTES = 16;
export const RANDOM_BYTES: number = 5 * SEED_BYTES;
export const PUBLIC_SHARE_BYTES: number = 2 * SEED_BYTES;
/** Of aggregator 0, which gets field elements, and of aggregator 1, which gets seeds. */
export const INPUT_SHARE_BYTES: readonly [number, number] = [
  (MEASUREMENT_ELEMENTS + PROOF_ELEMENTS) * ELEMENT_BYTES + SEED_BYTES,
  3 * SEED_BYTES,
];
export const PREPARATION_SHARE_BYTES: number = VERIFIER_ELEMENTS * ELEMENT_BYTES + SEED_BYTES;
export const SUM_BYTES: number = CELLS * ELEMENT_BYTES;

/** Place of an aggregator in the task. */
export type Place = 0 | 1;

export interface Shards {
  readonly publicShare: Uint8Array;
  readonly inputShares: readonly [Uint8Array, Uint8Array];
}

/** What an aggregator has of a report once it has looked at its share. The output share is secret. */
export interface Prepared {
  /** For the other aggregator. */
  readonly preparationShare: Uint8Array;
  readonly jointRandSeed: Uint8Array;
  /** 30 elements: this aggregator's half of the counts. */
  readonly outputShare: Vector;
}

/** Prio3SumVec for two aggregators and 30 counts of 20 bits, in bytes as the draft encodes them. */
export interface Vdaf {
  /** @param random 80 bytes; given in tests alone */
  shard(counts: readonly number[], nonce: Uint8Array, random?: Uint8Array): Promise<Shards>;
  /** @returns `undefined` for a share that is no encoding, or not the one that the report was made with */
  prepare(
    verifyKey: Uint8Array,
    place: Place,
    nonce: Uint8Array,
    publicShare: Uint8Array,
    inputShare: Uint8Array,
  ): Promise<Prepared | undefined>;
  /** Whether the proof holds: each count is from 0 to 2²⁰ - 1, and both shares are of one report. */
  verify(jointRandSeed: Uint8Array, shares: readonly [Uint8Array, Uint8Array]): Promise<boolean>;
}

const PACKAGE = '@divviup/prio3';
let loading: Promise<Vdaf> | undefined;

/** @throws Prio3Error `dependency_missing` */
export function loadVdaf(): Promise<Vdaf> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Vdaf> {
  let library: typeof import('@divviup/prio3');
  try {
    library = await import('@divviup/prio3');
  } catch (error) {
    loading = undefined;
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Prio3Error('dependency_missing', `the mode prio3-2p needs ${PACKAGE}: npm i ${PACKAGE}@0.8.0`);
  }
  const vdaf = new library.Prio3SumVec({ shares: 2, length: CELLS, bits: BITS, chunkLength: CHUNK });

  const expanded = (seed: Uint8Array, usage: number, binder: readonly number[], length: number) =>
    vdaf.xof.expandIntoVec(
      vdaf.flp.field,
      seed,
      vdaf.domainSeparationTag(usage),
      Uint8Array.from(binder),
      length,
    );

  async function inputShareOf(place: Place, bytes: Uint8Array) {
    if (bytes.length !== INPUT_SHARE_BYTES[place]) return undefined;
    const blind = Buffer.from(bytes.subarray(-SEED_BYTES));
    // the library looks at these when it encodes alone
    const rest = { wireMeasurementShare: Buffer.alloc(0), wireProofShare: Buffer.alloc(0), blind };
    if (place === 0) {
      const elements = decodeVector(bytes.subarray(0, -SEED_BYTES));
      return (
        elements && {
          ...rest,
          measurementShare: elements.slice(0, MEASUREMENT_ELEMENTS),
          proofsShare: elements.slice(MEASUREMENT_ELEMENTS),
        }
      );
    }
    // usages 1 and 2 of the draft's Prio3, for one proof and aggregator 1
    return {
      ...rest,
      measurementShare: await expanded(bytes.subarray(0, SEED_BYTES), 1, [1], MEASUREMENT_ELEMENTS),
      proofsShare: await expanded(bytes.subarray(SEED_BYTES, 2 * SEED_BYTES), 2, [1, 1], vdaf.flp.proofLen),
    };
  }

  const preparationShareOf = (bytes: Uint8Array) => {
    const verifiersShare = decodeVector(bytes.subarray(0, -SEED_BYTES));
    return verifiersShare?.length === VERIFIER_ELEMENTS
      ? { verifiersShare, jointRandomnessPart: Buffer.from(bytes.subarray(-SEED_BYTES)) }
      : undefined;
  };

  return {
    async shard(counts, nonce, random = randomBytes(RANDOM_BYTES)) {
      const { publicShare, inputShares } = await vdaf.shardEncoded(
        [...counts],
        Buffer.from(nonce),
        Buffer.from(random),
      );
      return { publicShare, inputShares: [inputShares[0]!, inputShares[1]!] };
    },

    async prepare(verifyKey, place, nonce, publicShare, inputShare) {
      const share = await inputShareOf(place, inputShare);
      if (share === undefined || publicShare.length !== PUBLIC_SHARE_BYTES) return undefined;
      // a list of its own: the library writes the part that it works out itself into it, and the other aggregator must not see that one in place of the contributor's
      const jointRandParts = [0, SEED_BYTES].map(at => Buffer.from(publicShare.slice(at, at + SEED_BYTES)));
      const { preparationShare, preparationState } = await vdaf.prepareInit(
        Buffer.from(verifyKey),
        place,
        null,
        Buffer.from(nonce),
        { jointRandParts },
        share,
      );
      // the draft corrects a wrong part of one's own in silence; nothing honest has one
      const own = publicShare.subarray(place * SEED_BYTES, (place + 1) * SEED_BYTES);
      if (!preparationShare.jointRandomnessPart.equals(own)) return undefined;
      return {
        preparationShare: vdaf.encodePreparationShare(preparationShare),
        jointRandSeed: preparationState.correctedJointRandSeed,
        outputShare: preparationState.outputShare,
      };
    },

    async verify(jointRandSeed, shares) {
      const [first, second] = [preparationShareOf(shares[0]), preparationShareOf(shares[1])];
      if (first === undefined || second === undefined) return false;
      try {
        const message = await vdaf.unshardPreparationShares(null, [first, second]);
        vdaf.prepareNext({ outputShare: [], correctedJointRandSeed: Buffer.from(jointRandSeed) }, message);
        return true;
      } catch {
        // whatever a liar made it stumble over, the proof does not hold
        return false;
      }
    },
  };
}
