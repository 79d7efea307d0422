/** A release that would spend more than there is, or a ledger that cannot be read. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
}

export interface Entry {
  readonly epoch: string;
  readonly epsilon: number;
  /** What it was spent on. */
  readonly release: string;
  /** ISO 8601 in UTC. */
  readonly time: string;
}

/** What was spent of the privacy budget, by epoch. Nothing is ever taken back. */
export interface Ledger {
  readonly version: 1;
  /** ε that one unit may lose in one epoch. */
  readonly budget: number;
  readonly entries: readonly Entry[];
}

export const newLedger = (budget: number): Ledger => ({ version: 1, budget, entries: [] });

const TOLERANCE = 1e-9;

/** @throws LedgerError naming the file and the field */
export function parseLedger(text: string, name: string): Ledger {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new LedgerError(
      `${name}: no JSON (${(error as Error).message}). Restore it; a new ledger would forget what was spent`,
    );
  }
  const { version, budget, entries } = (json ?? {}) as Record<string, unknown>;
  if (version !== 1) throw new LedgerError(`${name}: version must be 1`);
  if (typeof budget !== 'number' || !(budget > 0) || !Number.isFinite(budget))
    throw new LedgerError(`${name}: budget must be a positive number`);
  if (!Array.isArray(entries)) throw new LedgerError(`${name}: entries must be a list`);
  entries.forEach((entry: Record<string, unknown> | null, i) => {
    const good =
      typeof entry === 'object' &&
      entry !== null &&
      typeof entry['epoch'] === 'string' &&
      typeof entry['epsilon'] === 'number' &&
      entry['epsilon'] > 0 &&
      typeof entry['release'] === 'string' &&
      typeof entry['time'] === 'string';
    if (!good) throw new LedgerError(`${name}: entries[${i}] needs epoch, epsilon > 0, release and time`);
  });
  return { version: 1, budget, entries: entries as Entry[] };
}

/** What was spent in an epoch. Basic composition: the sum. */
export const spent = (ledger: Ledger, epoch: string): number =>
  ledger.entries.filter(one => one.epoch === epoch).reduce((sum, { epsilon }) => sum + epsilon, 0);

/** The ledger with one entry more. @throws LedgerError where the budget does not allow it */
export function spend(ledger: Ledger, entry: Entry): Ledger {
  const before = spent(ledger, entry.epoch);
  if (!(entry.epsilon > 0)) throw new LedgerError('epsilon must be positive');
  if (before + entry.epsilon > ledger.budget + TOLERANCE)
    throw new LedgerError(
      `${entry.epoch}: ε ${before} of ${ledger.budget} is spent; ${entry.epsilon} more would be too much. Nothing is released`,
    );
  return { ...ledger, entries: [...ledger.entries, entry] };
}
