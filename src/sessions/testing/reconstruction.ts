import { Fragmenter } from '../fragment/fragmenter.ts';
import type { PseudonymProvider } from '../pseudonyms.ts';
import { Stitcher } from '../stitch/stitcher.ts';
import type { Part } from './telemetry.ts';

export interface Reconstruction {
  /** Of pairs of fragments that are joined, the share that belongs together. */
  readonly precision: number;
  /** Of pairs of fragments that belong together, the share that is joined. */
  readonly recall: number;
  /** Share of sessions whose fragments all are in one stitched session, without any other. */
  readonly complete: number;
  readonly fragments: number;
  readonly conflicts: number;
}

const add = <K>(to: Map<K, number>, key: K): void => void to.set(key, (to.get(key) ?? 0) + 1);
const pairs = (counts: Iterable<number>): number => {
  let sum = 0;
  for (const count of counts) sum += (count * (count - 1)) / 2;
  return sum;
};

/** Labelled telemetry through the fragmenters of the contributors and the stitcher: how well sessions come back. */
export async function reconstruct(
  parts: readonly Part[],
  pseudonyms: PseudonymProvider,
): Promise<Reconstruction> {
  const stitcher = new Stitcher();
  // the stitcher gives new ids and hands events on as they are: by that list a fragment is known again
  const labels = new Map<object, number>();
  for (const { contributor, session, spans } of parts) {
    const fragmenter = new Fragmenter({ pseudonyms });
    for (const span of spans) fragmenter.add(span);
    for (const fragment of await fragmenter.build([...fragmenter.finish()])) {
      labels.set(fragment.events, session);
      stitcher.add({ ...fragment, contributor });
    }
  }
  const made = new Map<number, number>();
  const true_ = new Map<number, number>();
  const both = new Map<string, number>();
  let number = 0;
  let conflicts = 0;
  for (const session of stitcher.sessions()) {
    if (session.conflict) conflicts += 1;
    for (const { events } of session.spans) {
      const label = labels.get(events)!;
      add(made, number);
      add(true_, label);
      add(both, `${number}|${label}`);
    }
    number += 1;
  }
  let complete = 0;
  for (const [place, count] of both) {
    const [session, label] = place.split('|').map(Number) as [number, number];
    if (made.get(session) === count && true_.get(label) === count) complete += 1;
  }
  const right = pairs(both.values());
  return {
    precision: right / pairs(made.values()),
    recall: right / pairs(true_.values()),
    complete: complete / true_.size,
    fragments: labels.size,
    conflicts,
  };
}
