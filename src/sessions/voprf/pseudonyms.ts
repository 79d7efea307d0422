import { pseudonymInput } from '../derive.ts';
import { HttpClient, type TlsOptions } from '../http.ts';
import type { JoinKey, PseudonymProvider } from '../pseudonyms.ts';
import type { Directory } from './directory.ts';
import { VoprfError } from './errors.ts';
import { evaluateAt } from './evaluator-client.ts';
import { loadVoprf, MAX_BATCH, type Voprf } from './voprf.ts';
import { windowOf } from './window.ts';

export interface VoprfOptions {
  /** Who evaluates, with the pinned keys: `parseDirectory`. */
  readonly directory: Directory;
  /** The bearer token of this contributor: one for all evaluators, or one by evaluator's id. */
  readonly token?: string | Readonly<Record<string, string>> | undefined;
  /** The client certificate of this contributor, and the authorities that evaluators are checked against. */
  readonly tls?: TlsOptions | undefined;
  /** Milliseconds for one answer. Default 10,000. */
  readonly timeoutMs?: number | undefined;
  /** Pseudonyms remembered at a time; those not asked for longest are forgotten. Default 20,000. */
  readonly cacheSize?: number | undefined;
  /** Unix milliseconds; for tests. */
  readonly now?: (() => number) | undefined;
}

export interface VoprfPseudonyms extends PseudonymProvider {
  /** Closes the connections and forgets every pseudonym. */
  readonly close: () => void;
}

const PENDING = Promise.resolve(new Uint8Array(0));

/** The sizes of batches that evaluators see. */
const SIZES = [1, 16, 64, MAX_BATCH];

/** What a batch of so many is filled up to. */
export const paddedSize = (length: number): number => SIZES.find(size => size >= length) ?? MAX_BATCH;

/**
 * The tier of several organisations: no evaluator sees a key, a pseudonym or a fragment, and none can make a pseudonym alone. Each answer is
 * checked against the pinned key before it is used; one that fails fails the call.
 *
 * @throws VoprfError `dependency_missing` where `libsodium-wrappers-sumo` is not installed
 */
export async function voprfPseudonyms(options: VoprfOptions): Promise<VoprfPseudonyms> {
  return new Client(await loadVoprf(), options);
}

class Client implements VoprfPseudonyms {
  readonly tier = 'voprf';
  readonly #voprf: Voprf;
  readonly #directory: Directory;
  readonly #http: HttpClient;
  readonly #token: (id: string) => string | undefined;
  readonly #timeoutMs: number;
  readonly #cacheSize: number;
  readonly #now: () => number;
  /** Pseudonyms, also those that are on their way, by epoch, type and value. */
  readonly #known = new Map<string, Promise<Uint8Array>>();

  constructor(
    voprf: Voprf,
    { directory, token, tls, timeoutMs = 10_000, cacheSize = 20_000, now = Date.now }: VoprfOptions,
  ) {
    this.#voprf = voprf;
    this.#directory = directory;
    this.#http = new HttpClient(tls);
    this.#token = typeof token === 'string' ? () => token : id => token?.[id];
    this.#timeoutMs = timeoutMs;
    this.#cacheSize = cacheSize;
    this.#now = now;
  }

  has = (epoch: string): boolean => {
    const window = windowOf(epoch);
    const now = this.#now();
    return window !== undefined && window.opens <= now && now < window.closes && this.#directory.has(epoch);
  };

  derive = async (epoch: string, keys: readonly JoinKey[]): Promise<readonly Uint8Array[]> => {
    if (!this.#directory.has(epoch))
      throw new VoprfError('unknown_epoch', `the directory of evaluators has no epoch ${epoch}`);
    const answers = new Map<string, Promise<Uint8Array>>();
    const asked: (readonly [string, JoinKey])[] = [];
    const labels = keys.map(key => `${epoch}\0${key.type}\0${key.value}`);
    labels.forEach((label, i) => {
      if (answers.has(label)) return;
      const known = this.#known.get(label);
      if (known === undefined) asked.push([label, keys[i]!]);
      else {
        // to the end: what stands first is forgotten first
        this.#known.delete(label);
        this.#known.set(label, known);
      }
      answers.set(label, known ?? PENDING);
    });
    let before: Promise<unknown> = PENDING;
    for (let from = 0; from < asked.length; from += MAX_BATCH) {
      const mine = asked.slice(from, from + MAX_BATCH);
      // one after another, so that a list of any length is one batch's work at a time
      const batch = before.then(() =>
        this.#evaluate(
          epoch,
          mine.map(([, key]) => key),
        ),
      );
      mine.forEach(([label], i) => {
        const answer = batch.then(all => all[i]!);
        answers.set(label, answer);
        this.#remember(label, answer);
      });
      before = batch;
    }
    return Promise.all(labels.map(label => answers.get(label)!));
  };

  close = (): void => {
    this.#known.clear();
    this.#http.close();
  };

  #remember(label: string, answer: Promise<Uint8Array>): void {
    this.#known.set(label, answer);
    // what failed is asked for again
    answer.catch(() => {
      if (this.#known.get(label) === answer) this.#known.delete(label);
    });
    if (this.#known.size > this.#cacheSize) this.#known.delete(this.#known.keys().next().value!);
  }

  async #evaluate(epoch: string, keys: readonly JoinKey[]): Promise<readonly Uint8Array[]> {
    const voprf = this.#voprf;
    const blinded = keys.map(({ type, value }) => voprf.blind(pseudonymInput(type, value)));
    const sent = blinded.map(({ element }) => element);
    for (let i = sent.length; i < paddedSize(keys.length); i++) sent.push(voprf.randomElement());
    const client = {
      http: this.#http,
      voprf,
      token: this.#token,
      timeoutMs: this.#timeoutMs,
    };
    try {
      const parts = await Promise.all(
        this.#directory.get(epoch)!.map(evaluator => evaluateAt(evaluator, epoch, sent, client)),
      );
      return blinded.map((one, i) => voprf.finalize(one, voprf.sum(parts.map(elements => elements[i]!))));
    } finally {
      for (const { blind } of blinded) blind.fill(0);
    }
  }
}
