import type { Consensus, NativeRating, Scale } from '../index.ts';

/** Seeded noise: uniform in [0, 1), normal, Beta. */
export interface Noise {
  uniform(): number;
  normal(): number;
  beta(a: number, b: number): number;
}

/** Mulberry32 below; Box and Muller, Marsaglia and Tsang above. */
export function noise(seed: number): Noise {
  let state = seed | 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * uniform() ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  return {
    uniform,
    normal,
    beta(a, b) {
      const [x, y] = [gamma(a), gamma(b)];
      return x / (x + y);
    },
  };
}

/** A made-up provider: its scale, and what it says of an action whose true value is `truth` (range [0.0, 1.0]). */
export interface Provider {
  readonly name: string;
  readonly scale: Scale;
  rate(truth: number, noise: Noise): string;
}

const clip = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

const interval = (
  name: string,
  min: number,
  max: number,
  rate: (z: number, e: number) => number,
): Provider => ({
  name,
  scale: { id: `made-up.${name}`, type: 'interval', min, max },
  rate: (truth, from) => String(clip(Math.round(rate(truth, from.normal())), min, max)),
});

const tiers = (name: string, levels: readonly string[], cuts: readonly number[]): Provider => ({
  name,
  scale: { id: `made-up.${name}`, type: 'ordinal', levels },
  rate(truth, from) {
    const felt = 10 * truth + from.normal();
    const level = cuts.findIndex(cut => felt < cut);
    return levels[level < 0 ? levels.length - 1 : level]!;
  },
});

/** The five shapes of scale that were found in the wild, each with noise of a tenth of the reference scale. */
export const PROVIDERS: readonly Provider[] = [
  interval('linear', 1, 10, (z, e) => 1 + 9 * z + e),
  interval('compressed', 1, 10, (z, e) => 1 + 9 * z ** 2 + e),
  interval('alarmist', 0, 100, (z, e) => 100 * Math.sqrt(z) + 10 * e),
  tiers('4-tier', ['low', 'medium', 'high', 'critical'], [2.5, 5, 8]),
  tiers('3-tier', ['low', 'medium', 'high'], [3, 7]),
];

/** Standard deviation of one rater of the panel, on the reference scale. */
const PANEL_SD = 0.15;
const PANEL = 5;

/** Reference values as a panel of five gives them, anchors first; the true values are spread evenly over the scale. */
export function panel(
  anchors: number,
  verification: number,
  from: Noise,
): { readonly consensus: Consensus; readonly truths: ReadonlyMap<string, number> } {
  const truths = new Map<string, number>();
  const scenarios: Record<string, Consensus['scenarios'][string]> = {};
  for (const [split, count] of [
    ['anchor', anchors],
    ['verification', verification],
  ] as const) {
    for (let index = 0; index < count; index++) {
      const truth = (index + from.uniform()) / count;
      const id = `${split}-${String(index + 1).padStart(3, '0')}`;
      let sum = 0;
      for (let rater = 0; rater < PANEL; rater++) sum += truth + PANEL_SD * from.normal();
      const summary = {
        mean: clip(sum / PANEL, 0, 1),
        sd: PANEL_SD,
        n: PANEL,
        se: PANEL_SD / Math.sqrt(PANEL),
      };
      truths.set(id, truth);
      scenarios[id] = { risk: summary, autonomy: summary, status: 'agreed', split };
    }
  }
  return { consensus: { set: 'made-up', version: '1.0.0', sha256: '0'.repeat(64), scenarios }, truths };
}

/** A provider's answers, each scenario `repeats` times. */
export function answers(
  provider: Provider,
  truths: ReadonlyMap<string, number>,
  repeats: number,
  from: Noise,
): NativeRating[] {
  let line = 1;
  return [...truths].flatMap(([scenario, truth]) =>
    Array.from({ length: repeats }, (_, index) => {
      line += 1;
      return { scenario, score: provider.rate(truth, from), repeat: index + 1, line };
    }),
  );
}
