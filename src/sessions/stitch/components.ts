import { confidenceOfLabel, FIRST_WEAK_LETTER, labelOf } from './labels.ts';
import { CAPS, type Caps, Merger } from './merger.ts';

export { CAPS, type Caps };

/** The fragments of one derived trace id, of whatever contributors: what is merged into sessions. */
export interface TraceNode {
  readonly traceId: string;
  readonly contributors: Set<string>;
  startMs: number;
  endMs: number;
  /** Tags by type. */
  readonly tags: Map<string, Set<string>>;
}

/** Traces that are one session. */
export interface Component {
  /** In the order of their ids. */
  readonly traces: readonly TraceNode[];
  /** Of the weakest tag that was needed to join them; 1 for a single trace. */
  readonly confidence: number;
  /** A merge was refused: other session tags, or past the caps. */
  readonly conflict: boolean;
}

/** Components, and pairs of components (by their places) that are alike in a way that does not merge. */
export interface Stitched {
  readonly components: readonly Component[];
  readonly links: readonly (readonly [number, number])[];
}

/**
 * Joins traces to sessions over equal tags, the surest first. The same nodes in any order give the same components.
 */
export function stitch(nodes: Iterable<TraceNode>, caps: Caps = CAPS): Stitched {
  const sorted = [...nodes].sort((a, b) => (a.traceId < b.traceId ? -1 : 1));
  const merger = new Merger(sorted.length, caps);
  const contributors = new Numbers();
  const sessions = new Numbers();
  const byLabel = new Map<string, number[]>();
  sorted.forEach((node, i) => {
    const { startMs, endMs, tags } = node;
    merger.add(
      startMs,
      endMs,
      contributors.of(node.contributors),
      sessions.of(tags.get('alignment.session') ?? []),
    );
    for (const [type, values] of tags) {
      for (const value of values) {
        const label = labelOf(type, value);
        const places = byLabel.get(label);
        if (places === undefined) byLabel.set(label, [i]);
        else places.push(i);
      }
    }
  });
  const shared = [...byLabel].filter(([, places]) => places.length > 1).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [label, places] of shared) {
    if (label >= FIRST_WEAK_LETTER) continue;
    const confidence = confidenceOfLabel(label);
    for (const place of places.slice(1)) merger.join(places[0]!, place, confidence);
  }

  const groups = new Map<number, TraceNode[]>();
  sorted.forEach((node, i) => {
    const first = merger.firstOf(i);
    if (first === i) groups.set(i, [node]);
    else groups.get(first)!.push(node);
  });
  const numbers = new Map([...groups.keys()].map((first, number) => [first, number]));
  const links = new Map<string, readonly [number, number]>();
  for (const [label, alike] of shared) {
    if (label < FIRST_WEAK_LETTER) continue;
    const hub = numbers.get(merger.firstOf(alike[0]!))!;
    for (const place of alike.slice(1)) {
      const other = numbers.get(merger.firstOf(place))!;
      if (hub !== other) {
        const [a, b] = [Math.min(hub, other), Math.max(hub, other)];
        links.set(`${a}|${b}`, [a, b]);
      }
    }
  }
  return {
    components: [...groups].map(([first, traces]) => ({
      traces,
      confidence: merger.confidenceOf(first),
      conflict: merger.isInConflict(first),
    })),
    links: [...links.values()],
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
