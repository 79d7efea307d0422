import { createHmac, randomBytes } from 'node:crypto';
import type { Monitor, MonitorRequest, Verdict } from './monitor.ts';
import { Recent } from './recent.ts';

/**
 * Verdicts by what was judged. The key is a keyed hash with a secret of this process: no content is kept, and none can be
 * guessed from what is.
 */
export class VerdictCache {
  readonly #secret = randomBytes(32);
  readonly #verdicts: Recent<Verdict>;

  /** @param limit how many verdicts are kept; 0 keeps none */
  constructor(limit: number) {
    this.#verdicts = new Recent(limit);
    this.#enabled = limit > 0;
  }

  readonly #enabled: boolean;

  keyOf(
    { name, version }: Monitor,
    { transcript, judged }: Pick<MonitorRequest, 'transcript' | 'judged'>,
  ): string {
    return createHmac('sha256', this.#secret)
      .update(JSON.stringify([name, version, judged, transcript]))
      .digest('base64');
  }

  get(key: string): Verdict | undefined {
    return this.#enabled ? this.#verdicts.get(key) : undefined;
  }

  set(key: string, verdict: Verdict): void {
    if (this.#enabled) this.#verdicts.set(key, verdict);
  }
}
