import { pseudonymInput } from './derive.ts';
import { hmacUnder } from './hmac.ts';

/** A key that both sides of a hop know: a join type (`semconv/sessions/README.md`, table of join types) and its value. */
export interface JoinKey {
  readonly type: string;
  readonly value: string;
  /** The type that stands beside the tag, where it is another. */
  readonly as?: string;
}

/** Makes of join keys what nobody can undo without the epoch's key. */
export interface PseudonymProvider {
  readonly tier: 'hmac' | 'voprf';
  /** Whether an epoch's key is there. */
  readonly has: (epoch: string) => boolean;
  /**
   * 64 bytes for each key, in their order.
   *
   * @throws where the epoch has no key, or the evaluators do not answer
   */
  readonly derive: (epoch: string, keys: readonly JoinKey[]) => Promise<readonly Uint8Array[]>;
  /** The same without waiting, where the tier can. */
  readonly deriveNow?: (epoch: string, key: JoinKey) => Uint8Array;
}

/** The tier of one trust domain: all contributors share a key an epoch. Keys by epoch, 32 bytes each. */
export function hmacPseudonyms(keys: ReadonlyMap<string, Uint8Array>): PseudonymProvider {
  const functions = new Map([...keys].map(([epoch, key]) => [epoch, hmacUnder('sha512', key)]));
  const deriveNow = (epoch: string, { type, value }: JoinKey): Uint8Array => {
    const pseudonym = functions.get(epoch);
    if (pseudonym === undefined) throw new Error(`no key for epoch ${epoch}`);
    return pseudonym(pseudonymInput(type, value));
  };
  return {
    tier: 'hmac',
    has: epoch => keys.has(epoch),
    deriveNow,
    derive: (epoch, wanted) => Promise.resolve(wanted.map(key => deriveNow(epoch, key))),
  };
}
