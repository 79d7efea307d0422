import { type Random, randomOf } from './random.ts';

/** A call of a tool: here, or at another provider. */
export interface SimCall {
  readonly tool: number;
  readonly provider: number | undefined;
  /** Unix milliseconds. */
  readonly at: number;
}

export interface SimSession {
  readonly framework: number;
  /** 0 to 4. */
  readonly risk: number;
  readonly autonomy: number;
  readonly start: number;
  readonly turns: readonly { readonly start: number; readonly calls: readonly SimCall[] }[];
  /** Kinds of signals, each with the call that it is on, counted over the session. */
  readonly events: readonly { readonly kind: number; readonly call: number }[];
}

const DAY = 86_400_000;
const zipf = (n: number): number[] => Array.from({ length: n }, (_, i) => 1 / (i + 1));

/** The assumptions. Absolute figures depend on them; the order of figures hardly does. */
export const ASSUMPTIONS = {
  frameworks: [0.4, 0.25, 0.15, 0.1, 0.1],
  tools: zipf(10),
  providers: zipf(6),
  risks: [0.6, 0.25, 0.1, 0.04, 0.01],
  levels: [0.1, 0.25, 0.35, 0.2, 0.1],
  events: [0.5, 0.2, 0.15, 0.1, 0.05],
  turns: 5,
  callsPerTurn: 5,
  remote: 0.25,
  event: 0.25,
  maxEvents: 6,
} as const;

function startOf(random: Random, day: number): number {
  const hours = random.chance(0.85) ? random.normal(13, 3.5) : random.next() * 24;
  return day + Math.floor((((hours % 24) + 24) % 24) * 3_600_000);
}

function session(random: Random, day: number): SimSession {
  const { frameworks, tools, providers, risks, levels } = ASSUMPTIONS;
  const start = startOf(random, day);
  const turns: { start: number; calls: SimCall[] }[] = [];
  let at = start;
  for (let left = random.geometric(ASSUMPTIONS.turns); left > 0; left--) {
    const length = Math.exp(random.normal(3.5, 1)) * 1000;
    const count = random.geometric(ASSUMPTIONS.callsPerTurn);
    const calls = Array.from({ length: count }, (_, i) => ({
      tool: random.weighted(tools),
      provider: random.chance(ASSUMPTIONS.remote) ? random.weighted(providers) : undefined,
      at: Math.floor(at + (length * (i + 1)) / (count + 1)),
    }));
    turns.push({ start: Math.floor(at), calls });
    at += length + Math.exp(random.normal(3, 1.2)) * 1000;
  }
  const calls = turns.reduce((sum, turn) => sum + turn.calls.length, 0);
  const events = [];
  while (events.length < ASSUMPTIONS.maxEvents && random.chance(ASSUMPTIONS.event))
    events.push({
      kind: random.weighted(ASSUMPTIONS.events),
      call: Math.floor(random.next() * calls),
    });
  return {
    framework: random.weighted(frameworks),
    risk: random.weighted(risks),
    autonomy: random.weighted(levels),
    start,
    turns,
    events,
  };
}

/** The sessions of one day, in no order. */
export function population(
  count: number,
  seed: number,
  day: number = Math.floor(1.79e12 / DAY) * DAY,
): SimSession[] {
  const random = randomOf(seed);
  return Array.from({ length: count }, () => session(random, day));
}
