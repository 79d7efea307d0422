import { randomBytes } from 'node:crypto';
import type { ReceivedFragment } from '../fragment/otlp.ts';
import { stitch, type TraceNode } from './components.ts';
import { CAPS, type Caps } from './merger.ts';
import { MAX_LINKS, type Session, sessionOf } from './session.ts';

export type { Session, SessionSpan } from './session.ts';

export interface StitcherOptions {
  readonly caps?: Caps;
  /** Fragments of one trace that are taken: past it the rest is refused. Default 4,096. */
  readonly maxPerTrace?: number;
  /** Random bytes in hex; for tests. */
  readonly randomHex?: (bytes: number) => string;
}

export const DEFAULTS: Required<StitcherOptions> = {
  caps: CAPS,
  maxPerTrace: 4_096,
  randomHex: bytes => randomBytes(bytes).toString('hex'),
};

/** Why fragments past the limit of a trace were not taken. */
export const floodReason = (maxPerTrace: number): string => `more than ${maxPerTrace} fragments of one trace`;

/** Joins fragments of all contributors to sessions, in memory. The same fragment twice counts once. */
export class Stitcher {
  readonly #traces = new Map<string, { node: TraceNode; fragments: ReceivedFragment[]; seen: Set<string> }>();
  readonly #options: Required<StitcherOptions>;
  /** What was not taken, by reason. */
  readonly refusals = new Map<string, number>();

  constructor(options: StitcherOptions = {}) {
    this.#options = { ...DEFAULTS, ...options };
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
      const reason = floodReason(this.#options.maxPerTrace);
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

  /** The sessions, one at a time, by the least trace id of each. */
  *sessions(): Generator<Session> {
    const { caps, randomHex } = this.#options;
    const { components, links } = stitch(
      [...this.#traces.values()].map(({ node }) => node),
      caps,
    );
    const ids = components.map(() => randomHex(16));
    const linked = components.map(() => [] as number[]);
    for (const [a, b] of links) {
      linked[a]!.push(b);
      linked[b]!.push(a);
    }
    for (const [i, { traces, confidence, conflict }] of components.entries()) {
      const about = {
        traceId: ids[i]!,
        confidence,
        conflict,
        links: linked[i]!.sort((a, b) => a - b)
          .slice(0, MAX_LINKS)
          .map(other => ids[other]!),
      };
      yield sessionOf(
        traces.flatMap(({ traceId }) => this.#traces.get(traceId)!.fragments),
        about,
        randomHex,
      );
    }
  }
}
