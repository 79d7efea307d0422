import { createHash } from 'node:crypto';
import { derive, spanIdsUnder } from '../derive.ts';
import { type Epoch, epochAt, neighbourAt } from '../epoch.ts';
import type { JoinKey } from '../pseudonyms.ts';
import { type EdgeOptions, type EdgeType, edgeOf, eventsOf, listed } from './classify.ts';
import { Facts, statesFacts } from './facts.ts';
import { joinKeysOf, MAX_TAGS, sessionKeysOf } from './join-keys.ts';
import {
  FRAGMENT_VERSION,
  type Fragment,
  type FragmentEvent,
  type FragmentName,
  type FragmentValue,
} from './schema.ts';
import type { SourceSpan } from './source.ts';

export { sessionKeyOf } from './join-keys.ts';

export interface BuildOptions extends EdgeOptions {
  /** Width of the time bucket in milliseconds: a multiple of a quarter of an hour. */
  readonly bucketMs: number;
  /** Near the border of two epochs, tags of both are given: for so long, in milliseconds. */
  readonly overlapMs: number;
}

export const DEFAULTS: BuildOptions = { bucketMs: 3_600_000, overlapMs: 900_000, edgeHosts: [] };

/** A key of an epoch whose pseudonym is needed. */
export interface Wanted {
  readonly epoch: string;
  readonly key: JoinKey;
}

/** What becomes of one contributor's part of one trace, once the pseudonyms are there. */
export interface Plan {
  readonly epoch: string;
  /** The first is that of the trace; without it there is no fragment. */
  readonly wanted: readonly Wanted[];
  /** Fragments, given 64 bytes for each that was wanted; `undefined` for one that could not be had. */
  readonly build: (ys: readonly (Uint8Array | undefined)[]) => Fragment[];
}

interface Kept {
  readonly span: SourceSpan;
  readonly edge: EdgeType | undefined;
  readonly events: readonly FragmentEvent[];
  readonly keys: number[];
  /** Its own, and those of the spans left out that have it as their nearest ancestor. */
  readonly facts: Facts;
}

/** What a fragment states of its own span alone. */
export const OWN_KEYS: readonly string[] = ['alignment.action.reversibility', 'alignment.human.involvement'];

/** Whether the fragmenter has any use for a span beyond its place in the tree. */
export function isPlain(span: SourceSpan, options: EdgeOptions): boolean {
  return (
    span.parentSpanId !== undefined &&
    !span.remoteParent &&
    span.record !== true &&
    edgeOf(span, options) === undefined &&
    eventsOf(span).length === 0
  );
}

/**
 * Plans the fragments of one trace: its root, what crosses a boundary, and what carries a signal stay; all else is bridged,
 * and its risk and autonomy are folded into the nearest ancestor that stays.
 *
 * @param spans at least one, all of one trace, or all records of one session without a trace
 * @param session the key of a session without a trace
 */
export function planTrace(spans: readonly SourceSpan[], options: BuildOptions, session?: JoinKey): Plan {
  const byId = new Map<string, SourceSpan>();
  for (const span of spans) if (span.record !== true) byId.set(span.spanId, span);
  const isRoot = ({ parentSpanId, remoteParent, record }: SourceSpan): boolean =>
    record !== true && (parentSpanId === undefined || remoteParent || !byId.has(parentSpanId));
  // clocks are coarse: of spans that start together, one that others hang from is first
  const ordered = [...spans].sort((a, b) => a.startMs - b.startMs || Number(isRoot(b)) - Number(isRoot(a)));
  const roots = ordered.filter(isRoot);
  const home = roots.find(({ parentSpanId }) => parentSpanId === undefined);
  const root = home ?? roots[0];
  const first = ordered[0]!;
  const epoch: Epoch = epochAt(first.startMs);
  const neighbour = neighbourAt(first.startMs, options.overlapMs);

  const wanted: Wanted[] = [];
  const places = new Map<string, number>();
  const want = (where: string, key: JoinKey): number => {
    const label = `${where}|${key.as ?? key.type}|${key.value}`;
    const known = places.get(label);
    if (known !== undefined) return known;
    places.set(label, wanted.push({ epoch: where, key }) - 1);
    return wanted.length - 1;
  };
  const traceKey: JoinKey = session ?? { type: 'w3c.trace_id', value: first.traceId };
  want(epoch.id, traceKey);

  const kept: Kept[] = [];
  const factsById = new Map<string, Facts>();
  const left: SourceSpan[] = [];
  for (const span of ordered) {
    const edge = edgeOf(span, options);
    const events = eventsOf(span);
    if (!isRoot(span) && edge === undefined && events.length === 0) {
      if (span.record !== true && statesFacts(span.attributes)) left.push(span);
      continue;
    }
    // a span that comes twice is one fragment: both say the same
    const facts = (span.record !== true && factsById.get(span.spanId)) || new Facts();
    facts.add(span.attributes, events);
    if (span.record !== true) factsById.set(span.spanId, facts);
    // one fragment bears the tag of the trace, others what they know beside it
    const own = (root === undefined ? kept.length === 0 : span === root)
      ? [traceKey, ...sessionKeysOf(ordered)]
      : [];
    const keys = distinct([...own, ...joinKeysOf(span)]);
    kept.push({
      span,
      edge,
      events,
      facts,
      keys: keys.flatMap(key => [
        want(epoch.id, key),
        ...(neighbour !== undefined && own.length > 0 ? [want(neighbour.id, key)] : []),
      ]),
    });
  }

  // of spans left out: where the way up from them ends. In a circle it ends nowhere
  const ends = new Map<string, string | undefined>();
  const ancestor = (start: string | undefined): string | undefined => {
    const way: string[] = [];
    let at = start;
    while (at !== undefined && !ends.has(at) && !factsById.has(at)) {
      const span = byId.get(at);
      // the parent is another contributor's: its pseudonym is theirs, too
      if (span === undefined) break;
      ends.set(at, undefined);
      way.push(at);
      at = span.parentSpanId;
    }
    const end = at !== undefined && ends.has(at) ? ends.get(at) : at;
    for (const id of way) ends.set(id, end);
    return end;
  };

  // with parents in a circle there is no ancestor that stays
  const spare = factsById.get(root?.spanId ?? '') ?? kept[0]?.facts;
  for (const { spanId, attributes } of left)
    (factsById.get(ancestor(spanId) ?? '') ?? spare)?.add(attributes);

  const build = (ys: readonly (Uint8Array | undefined)[]): Fragment[] => {
    const y = ys[0];
    if (y === undefined) return [];
    const derived = derive(y);
    const traceId = derived.traceId();
    const spanIdOf = spanIdsUnder(derived.spanKey());
    const tags = new Map<number, string>();
    const tagOf = (place: number): string | undefined => {
      const bytes = ys[place];
      if (bytes === undefined) return undefined;
      const tag = tags.get(place) ?? (place === 0 ? derived : derive(bytes)).tag();
      tags.set(place, tag);
      return tag;
    };
    return kept.map(({ span, edge, events, keys, facts }, i) => {
      const ordinal = Math.min(i, 1023);
      const isSession = span === root && span === home;
      const name: FragmentName = isSession ? 'alignment.session' : edge ? 'alignment.edge' : 'alignment.step';
      const parent =
        span.record === true
          ? ancestor(span.spanId || undefined)
          : span.parentSpanId === undefined
            ? undefined
            : ancestor(span.parentSpanId);
      const joined = keys
        .map(place => ({ tag: tagOf(place), type: wanted[place]!.key.as ?? wanted[place]!.key.type }))
        .filter((one): one is { tag: string; type: string } => one.tag !== undefined)
        .slice(0, MAX_TAGS);
      const attributes: Record<string, FragmentValue> = {
        'alignment.fragment.version': FRAGMENT_VERSION,
        'alignment.fragment.epoch': epoch.id,
        'alignment.fragment.role': home === undefined ? 'remote' : 'home',
        'alignment.fragment.ordinal': ordinal,
      };
      if (name === 'alignment.edge') attributes['alignment.fragment.edge'] = edge!;
      if (joined.length > 0) {
        attributes['alignment.join.tags'] = joined.map(one => one.tag);
        attributes['alignment.join.types'] = joined.map(one => one.type);
      }
      if (facts.risk !== undefined) attributes['alignment.fragment.risk_bucket'] = facts.risk;
      const severities = events.flatMap(
        event => event.attributes['alignment.fragment.severity_bucket'] ?? [],
      );
      if (severities.length > 0)
        attributes['alignment.fragment.severity_bucket'] = Math.max(...(severities as number[]));
      if (facts.level !== undefined) attributes['alignment.autonomy.level'] = facts.level;
      for (const key of OWN_KEYS) {
        const value = listed(key, span.attributes[key]);
        if (value !== undefined) attributes[key] = value;
      }
      return {
        name,
        traceId,
        spanId: spanIdOf(span.record === true ? recordId(span, events) : span.spanId),
        ...(parent !== undefined && { parentSpanId: spanIdOf(parent) }),
        kind: span.kind >= 1 && span.kind <= 5 ? span.kind : 1,
        startMs: Math.floor(span.startMs / options.bucketMs) * options.bucketMs + ordinal,
        attributes,
        events,
      };
    });
  };
  return { epoch: epoch.id, wanted, build };
}

const distinct = (keys: readonly JoinKey[]): JoinKey[] => [
  ...new Map(keys.map(key => [`${key.as ?? key.type}|${key.value}`, key])).values(),
];

/**
 * A record has no id of its own: the same fact gets the same one again, whatever came before it. Of what it says only what its fragment states
 * goes in, so that nobody can try contents.
 */
function recordId({ attributes, startMs, spanId }: SourceSpan, events: readonly FragmentEvent[]): string {
  const id = attributes['alignment.signal.id'];
  if (typeof id === 'string' && /^[0-9a-f]{32}$/.test(id)) return id.slice(0, 16);
  const stated = events.map(event => [event.name, Object.entries(event.attributes).sort(byKey)]);
  return createHash('sha256')
    .update(JSON.stringify([startMs, spanId, stated]))
    .digest('hex')
    .slice(0, 16);
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);
