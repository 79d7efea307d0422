import type { ReceivedFragment } from '../fragment/otlp.ts';
import { BUCKET_MS, isOfTwoEpochs } from './border.ts';
import { stitch, type TraceNode } from './components.ts';
import { newSecret, sessionIdOf } from './identity.ts';
import { CAPS, type Caps } from './merger.ts';
import { MAX_LINKS, type Session, sessionOf } from './session.ts';

export type { Session, SessionSpan } from './session.ts';

export interface StitcherOptions {
  readonly caps?: Caps;
  /** Fragments of one contributor and trace that are taken: past it the rest is refused. Default 4,096. */
  readonly maxPerTrace?: number;
  /** The widest time bucket that contributors use, in milliseconds, a multiple of a quarter of an hour. Default an hour. */
  readonly bucketMs?: number;
  /** What new ids and the order of sessions come of: for tests. Otherwise random, and gone with the stitcher. */
  readonly secret?: string;
}

export const DEFAULTS: Required<Omit<StitcherOptions, 'secret'>> = {
  caps: CAPS,
  maxPerTrace: 4_096,
  bucketMs: BUCKET_MS,
};

/** Why fragments past the limit of a trace were not taken. */
export const floodReason = (maxPerTrace: number): string =>
  `more than ${maxPerTrace} fragments of one contributor and trace`;

/** How many session tags a fragment bears. */
export const sessionTagsOf = (types: readonly string[]): number =>
  types.filter(type => type === 'alignment.session').length;

interface Trace {
  readonly node: TraceNode;
  readonly fragments: ReceivedFragment[];
  /** Ids of spans by contributor. */
  readonly seen: Map<string, Set<string>>;
}

/** Joins fragments of all contributors to sessions, in memory. The same fragment twice counts once. */
export class Stitcher {
  readonly #traces = new Map<string, Trace>();
  readonly #options: Required<StitcherOptions>;
  /** What was not taken, by reason. */
  readonly refusals = new Map<string, number>();

  constructor(options: StitcherOptions = {}) {
    this.#options = { ...DEFAULTS, secret: newSecret(), ...options };
  }

  add(fragment: ReceivedFragment): void {
    const { traceId, contributor, spanId, startMs, attributes } = fragment;
    const { maxPerTrace, bucketMs } = this.#options;
    const { node, fragments, seen } = this.#traceOf(traceId, startMs);
    const spans = seen.get(contributor) ?? new Set();
    seen.set(contributor, spans);
    if (spans.has(spanId)) return;
    if (spans.size >= maxPerTrace) {
      const reason = floodReason(maxPerTrace);
      this.refusals.set(reason, (this.refusals.get(reason) ?? 0) + 1);
      return;
    }
    spans.add(spanId);
    fragments.push(fragment);
    node.contributors.add(contributor);
    node.startMs = Math.min(node.startMs, startMs);
    node.endMs = Math.max(node.endMs, startMs + 1);
    const tags = (attributes['alignment.join.tags'] ?? []) as readonly string[];
    const types = (attributes['alignment.join.types'] ?? []) as readonly string[];
    node.ofTwoEpochs ||= isOfTwoEpochs(startMs, sessionTagsOf(types), bucketMs);
    types.forEach((type, i) => {
      const known = node.tags.get(type);
      if (known === undefined) node.tags.set(type, new Set([tags[i]!]));
      else known.add(tags[i]!);
    });
  }

  #traceOf(traceId: string, startMs: number): Trace {
    let trace = this.#traces.get(traceId);
    if (trace === undefined) {
      const node = {
        traceId,
        contributors: new Set<string>(),
        startMs,
        endMs: startMs,
        ofTwoEpochs: false,
        tags: new Map<string, Set<string>>(),
      };
      trace = { node, fragments: [], seen: new Map() };
      this.#traces.set(traceId, trace);
    }
    return trace;
  }

  /** The sessions, one at a time, in the order of their ids, which are random. */
  *sessions(): Generator<Session> {
    const { caps, secret } = this.#options;
    const { components, alike } = stitch(
      [...this.#traces.values()].map(({ node }) => node),
      caps,
    );
    const found = components.map(component => ({
      ...component,
      id: sessionIdOf(secret, component.traces[0]!.traceId),
      links: new Set<string>(),
    }));
    for (const places of alike) {
      const group = places.map(place => found[place]!).sort(byId);
      for (const other of group.slice(1)) {
        group[0]!.links.add(other.id);
        other.links.add(group[0]!.id);
      }
    }
    for (const { id, traces, confidence, conflict, links } of found.sort(byId)) {
      const about = { traceId: id, confidence, conflict, links: [...links].sort().slice(0, MAX_LINKS) };
      yield sessionOf(
        traces.flatMap(({ traceId }) => this.#traces.get(traceId)!.fragments),
        about,
        secret,
      );
    }
  }
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);
