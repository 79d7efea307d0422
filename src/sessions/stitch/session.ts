import type { ReceivedFragment } from '../fragment/otlp.ts';
import { spanIdOf } from './identity.ts';

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
  /** The week that most of its contributors name. */
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

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byStart = (a: ReceivedFragment, b: ReceivedFragment): number =>
  a.startMs - b.startMs || compare(a.contributor, b.contributor);

/**
 * A session of its fragments.
 *
 * @param found of all its traces, in any order, each fragment once; not empty
 * @param secret what new ids come of, and the order of what began together
 */
export function sessionOf(
  found: readonly ReceivedFragment[],
  about: Pick<Session, 'traceId' | 'confidence' | 'conflict' | 'links'>,
  secret: string,
): Session {
  const rootSpanId = spanIdOf(secret, about.traceId);
  // two contributors may report the same span id: the edge that one calls is the parent that the other names
  const ids = new Map(
    found.map(one => [one, spanIdOf(secret, `${one.traceId}|${one.contributor}|${one.spanId}`)]),
  );
  // an order by the ids that the fragments had would show them to whoever can derive them later
  const fragments = [...ids]
    .sort(([a, idOfA], [b, idOfB]) => a.startMs - b.startMs || compare(idOfA, idOfB))
    .map(([one]) => one);
  const owners = new Map<string, ReceivedFragment[]>();
  for (const one of [...found].sort(byStart)) {
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
    epoch: epochOfMost(fragments),
    startMs: fragments[0]!.startMs,
    endMs: fragments.at(-1)!.startMs + 1,
    contributors: [...new Set(fragments.map(one => one.contributor))].sort(),
    traces: new Set(fragments.map(one => one.traceId)).size,
    spans: fragments.map(one => {
      const parent = cyclic.has(one) ? undefined : parentOf(one);
      return {
        contributor: one.contributor,
        name: one.name,
        spanId: ids.get(one)!,
        parentSpanId: parent === undefined ? rootSpanId : ids.get(parent)!,
        kind: one.kind,
        startMs: one.startMs,
        attributes: Object.fromEntries(Object.entries(one.attributes).filter(([key]) => !JOIN.has(key))),
        events: one.events,
        ...(one.name === 'alignment.edge' && { corroborated: corroborated.has(one) }),
      };
    }),
  };
}

/**
 * The week that a session is counted in and removed by: each contributor has one voice, for the week of its first fragment, so that one that lies does not
 * decide against two. Of weeks with as many voices it is the one with most that are at home in the session, then the earliest.
 */
function epochOfMost(fragments: readonly ReceivedFragment[]): string {
  const voices = new Map<string, { startMs: number; epoch: string; home: boolean }>();
  for (const { contributor, startMs, attributes } of fragments) {
    const epoch = String(attributes['alignment.fragment.epoch']);
    const home = attributes['alignment.fragment.role'] === 'home';
    const known = voices.get(contributor);
    if (known === undefined || startMs < known.startMs || (startMs === known.startMs && epoch < known.epoch))
      voices.set(contributor, { startMs, epoch, home: home || known?.home === true });
    else known.home ||= home;
  }
  const counts = new Map<string, { all: number; home: number }>();
  for (const { epoch, home } of voices.values()) {
    const { all, home: homes } = counts.get(epoch) ?? { all: 0, home: 0 };
    counts.set(epoch, { all: all + 1, home: homes + (home ? 1 : 0) });
  }
  const sorted = [...counts].sort(([a, m], [b, n]) => n.all - m.all || n.home - m.home || compare(a, b));
  return sorted[0]![0];
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
