import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StateError } from '../service/folder.ts';
import { isObject } from '../voprf/wire.ts';

/** So many evaluations are written down at a time as spent: a crash forgets none, and costs a contributor at most so many. */
const RESERVE = 4096;

/**
 * How many elements each contributor had evaluated in each epoch, and how many it may. What is spent survives the process, so that starting anew
 * gives nobody a new budget.
 */
export class Budgets {
  readonly #path: string;
  readonly #quota: number;
  /** By epoch and contributor: what is spent, and what the file says is. */
  readonly #spent = new Map<string, Map<string, { spent: number; written: number }>>();

  /**
   * @param quota elements a contributor and epoch
   * @throws StateError
   */
  constructor(folder: string, quota: number) {
    this.#path = join(folder, 'budgets.json');
    this.#quota = quota;
    for (const [epoch, by] of Object.entries(this.#read()))
      for (const [contributor, spent] of Object.entries(isObject(by) ? by : {}))
        if (typeof spent === 'number') this.#of(epoch).set(contributor, { spent, written: spent });
  }

  get quota(): number {
    return this.#quota;
  }

  /** Whether there was enough; then it is spent. */
  spend(epoch: string, contributor: string, elements: number): boolean {
    const by = this.#of(epoch);
    const account = by.get(contributor) ?? { spent: 0, written: 0 };
    if (account.spent + elements > this.#quota) return false;
    by.set(contributor, account);
    account.spent += elements;
    if (account.spent > account.written) {
      account.written = account.spent + RESERVE;
      this.#write(({ written }) => written);
    }
    return true;
  }

  /** Forgets epochs whose key is gone. */
  keep(epochs: readonly string[]): void {
    for (const epoch of this.#spent.keys()) if (!epochs.includes(epoch)) this.#spent.delete(epoch);
  }

  /** Writes exactly what was spent. */
  close(): void {
    this.#write(({ spent }) => spent);
  }

  #of(epoch: string): Map<string, { spent: number; written: number }> {
    let by = this.#spent.get(epoch);
    if (by === undefined) {
      by = new Map();
      this.#spent.set(epoch, by);
    }
    return by;
  }

  #read(): Readonly<Record<string, unknown>> {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw error;
    }
    try {
      const json: unknown = JSON.parse(text);
      if (isObject(json)) return json;
    } catch {
      // said below
    }
    throw new StateError(`${this.#path}: no JSON object; remove it to give every contributor a new budget`);
  }

  #write(amount: (account: { spent: number; written: number }) => number): void {
    const all = Object.fromEntries(
      [...this.#spent].map(([epoch, by]) => [
        epoch,
        Object.fromEntries([...by].map(([contributor, account]) => [contributor, amount(account)])),
      ]),
    );
    writeFileSync(`${this.#path}.part`, `${JSON.stringify(all)}\n`, { mode: 0o600 });
    renameSync(`${this.#path}.part`, this.#path);
  }
}
