import { ATTRIBUTES } from '../../semconv/index.ts';
import { bucketOf } from './classify.ts';
import type { FragmentEvent } from './schema.ts';
import type { Attributes } from './source.ts';

const RISK = 'alignment.risk.score';
const LEVEL = 'alignment.autonomy.level';

/** What a span is asked for also where it is left out. */
export const FACT_KEYS: readonly string[] = [RISK, LEVEL];

export const statesFacts = (attributes: Attributes): boolean =>
  attributes[RISK] !== undefined || attributes[LEVEL] !== undefined;

/** In rising order, as the registry lists them. */
export const LEVELS: readonly string[] = ATTRIBUTES[LEVEL]?.values ?? [];

/** The highest risk bucket and the highest autonomy level of one or more spans: no more is kept of those that are left out. */
export class Facts {
  #risk = -1;
  #level = -1;

  add(attributes: Attributes, events: readonly FragmentEvent[] = []): void {
    this.#risk = Math.max(this.#risk, bucketOf(attributes[RISK]) ?? -1);
    for (const event of events) {
      const risk = event.attributes['alignment.fragment.risk_bucket'];
      if (typeof risk === 'number') this.#risk = Math.max(this.#risk, risk);
    }
    this.#level = Math.max(this.#level, LEVELS.indexOf(attributes[LEVEL] as string));
  }

  /** 0 to 4; `undefined` where no span states a risk. */
  get risk(): number | undefined {
    return this.#risk < 0 ? undefined : this.#risk;
  }

  get level(): string | undefined {
    return LEVELS[this.#level];
  }
}
