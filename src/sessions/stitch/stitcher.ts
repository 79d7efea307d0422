import { randomBytes } from 'node:crypto';
import type { ReceivedFragment } from '../fragment/otlp.ts';
import { CAPS, type Caps, type Component, stitch, type TraceNode } from './components.ts';

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
  /** Trace ids of sessions that are alike in a way that does not merge. */
  readonly links: readonly string[];
}

export interface StitcherOptions {
  readonly caps?: Caps;
  /** Fragments of one contributor and trace that are taken: past it the rest is refused. Default 4,096. */
  readonly maxPerTrace?: number;
  /** Random bytes in hex; for tests. */
  readonly randomHex?: (bytes: number) => string;
}

const JOIN = new Set(['alignment.join.tags', 'alignment.join.types']);

/** Joins fragments of all contributors to sessions. The same fragment twice counts once. */
export class Stitcher {
  readonly #traces = new Map<string, { node: TraceNode; fragments: ReceivedFragment[]; seen: Set<string> }>();
  readonly #options: Required<StitcherOptions>;
  /** What was not taken, by reason. */
  readonly refusals = new Map<string, number>();

  constructor(options: StitcherOptions = {}) {
    this.#options = {
      caps: CAPS,
      maxPerTrace: 4_096,
      randomHex: bytes => randomBytes(bytes).toString('hex'),
      ...options,
    };
  }

  add(fragment: ReceivedFragment): void {
    const { traceId, contributor, spanId, startMs, attributes } = fragment;
    let trace = this.#traces.get(traceId);
    if (trace === undefined) {
      const node = { traceId, contributors: new Set<string>(), startMs, endMs: startMs, tags: new Map() };
      trace = { node, fragments: [], seen: new Set() };
      this.#traces.set(traceId, trace);
    }
    const label = `${contributor}|${spanId}`;
    if (trace.seen.has(label)) return;
    if (trace.fragments.length >= this.#options.maxPerTrace) {
      const reason = `more than ${this.#options.maxPerTrace} fragments of one trace`;
      this.refusals.set(reason, (this.refusals.get(reason) ?? 0) + 1);
      return;
    }
    trace.seen.add(label);
    trace.fragments.push(fragment);
    const { node } = trace;
    node.contributors.add(contributor);
    node.startMs = Math.min(node.startMs, startMs);
    node.endMs = Math.max(node.endMs, startMs + 1);
    const tags = (attributes['alignment.join.tags'] ?? []) as readonly string[];
    const types = (attributes['alignment.join.types'] ?? []) as readonly string[];
    types.forEach((type, i) => {
      const known = node.tags.get(type);
      if (known === undefined) node.tags.set(type, new Set([tags[i]!]));
      else known.add(tags[i]!);
    });
  }

  /** The sessions, one at a time. */
  *sessions(): Generator<Session> {
    const { components, links } = stitch(
      [...this.#traces.values()].map(({ node }) => node),
      this.#options.caps,
    );
    const ids = components.map(() => this.#options.randomHex(16));
    const linked = components.map(() => [] as string[]);
    for (const [a, b] of links) {
      linked[a]!.push(ids[b]!);
      linked[b]!.push(ids[a]!);
    }
    for (const [i, component] of components.entries()) yield this.#session(component, ids[i]!, linked[i]!);
  }

  #session({ traces, confidence, conflict }: Component, traceId: string, links: readonly string[]): Session {
    const { randomHex } = this.#options;
    const fragments = traces
      .flatMap(({ traceId: id }) => this.#traces.get(id)!.fragments)
      .sort((a, b) => a.startMs - b.startMs || (a.spanId < b.spanId ? -1 : 1));
    const rootSpanId = randomHex(8);
    // two contributors may report the same span id: the edge that one calls is the parent that the other names
    const byPlace = new Map<string, string>();
    const place = (one: ReceivedFragment): string => `${one.traceId}|${one.contributor}|${one.spanId}`;
    const owners = new Map<string, ReceivedFragment[]>();
    for (const one of fragments) {
      byPlace.set(place(one), randomHex(8));
      const label = `${one.traceId}|${one.spanId}`;
      owners.set(label, [...(owners.get(label) ?? []), one]);
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
      traceId,
      rootSpanId,
      epoch: String(fragments[0]!.attributes['alignment.fragment.epoch']),
      startMs: fragments[0]!.startMs,
      endMs: Math.max(...fragments.map(one => one.startMs + 1)),
      contributors: [...new Set(fragments.map(one => one.contributor))].sort(),
      traces: traces.length,
      confidence,
      conflict,
      links,
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
