import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ReceivedFragment, Session } from '../../src/sessions/index.ts';

interface Short {
  readonly contributor: string;
  readonly trace: number;
  readonly span: number;
  readonly parent?: number;
  readonly name?: ReceivedFragment['name'];
  readonly start?: string;
  readonly epoch?: string;
  readonly role?: string;
  readonly tags?: readonly (readonly [type: string, tag: string])[];
}
type Written =
  | (Short & {
      readonly repeat?: { readonly count: number; trace?: number; span?: number; hours?: number };
    })
  | (Partial<Short> & { readonly again: number });

/** What a session must be; `semconv/sessions/stitch-vectors.json` says how it is written. */
export interface WantedSession {
  readonly fragments?: readonly number[];
  readonly count?: number;
  readonly traces: number;
  readonly confidence: number;
  readonly conflict: boolean;
  readonly epoch: string;
  readonly corroborated: readonly number[];
  readonly links: readonly number[];
  readonly parents?: readonly (number | null)[];
}
export interface StitchCase {
  readonly what: string;
  readonly bucket_minutes?: number;
  readonly fragments: readonly Written[];
  readonly refused: number;
  readonly sessions: readonly WantedSession[];
}
export interface TimeCase {
  readonly epoch: string;
  readonly start: string;
  readonly now?: string;
  readonly taken: boolean;
  readonly why: string;
}

const path = fileURLToPath(new URL('../../semconv/sessions/stitch-vectors.json', import.meta.url));
export const STITCH_VECTORS = JSON.parse(readFileSync(path, 'utf8')) as {
  readonly cases: readonly StitchCase[];
  readonly times: readonly TimeCase[];
};

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');

/** A fragment in full. */
export function fragmentAt(one: Short, place: number, hours: number = 0): ReceivedFragment {
  const { name = 'alignment.step', tags = [], parent } = one;
  const ordinal = Math.min(place, 1023);
  return {
    contributor: one.contributor,
    name,
    traceId: hex(one.trace, 32),
    spanId: hex(one.span, 16),
    ...(parent !== undefined && { parentSpanId: hex(parent, 16) }),
    kind: 1,
    startMs: Date.parse(one.start ?? '2026-11-18T10:00:00Z') + hours * 3_600_000 + ordinal,
    attributes: {
      'alignment.fragment.version': 'asr/1',
      'alignment.fragment.epoch': one.epoch ?? '2026-W47',
      'alignment.fragment.role': one.role ?? 'home',
      'alignment.fragment.ordinal': ordinal,
      ...(name === 'alignment.edge' && { 'alignment.fragment.edge': 'http' }),
      ...(tags.length > 0 && {
        'alignment.join.tags': tags.map(([, tag]) => tag.padStart(22, 'A')),
        'alignment.join.types': tags.map(([type]) => type),
      }),
    },
    events: [],
  };
}

/** All fragments of a case, in the order in which they come. */
export function fragmentsOf({ fragments }: StitchCase): ReceivedFragment[] {
  const came: ReceivedFragment[] = [];
  const places: [Short, number][] = [];
  for (const written of fragments) {
    if ('again' in written) {
      const { again, ...other } = written;
      const [first, hours] = places[again]!;
      came.push(fragmentAt({ ...first, ...other }, again, hours));
      continue;
    }
    const { repeat, ...one } = written;
    for (let i = 0; i < (repeat?.count ?? 1); i++) {
      const { trace = 0, span = 0, hours = 0 } = repeat ?? {};
      const each = { ...one, trace: one.trace + i * trace, span: one.span + i * span };
      came.push(fragmentAt(each, places.length, i * hours));
      places.push([each, i * hours]);
    }
  }
  return came;
}

/** Sessions as the vectors write them, in the order of `wanted` where they are alike. */
export function writtenSessions(
  sessions: readonly Session[],
  wanted: readonly WantedSession[],
): WantedSession[] {
  const placeOf = ({ attributes }: Session['spans'][number]): number =>
    Number(attributes['alignment.fragment.ordinal']);
  const places = (session: Session): number[] => session.spans.map(placeOf).sort((a, b) => a - b);
  const nth = (session: Session): number => {
    const found = wanted.findIndex(({ fragments }) => fragments?.includes(places(session)[0]!));
    return found < 0 ? wanted.length : found;
  };
  const sorted = [...sessions].sort((a, b) => nth(a) - nth(b));
  return sorted.map((session, i) => {
    const bySpan = new Map(session.spans.map(span => [span.spanId, placeOf(span)]));
    const { traces, confidence, conflict, epoch, links } = session;
    return {
      ...(wanted[i]?.count === undefined ? { fragments: places(session) } : { count: session.spans.length }),
      traces,
      confidence,
      conflict,
      epoch,
      corroborated: session.spans
        .filter(span => span.corroborated)
        .map(placeOf)
        .sort((a, b) => a - b),
      links: links.map(id => sorted.findIndex(({ traceId }) => traceId === id)).sort((a, b) => a - b),
      ...(wanted[i]?.parents !== undefined && {
        parents: [...session.spans]
          .sort((a, b) => placeOf(a) - placeOf(b))
          .map(span => bySpan.get(span.parentSpanId) ?? null),
      }),
    };
  });
}
