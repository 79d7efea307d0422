import type { Spent } from './budget.ts';
import { lengthOf } from './content.ts';
import type { SeenEntry } from './monitor.ts';
import type { JudgedStep } from './report.ts';

/** What is remembered of one session: the latest entries, and which of them wait to be judged. */
export interface Session {
  readonly key: string;
  entries: SeenEntry[];
  /** Steps of `entries` that wait for the batch to be full. */
  pending: { readonly entry: SeenEntry; readonly step: JudgedStep }[];
  /** Steps seen, for sampling. */
  steps: number;
  readonly spent: Spent;
}

/** What one call judges. */
export interface Job {
  readonly session: Session;
  readonly transcript: readonly SeenEntry[];
  /** Index in `transcript` → step. */
  readonly steps: ReadonlyMap<number, JudgedStep>;
}

export const newSession = (key: string): Session => ({
  key,
  entries: [],
  pending: [],
  steps: 0,
  spent: { calls: 0, tokens: 0 },
});

export function remember(session: Session, entry: SeenEntry, limit: number): void {
  session.entries.push(entry);
  // in large bites, so that a long session does not copy its window at every step
  if (session.entries.length > 2 * limit) session.entries = session.entries.slice(-limit);
}

/**
 * Makes a job of the pending steps and clears them. The context is what precedes and accompanies them, as far as it fits: judged
 * entries are always there, the oldest context is left out first.
 */
export function jobOf(session: Session, contextEntries: number, maxChars: number): Job {
  const { pending, entries } = session;
  session.pending = [];
  const judged = new Map(pending.map(({ entry, step }) => [entry, step]));
  const first = entries.findIndex(entry => judged.has(entry));
  const window = entries.slice(Math.max(0, first - contextEntries));
  let left = maxChars;
  for (const entry of judged.keys()) left -= lengthOf(entry);
  const kept: SeenEntry[] = [];
  let full = false;
  for (const entry of window.reverse()) {
    if (!judged.has(entry)) {
      full ||= left < lengthOf(entry);
      if (full) continue;
      left -= lengthOf(entry);
    }
    kept.push(entry);
  }
  const transcript = kept.reverse();
  const steps = new Map<number, JudgedStep>();
  for (const [index, entry] of transcript.entries()) {
    const step = judged.get(entry);
    if (step !== undefined) steps.set(index, step);
  }
  return { session, transcript, steps };
}

export const charsOf = (transcript: readonly SeenEntry[]): number =>
  transcript.reduce((sum, entry) => sum + lengthOf(entry), 0);
