/** What a check found. `note`: worth knowing, nothing to mend. */
export type Status = 'ok' | 'note' | 'warning' | 'problem';

/** The parts of a set-up, in the order in which they are shown. */
export const AREAS = ['node', 'packages', 'provider', 'collector', 'agents'] as const;
export type Area = (typeof AREAS)[number];

/** One thing that was looked at. */
export interface Finding {
  readonly area: Area;
  /** Low in cardinality: scripts may look for it. */
  readonly check: string;
  readonly status: Status;
  readonly message: string;
  /** What to do about it; there for every warning and problem. */
  readonly mend?: string;
}

type Found = (check: string, message: string) => Finding;
type Mendable = (check: string, message: string, mend: string) => Finding;

/** The findings of one area, with its name said once. */
export function findingsOf(area: Area): { ok: Found; note: Found; warning: Mendable; problem: Mendable } {
  const plain =
    (status: Status): Found =>
    (check, message) => ({ area, check, status, message });
  const mendable =
    (status: Status): Mendable =>
    (check, message, mend) => ({ area, check, status, message, mend });
  return { ok: plain('ok'), note: plain('note'), warning: mendable('warning'), problem: mendable('problem') };
}
