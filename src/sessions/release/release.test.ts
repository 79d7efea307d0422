import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ByteSource, discreteLaplace } from './laplace.ts';
import { LedgerError, newLedger, parseLedger, spend, spent } from './ledger.ts';
import {
  type Cell,
  LEVELS,
  RELEASE_DEFAULTS,
  type ReleaseOptions,
  RISKS,
  releaseTable,
  type SessionFacts,
  statement,
} from './table.ts';

/** Bytes that are the same for the same seed (mulberry32): a test must fail twice. */
function seededBytes(seed: number): ByteSource {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 16) & 0xff;
  };
}

describe('the noise', () => {
  // P(x) = (1 - q) / (1 + q) q^|x| with q = exp(-1 / scale)
  const probability = (x: number, scale: number): number => {
    const q = Math.exp(-1 / scale);
    return ((1 - q) / (1 + q)) * q ** Math.abs(x);
  };

  it.each([
    { scale: [8n, 1n], edge: 30 },
    { scale: [1n, 1n], edge: 6 },
    { scale: [3n, 2n], edge: 8 },
    { scale: [1n, 3n], edge: 2 },
  ] as const)('has the exact distribution at scale $scale', ({ scale, edge }) => {
    const samples = 60_000;
    const next = seededBytes(7);
    const counts = new Map<number, number>();
    for (let i = 0; i < samples; i++) {
      const x = Math.max(-edge, Math.min(edge, Number(discreteLaplace(scale, next))));
      counts.set(x, (counts.get(x) ?? 0) + 1);
    }
    const width = Number(scale[0]) / Number(scale[1]);
    let chiSquared = 0;
    let rest = 1;
    for (let x = -edge + 1; x < edge; x++) rest -= probability(x, width);
    for (let x = -edge; x <= edge; x++) {
      const expected = samples * (Math.abs(x) === edge ? rest / 2 : probability(x, width));
      chiSquared += ((counts.get(x) ?? 0) - expected) ** 2 / expected;
    }
    // the mean of the statistic is its degrees of freedom; five standard deviations above is one in millions
    const freedom = 2 * edge;
    expect(chiSquared).toBeLessThan(freedom + 5 * Math.sqrt(2 * freedom));
  });

  it('would not pass with another distribution', () => {
    const next = seededBytes(7);
    let twos = 0;
    for (let i = 0; i < 20_000; i++) if (discreteLaplace([1n, 1n], next) === 2n) twos++;
    expect(twos / 20_000).toBeCloseTo(probability(2, 1), 2);
    expect(Math.abs(twos / 20_000 - probability(2, 1.3))).toBeGreaterThan(0.015);
  });

  it("comes of the system's generator unless a test says otherwise, and refuses a scale that is none", () => {
    expect(discreteLaplace([8n, 1n])).toBeTypeOf('bigint');
    expect(() => discreteLaplace([0n, 1n])).toThrow(RangeError);
  });
});

describe('the ledger', () => {
  const entry = (epsilon: number, epoch = '2026-W47') => ({
    epoch,
    epsilon,
    release: 'x',
    time: '2026-11-21T00:00:00Z',
  });

  it('refuses to spend more than there is, by epoch', () => {
    let ledger = newLedger(1);
    for (let i = 0; i < 10; i++) ledger = spend(ledger, entry(0.1));
    expect(spent(ledger, '2026-W47')).toBeCloseTo(1);
    expect(() => spend(ledger, entry(0.1))).toThrow(LedgerError);
    expect(spend(ledger, entry(1, '2026-W48')).entries).toHaveLength(11);
    for (const epsilon of [0, -1, Number.NaN])
      expect(() => spend(newLedger(1), entry(epsilon))).toThrow(LedgerError);
  });

  it('is read back, and a broken one is refused by name and field', () => {
    const ledger = spend(newLedger(2), entry(0.5));
    expect(parseLedger(JSON.stringify(ledger), 'l')).toEqual(ledger);
    for (const [text, message] of [
      ['{', 'l: no JSON'],
      ['null', 'l: version'],
      ['{"version":1,"budget":0,"entries":[]}', 'l: budget'],
      ['{"version":1,"budget":1}', 'l: entries'],
      [
        '{"version":1,"budget":1,"entries":[{"epoch":"x","epsilon":-5,"release":"","time":""}]}',
        'l: entries[0]',
      ],
    ] as const)
      expect(() => parseLedger(text, 'l')).toThrow(message);
  });
});

describe('the table', () => {
  const options: ReleaseOptions = { ...RELEASE_DEFAULTS, epoch: '2026-W47', bytes: seededBytes(1) };
  const session = (more: Partial<SessionFacts> = {}): SessionFacts => ({
    id: 'one',
    epoch: '2026-W47',
    risk: 3,
    autonomy: 'observer',
    contributors: ['a', 'b', 'c'],
    home: 'a',
    ...more,
  });
  const cell = (cells: readonly Cell[], risk: string, autonomy: string): Cell =>
    cells.find(one => one.risk === risk && one.autonomy === autonomy)!;

  it('has the same 30 cells whatever is counted', () => {
    for (const sessions of [[], [session()]]) {
      const cells = releaseTable(sessions, options);
      expect(cells.map(one => `${one.risk} ${one.autonomy}`)).toEqual(
        RISKS.flatMap(risk => LEVELS.map(level => `${risk} ${level}`)),
      );
    }
  });

  it('shows what many contributors ran, and nothing of other weeks', () => {
    const homes = ['a', 'b', 'c'];
    const many = Array.from({ length: 900 }, (_, i) => session({ home: homes[i % 3]! }));
    const shown = cell(
      releaseTable([...many, session({ epoch: '2026-W46', risk: 0 })], options),
      'high',
      'observer',
    );
    expect(Math.abs(shown.count! - 900)).toBeLessThan(120);
    expect(cell(releaseTable(many, options), 'none', 'observer').count).toBeUndefined();
  });

  it('hides what two contributors alone did, and what one nearly did alone', () => {
    const many = (home: (i: number) => string, contributors: string[]) =>
      Array.from({ length: 500 }, (_, i) => session({ home: home(i), contributors }));
    expect(
      cell(
        releaseTable(
          many(i => (i % 2 ? 'a' : 'b'), ['a', 'b']),
          options,
        ),
        'high',
        'observer',
      ).suppressed,
    ).toBe('contributors');
    expect(
      cell(
        releaseTable(
          many(i => (i % 10 ? 'a' : 'b'), ['a', 'b', 'c']),
          options,
        ),
        'high',
        'observer',
      ).suppressed,
    ).toBe('dominance');
  });

  it('never shows a noisy count below k', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 120 }),
        fc.integer(),
        (risks, seed) => {
          const sessions = risks.map((risk, i) => session({ risk, home: 'abc'[i % 3]! }));
          for (const { count, suppressed } of releaseTable(sessions, {
            ...options,
            bytes: seededBytes(seed),
          })) {
            if (count !== undefined) expect(count).toBeGreaterThanOrEqual(options.k);
            expect(count === undefined).toBe(suppressed !== undefined);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('states what it promises and what not', () => {
    expect(statement(options)).toMatchObject({ epsilon: 1, delta: 0, sensitivity: 8, noise_scale: 8 });
    expect(JSON.stringify(statement(options))).toContain('anonymity of sessions');
  });
});
