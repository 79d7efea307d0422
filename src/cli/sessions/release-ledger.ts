import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { type Ledger, LedgerError, newLedger, parseLedger, spend } from '../../sessions/index.ts';
import { UsageError, unreadable } from '../usage.ts';
import { replaceFile } from './replace-file.ts';

/**
 * Two releases at once could each find the budget whole.
 *
 * @param path what must not be used twice at once: a ledger, or an aggregator's state
 * @returns what lets it go
 */
export function lock(path: string): () => void {
  const file = `${path}.lock`;
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new UsageError(
        `${file}: another release is at work. If none is, one was broken off: look at what ${path} says, then remove the lock`,
      );
    throw unreadable(file, error);
  }
  return () => rmSync(file, { force: true });
}

/** The ledger with one entry more; nothing is written. @throws UsageError where the budget does not allow it, or the ledger cannot be read */
export function withSpending(path: string, budget: number, entry: Ledger['entries'][number]): Ledger {
  if (!(budget > 0)) throw new UsageError('--budget is a positive number');
  let text: string | undefined;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadable(path, error);
  }
  try {
    return spend(text === undefined ? newLedger(budget) : parseLedger(text, path), entry);
  } catch (error) {
    throw error instanceof LedgerError ? new UsageError(error.message) : error;
  }
}

export const writeJson = (path: string, value: object): Promise<void> =>
  replaceFile(path, async output => {
    await output.write(JSON.stringify(value, null, 2));
  });
