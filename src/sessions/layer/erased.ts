import { epochOf } from '../epoch.ts';
import { CONTRIBUTOR } from '../fragment/schema.ts';
import { isObject } from '../voprf/wire.ts';
import { DERIVED_MS, isPast } from './retention.ts';

/** What one contributor had erased at one time: a line of the layer's record. */
export interface Erasure {
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly epoch: string;
  readonly contributor: string;
  /** Derived; 32 hex digits in lower case. */
  readonly trace_ids: readonly string[];
}

/** A record of erasures that cannot be used. The message names the line and the fix. */
export class ErasureFileError extends Error {
  override readonly name = 'ErasureFileError';
}

const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/;

export const isTraceId = (value: unknown): value is string =>
  typeof value === 'string' && TRACE_ID.test(value);

/** The record of an epoch in the layer's folder. */
export const erasureFile = (epoch: string): string => `${epoch}.erased.jsonl`;

/** The epoch whose record a file is, by its name. */
export function epochOfErasureFile(name: string): string | undefined {
  const epoch = /^(\d{4}-W\d{2})\.erased\.jsonl$/.exec(name)?.[1];
  return epoch !== undefined && epochOf(epoch) !== undefined ? epoch : undefined;
}

/**
 * Reads a record of erasures. It fails as a whole: with one line less, something that must go would stay.
 *
 * @param name as errors call it
 * @throws ErasureFileError
 */
export function parseErasures(text: string, name: string): readonly Erasure[] {
  const lines = text.split('\n');
  if (lines.pop() !== '')
    throw new ErasureFileError(
      `${name}: the last line is cut off; copy the file again, or let otel-alignment sessions layer repair it in its folder`,
    );
  return lines.map((line, i) => {
    const refuse = (what: string): never => {
      throw new ErasureFileError(`${name}:${i + 1}: ${what}; take the file from the layer's folder again`);
    };
    let json: unknown;
    try {
      json = JSON.parse(line);
    } catch {
      return refuse('no JSON');
    }
    if (!isObject(json)) return refuse('no JSON object');
    const { epoch, contributor, trace_ids: ids } = json;
    if (typeof epoch !== 'string' || epochOf(epoch) === undefined) return refuse('epoch is no ISO week');
    if (typeof contributor !== 'string' || !CONTRIBUTOR.test(contributor))
      return refuse('contributor is no name of one');
    if (!Array.isArray(ids) || !ids.every(isTraceId))
      return refuse('trace_ids must be a list of 32 hex digits in lower case each');
    return json as unknown as Erasure;
  });
}

/** What of a fragment tells whose it is. */
export interface Origin {
  readonly contributor: string;
  readonly traceId: string;
  readonly epoch: string;
}

/** What contributors had erased. Each erases its own fragments: of another's in the same trace nothing is said. */
export class Erased {
  readonly #labels = new Set<string>();

  add({ epoch, contributor, trace_ids }: Omit<Erasure, 'time'>): void {
    for (const id of trace_ids) this.#labels.add(`${epoch}|${contributor}|${id}`);
  }

  has({ epoch, contributor, traceId }: Origin): boolean {
    return this.#labels.has(`${epoch}|${contributor}|${traceId}`);
  }

  /** Traces of contributors. */
  get size(): number {
    return this.#labels.size;
  }

  /** Why a fragment may not be used; `undefined` for one that may. @param now Unix milliseconds */
  refuses(origin: Origin, now: number): 'erased' | 'past' | undefined {
    if (this.has(origin)) return 'erased';
    // the record of its epoch is gone by now, so nothing says that it was not erased
    return isPast(origin.epoch, DERIVED_MS, now) ? 'past' : undefined;
  }
}
