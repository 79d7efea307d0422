import type { ReceivedFragment } from '../fragment/otlp.ts';

/** A span of a stitched session. Nothing in it was derived from anything: ids are random, tags are gone. */
export interface SessionSpan {
  readonly contributor: string;
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly kind: number;
  readonly startMs: number;
  readonly attributes: ReceivedFragment['attributes'];
  readonly events: ReceivedFragment['events'];
  /** Of an edge: whether the other side reported it too. */
  readonly corroborated?: boolean;
}

export interface Session {
  /** Random; the same session never gets it twice. */
  readonly traceId: string;
  readonly rootSpanId: string;
  readonly epoch: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly contributors: readonly string[];
  readonly traces: number;
  readonly confidence: number;
  readonly conflict: boolean;
  readonly spans: readonly SessionSpan[];
  /** Trace ids of sessions that are alike in a way that does not merge: at most 128. */
  readonly links: readonly string[];
}

/** As many as a span has by the defaults of OpenTelemetry's SDKs: one tag in many traces must not make a span without end. */
export const MAX_LINKS = 128;

const JOIN = new Set(['alignment.join.tags', 'alignment.join.types']);

/** By time; what began together by its ids, so that the same fragments give the same session in whatever order they came. */
const inOrder = (a: ReceivedFragment, b: ReceivedFragment): number =>
  a.startMs - b.startMs ||
  compare(a.spanId, b.spanId) ||
  compare(a.traceId, b.traceId) ||
  compare(a.contributor, b.contributor);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * A session of its fragments.
 *
 * @param found of all its traces, in any order, each fragment once; not empty
 * @param randomHex random bytes in hex
 */
export function sessionOf(
  found: readonly ReceivedFragment[],
  about: Pick<Session, 'traceId' | 'confidence' | 'conflict' | 'links'>,
  randomHex: (bytes: number) => string,
): Session {
  const fragments = [...found].sort(inOrder);
  const rootSpanId = randomHex(8);
  // two contributors may report the same span id: the edge that one calls is the parent that the other names
  const byPlace = new Map<string, string>();
  const place = (one: ReceivedFragment): string => `${one.traceId}|${one.contributor}|${one.spanId}`;
  const owners = new Map<string, ReceivedFragment[]>();
  for (const one of fragments) {
    byPlace.set(place(one), randomHex(8));
    const label = `${one.traceId}|${one.spanId}`;
    const known = owners.get(label);
    if (known === undefined) owners.set(label, [one]);
    else known.push(one);
  }
  const parentOf = (one: ReceivedFragment): ReceivedFragment | undefined => {
    if (one.parentSpanId === undefined) return undefined;
    const named = owners.get(`${one.traceId}|${one.parentSpanId}`) ?? [];
    return named.find(({ contributor }) => contributor === one.contributor) ?? named[0];
  };
  const corroborated = new Set<ReceivedFragment>();
  for (const one of fragments) {
    const parent = one.name === 'alignment.edge' ? parentOf(one) : undefined;
    if (parent?.name !== 'alignment.edge' || parent.contributor === one.contributor) continue;
    corroborated.add(one);
    corroborated.add(parent);
  }
  const cyclic = cycles(fragments, parentOf);
  return {
    ...about,
    rootSpanId,
    epoch: String(fragments[0]!.attributes['alignment.fragment.epoch']),
    startMs: fragments[0]!.startMs,
    endMs: fragments.at(-1)!.startMs + 1,
    contributors: [...new Set(fragments.map(one => one.contributor))].sort(),
    traces: new Set(fragments.map(one => one.traceId)).size,
    spans: fragments.map(one => {
      const parent = cyclic.has(one) ? undefined : parentOf(one);
      return {
        contributor: one.contributor,
        name: one.name,
        spanId: byPlace.get(place(one))!,
        parentSpanId: parent === undefined ? rootSpanId : byPlace.get(place(parent))!,
        kind: one.kind,
        startMs: one.startMs,
        attributes: Object.fromEntries(Object.entries(one.attributes).filter(([key]) => !JOIN.has(key))),
        events: one.events,
        ...(one.name === 'alignment.edge' && { corroborated: corroborated.has(one) }),
      };
    }),
  };
}

/** Fragments whose parents lead back to themselves: a lying contributor can send them. */
function cycles(
  fragments: readonly ReceivedFragment[],
  parentOf: (one: ReceivedFragment) => ReceivedFragment | undefined,
): ReadonlySet<ReceivedFragment> {
  const done = new Set<ReceivedFragment>();
  const bad = new Set<ReceivedFragment>();
  for (const start of fragments) {
    const path = new Set<ReceivedFragment>();
    let at: ReceivedFragment | undefined = start;
    while (at !== undefined && !done.has(at) && !path.has(at)) {
      path.add(at);
      at = parentOf(at);
    }
    if (at !== undefined && path.has(at)) bad.add(at);
    for (const one of path) done.add(one);
  }
  return bad;
}
