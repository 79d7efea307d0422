import type { LogIn, SpanIn } from './otlp.ts';
import type { Sink } from './sink.ts';

/** Signals that can be counted: each has an id of its own. */
export const signalOf = (id: string): Record<string, string> => ({
  'alignment.signal.id': id,
  'alignment.intervention.type': 'denial',
});

/** An id for the n-th signal of a kind (one hex digit). */
export const idOf = (kind: string, n: number): string => `${kind}${String(n).padStart(31, '0')}`;

export const spanWith = (id: string, more: Partial<SpanIn> = {}): SpanIn => ({
  ...more,
  events: [{ name: 'alignment.intervention', attributes: signalOf(id) }],
});

export const recordWith = (id: string): LogIn => ({
  eventName: 'alignment.intervention',
  attributes: signalOf(id),
});

/** The ids of the signals that arrived, in both faces, with repetitions. */
export function arrivedIds(sink: Pick<Sink, 'spans' | 'logs'>): unknown[] {
  return [
    ...sink.spans.flatMap(span => span.events.map(event => event.attributes['alignment.signal.id'])),
    ...sink.logs.map(log => log.attributes['alignment.signal.id']),
  ];
}

/** Waits for all these signals, and gives those that did not come within `deadlineMs`. */
export async function missing(
  sink: Sink,
  wanted: ReadonlySet<string>,
  deadlineMs = 90_000,
): Promise<string[]> {
  const late = (): string[] => {
    const there = new Set(arrivedIds(sink));
    return [...wanted].filter(id => !there.has(id));
  };
  const enough = (): boolean => sink.spans.length + sink.logs.length >= wanted.size && late().length === 0;
  await sink.until('all signals', enough, deadlineMs).catch(() => undefined);
  return late();
}

/** The same numbers in [0, 1) for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
