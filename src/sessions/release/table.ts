import { type ByteSource, discreteLaplace, systemBytes } from './laplace.ts';

export const RISKS = ['none', 'low', 'medium', 'high', 'critical'] as const;
export const LEVELS = ['none', 'operator', 'collaborator', 'consultant', 'approver', 'observer'] as const;

/** What a release knows of one session. */
export interface SessionFacts {
  /** The session's own id: a session that comes twice counts once. */
  readonly id: string;
  readonly epoch: string;
  /** 0 to 4. */
  readonly risk: number;
  readonly autonomy: (typeof LEVELS)[number];
  readonly contributors: readonly string[];
  /** The contributor that ran it. */
  readonly home: string;
  /** No contributor has the session's beginning: `home` is then the first that took part. */
  readonly isHomeGuessed?: true;
}

export interface ReleaseOptions {
  readonly epoch: string;
  /** ε of this table: a fraction, so that the noise is exact. */
  readonly epsilon: readonly [bigint, bigint];
  /** Sessions of one user that contributors let through in an epoch: the sensitivity. */
  readonly sessionsPerUser: number;
  /** A noisy count below it is not shown. */
  readonly k: number;
  readonly minContributors: number;
  /** Largest share of a cell's sessions that one contributor may have run. */
  readonly dominance: number;
  readonly bytes?: ByteSource;
}

export const RELEASE_DEFAULTS = {
  epsilon: [1n, 1n] as const,
  sessionsPerUser: 8,
  k: 20,
  minContributors: 3,
  dominance: 0.7,
};

export interface Cell {
  readonly risk: (typeof RISKS)[number];
  readonly autonomy: (typeof LEVELS)[number];
  /** With noise; absent where it is not shown. */
  readonly count?: number;
  readonly suppressed?: 'below_k' | 'contributors' | 'dominance';
}

/**
 * The table of one epoch: 30 cells that are public beforehand, each with noise, whether or not anything is in it. `k` is asked of the noisy count, so it
 * costs no privacy; the two checks of contributors look at true counts and lie outside of ε.
 */
export function releaseTable(sessions: Iterable<SessionFacts>, options: ReleaseOptions): Cell[] {
  const { epoch, epsilon, sessionsPerUser, k, minContributors, dominance } = options;
  const bytes = options.bytes ?? systemBytes();
  const counts = new Map<string, { total: number; by: Set<string>; homes: Map<string, number> }>();
  for (const session of sessions) {
    if (session.epoch !== epoch) continue;
    const place = `${session.risk}|${session.autonomy}`;
    const cell = counts.get(place) ?? { total: 0, by: new Set<string>(), homes: new Map<string, number>() };
    counts.set(place, cell);
    cell.total += 1;
    for (const contributor of session.contributors) cell.by.add(contributor);
    cell.homes.set(session.home, (cell.homes.get(session.home) ?? 0) + 1);
  }
  const scale = [BigInt(sessionsPerUser) * epsilon[1], epsilon[0]] as const;
  return RISKS.flatMap((risk, r) =>
    LEVELS.map((autonomy): Cell => {
      const cell = counts.get(`${r}|${autonomy}`);
      const total = cell?.total ?? 0;
      const noisy = total + Number(discreteLaplace(scale, bytes));
      const largest = Math.max(0, ...(cell?.homes.values() ?? []));
      if (noisy < k) return { risk, autonomy, suppressed: 'below_k' };
      if ((cell?.by.size ?? 0) < minContributors) return { risk, autonomy, suppressed: 'contributors' };
      if (largest > dominance * total) return { risk, autonomy, suppressed: 'dominance' };
      return { risk, autonomy, count: noisy };
    }),
  );
}

/** The guarantee, for machines and people: what stands beside every table. */
export function statement({ epsilon, sessionsPerUser, k, minContributors, dominance }: ReleaseOptions) {
  return {
    mechanism: 'discrete Laplace, exact',
    epsilon: Number(epsilon[0]) / Number(epsilon[1]),
    delta: 0,
    unit: 'user at contributor, per epoch',
    sensitivity: sessionsPerUser,
    noise_scale: (sessionsPerUser * Number(epsilon[1])) / Number(epsilon[0]),
    cells: 'fixed: 5 risk bands × 6 autonomy levels; noise on every cell',
    suppression: {
      below_k: { k, on: 'the noisy count', outside_epsilon: false },
      contributors: { at_least: minContributors, on: 'true counts', outside_epsilon: true },
      dominance: { at_most: dominance, on: 'true counts', outside_epsilon: true },
    },
    assumes: [
      `each contributor lets at most ${sessionsPerUser} sessions of a user and epoch through, chosen at random; the layer cannot check it`,
      'users are not the same at two contributors; a user at both has the unit twice',
    ],
    not_claimed: [
      'anonymity of sessions inside the layer',
      'protection against all other contributors together',
    ],
  };
}
