import { confidenceOfLabel, FIRST_WEAK_LETTER, labelOf, SPAN_LINK_LETTER, TRACE_LETTER } from './labels.ts';
import { CAPS, type Caps, Merger } from './merger.ts';
import { TagJoining } from './tag-joining.ts';

/** The fragments of one derived trace id, of whatever contributors: what is merged into sessions. */
export interface TraceNode {
  readonly traceId: string;
  readonly contributors: Set<string>;
  startMs: number;
  endMs: number;
  /** A fragment of it names a session in two epochs. */
  ofTwoEpochs: boolean;
  /** Tags by type. */
  readonly tags: Map<string, Set<string>>;
}

/** Traces that are one session. */
export interface Component {
  /** In the order of their starts, then of their ids. */
  readonly traces: readonly TraceNode[];
  /** Of the weakest tag that was needed to join them; 1 for a single trace. */
  readonly confidence: number;
  /** A merge was refused: other session tags, or past the caps. */
  readonly conflict: boolean;
}

/** Components, and groups of components (by their places) that are alike in a way that does not merge, two or more in each. */
export interface Stitched {
  readonly components: readonly Component[];
  readonly alike: readonly (readonly number[])[];
}

/**
 * Joins traces to sessions over equal tags, the surest first. The same nodes in any order give the same components.
 */
export function stitch(nodes: Iterable<TraceNode>, caps: Caps = CAPS): Stitched {
  const sorted = [...nodes].sort((a, b) => a.startMs - b.startMs || (a.traceId < b.traceId ? -1 : 1));
  const merger = new Merger(sorted.length, caps);
  const contributors = new Numbers();
  const sessions = new Numbers();
  const byLabel = new Map<string, number[]>();
  sorted.forEach((node, i) => {
    const { tags } = node;
    merger.add({
      ...node,
      contributors: contributors.of(node.contributors),
      sessions: sessions.of(tags.get('alignment.session') ?? []),
    });
    for (const [type, values] of tags) {
      for (const value of values) {
        const label = labelOf(type, value);
        const places = byLabel.get(label);
        if (places === undefined) byLabel.set(label, [i]);
        else places.push(i);
      }
    }
  });
  // a trace that is linked to is meant by its own tag
  for (const [label, places] of byLabel) {
    if (!label.startsWith(SPAN_LINK_LETTER)) continue;
    for (const place of byLabel.get(`${TRACE_LETTER}${label.slice(1)}`) ?? []) places.push(place);
  }

  const shared = [...byLabel].filter(([, places]) => places.length > 1).sort(([a], [b]) => (a < b ? -1 : 1));
  const joining = new TagJoining(merger);
  for (const [label, places] of shared) {
    if (label >= FIRST_WEAK_LETTER) continue;
    const confidence = confidenceOfLabel(label);
    for (const place of places) joining.add(label, place, confidence);
  }

  const groups = new Map<number, TraceNode[]>();
  sorted.forEach((node, i) => {
    const first = merger.firstOf(i);
    if (first === i) groups.set(i, [node]);
    else groups.get(first)!.push(node);
  });
  const numbers = new Map([...groups.keys()].map((first, number) => [first, number]));
  const alike = shared
    .filter(([label]) => label >= FIRST_WEAK_LETTER)
    .map(([, places]) => [...new Set(places.map(place => numbers.get(merger.firstOf(place))!))])
    .filter(found => found.length > 1);
  return {
    components: [...groups].map(([first, traces]) => ({
      traces,
      confidence: merger.confidenceOf(first),
      conflict: merger.isInConflict(first),
    })),
    alike,
  };
}

/** A number for each text, 0, 1, 2 … */
export class Numbers {
  readonly #numbers = new Map<string, number>();

  /** @returns those of the texts, in rising order */
  of(texts: Iterable<string>): number[] {
    const found: number[] = [];
    for (const text of texts) {
      const number = this.#numbers.get(text) ?? this.#numbers.size;
      this.#numbers.set(text, number);
      found.push(number);
    }
    return found.sort((a, b) => a - b);
  }
}
