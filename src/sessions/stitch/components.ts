import { neighbourAt } from '../epoch.ts';
import { JOIN_TYPES } from '../fragment/join-keys.ts';

/** The fragments of one derived trace id, of whatever contributors: what is merged into sessions. */
export interface TraceNode {
  readonly traceId: string;
  readonly contributors: Set<string>;
  startMs: number;
  endMs: number;
  /** Tags by type. */
  readonly tags: Map<string, Set<string>>;
}

/** How far a session may grow; past it parts stay apart and bear the mark of a conflict. */
export interface Caps {
  readonly traces: number;
  readonly contributors: number;
  readonly hours: number;
}

export const CAPS: Caps = { traces: 64, contributors: 16, hours: 24 };

/** From this confidence on equal tags merge; below they are linked. */
export const MERGE_FROM = 0.9;

const CONFIDENCE: ReadonlyMap<string, number> = new Map(
  JOIN_TYPES.map(({ type, confidence }) => [type, confidence]),
);
/** A tag of a type of its own kind (`payload.digest`) suggests, no more. */
const confidenceOf = (type: string): number => CONFIDENCE.get(type) ?? 0.5;

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

interface Part {
  parent: number;
  traces: number;
  contributors: Set<string>;
  startMs: number;
  endMs: number;
  sessions: Set<string>;
  confidence: number;
  conflict: boolean;
}

const union = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): Set<T> => new Set([...a, ...b]);

/** So near the border of two epochs, in milliseconds, a session may bear a tag of either; buckets of a day are the widest. */
const BORDER_MS = 25 * 3_600_000;

/** Session tags that one session can have: a trace that holds several sessions must not join them. */
const sessionTags = (startMs: number): number => (neighbourAt(startMs, BORDER_MS) === undefined ? 1 : 2);

/** Whether both name a session, and not the same one. */
const differ = (a: ReadonlySet<string>, b: ReadonlySet<string>, startMs: number): boolean =>
  a.size > 0 && b.size > 0 && (![...a].some(tag => b.has(tag)) || union(a, b).size > sessionTags(startMs));

/**
 * Joins traces to sessions over equal tags, the surest first. The same nodes in any order give the same components.
 */
export function stitch(nodes: Iterable<TraceNode>, caps: Caps = CAPS): Stitched {
  const sorted = [...nodes].sort((a, b) => (a.traceId < b.traceId ? -1 : 1));
  const parts: Part[] = sorted.map(({ contributors, startMs, endMs, tags }, i) => {
    const sessions = tags.get('alignment.session') ?? new Set<string>();
    const tooMany = sessions.size > sessionTags(startMs) || contributors.size > caps.contributors;
    return {
      parent: i,
      traces: 1,
      contributors,
      startMs,
      endMs,
      sessions,
      confidence: 1,
      conflict: tooMany || endMs - startMs > caps.hours * 3_600_000,
    };
  });
  const find = (i: number): number => {
    let at = i;
    while (parts[at]!.parent !== at) {
      parts[at]!.parent = parts[parts[at]!.parent]!.parent;
      at = parts[at]!.parent;
    }
    return at;
  };

  const byTag = new Map<string, { confidence: number; nodes: number[] }>();
  sorted.forEach(({ tags }, i) => {
    for (const [type, values] of tags) {
      for (const value of values) {
        const label = `${type}|${value}`;
        const entry = byTag.get(label);
        if (entry === undefined) byTag.set(label, { confidence: confidenceOf(type), nodes: [i] });
        else entry.nodes.push(i);
      }
    }
  });
  const shared = [...byTag]
    .filter(([, { nodes }]) => nodes.length > 1)
    .sort(([a, one], [b, other]) => other.confidence - one.confidence || (a < b ? -1 : 1));

  for (const [, { confidence, nodes: places }] of shared) {
    if (confidence < MERGE_FROM) continue;
    for (const place of places.slice(1)) {
      const a = find(places[0]!);
      const b = find(place);
      if (a === b) continue;
      const [one, other] = [parts[a]!, parts[b]!];
      const contributors = union(one.contributors, other.contributors);
      const startMs = Math.min(one.startMs, other.startMs);
      const endMs = Math.max(one.endMs, other.endMs);
      const tooLarge =
        one.traces + other.traces > caps.traces ||
        contributors.size > caps.contributors ||
        endMs - startMs > caps.hours * 3_600_000;
      if (differ(one.sessions, other.sessions, startMs) || tooLarge) {
        one.conflict = true;
        other.conflict = true;
        continue;
      }
      other.parent = a;
      one.traces += other.traces;
      one.contributors = contributors;
      one.startMs = startMs;
      one.endMs = endMs;
      one.sessions = union(one.sessions, other.sessions);
      one.confidence = Math.min(one.confidence, other.confidence, confidence);
      one.conflict ||= other.conflict;
    }
  }

  const places = new Map<number, number>();
  const groups: { traces: TraceNode[]; part: Part }[] = [];
  sorted.forEach((node, i) => {
    const root = find(i);
    const place = places.get(root);
    if (place === undefined) {
      places.set(root, groups.push({ traces: [node], part: parts[root]! }) - 1);
    } else groups[place]!.traces.push(node);
  });
  const links = new Map<string, readonly [number, number]>();
  for (const [, { confidence, nodes: alike }] of shared) {
    if (confidence >= MERGE_FROM) continue;
    const first = places.get(find(alike[0]!))!;
    for (const place of alike.slice(1)) {
      const second = places.get(find(place))!;
      if (first !== second) links.set(`${first}|${second}`, [first, second]);
    }
  }
  return {
    components: groups.map(({ traces, part: { confidence, conflict } }) => ({
      traces,
      confidence,
      conflict,
    })),
    links: [...links.values()],
  };
}
