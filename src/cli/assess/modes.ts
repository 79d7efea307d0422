import { DIALECTS } from '../../dialects/tables.generated.ts';
import type { HumanInvolvement } from '../../semconv/index.ts';

const INVOLVEMENT = 'alignment.human.involvement';

/**
 * How a person is involved, by an agent's own word for its mode, as far as the dialects' tables agree. A word that means different things to
 * different agents is not here.
 */
const BY_MODE: ReadonlyMap<string, HumanInvolvement> = agreed();

export const involvementOf = (mode: string): HumanInvolvement | undefined => BY_MODE.get(mode);

function agreed(): Map<string, HumanInvolvement> {
  const meanings = new Map<string, Set<string>>();
  for (const { valueMaps = {}, spans, events = [], harness } of DIALECTS) {
    const used = new Set([
      ...spans.map(row => row.values?.humanInvolvement?.map),
      ...events.map(row => row.values?.[INVOLVEMENT]?.map),
      harness?.values?.[INVOLVEMENT]?.map,
    ]);
    for (const name of used) {
      for (const [mode, involvement] of Object.entries(name === undefined ? {} : (valueMaps[name] ?? {})))
        meanings.set(mode, (meanings.get(mode) ?? new Set()).add(involvement));
    }
  }
  const known = new Map<string, HumanInvolvement>();
  for (const [mode, [involvement, ...others]] of meanings)
    if (others.length === 0) known.set(mode, involvement as HumanInvolvement);
  return known;
}
