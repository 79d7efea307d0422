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
  /** The stitching that made it; a session of two of them would count twice. */
  readonly run?: string;
}

export interface ReleaseOptions {
  readonly epoch: string;
  /** ε of this table: a fraction, so that the noise is exact. */
  readonly epsilon: readonly [bigint, bigint];
  /** Sessions of one user that each contributor lets through in an epoch: the sensitivity. */
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

/** What truly is in a cell. Nobody but the layer may see it. */
export interface CellCount {
  readonly sessions: number;
  readonly contributors: ReadonlySet<string>;
  /** Sessions by the contributor that ran them. */
  readonly homes: ReadonlyMap<string, number>;
}

/** The true counts of one epoch: 30 cells, risk by risk and within it level by level. A session adds one to one cell. */
export function countCells(sessions: Iterable<SessionFacts>, epoch: string): readonly CellCount[] {
  const cells = RISKS.flatMap(() =>
    LEVELS.map(() => ({ sessions: 0, contributors: new Set<string>(), homes: new Map<string, number>() })),
  );
  for (const session of sessions) {
    if (session.epoch !== epoch) continue;
    const cell = cells[session.risk * LEVELS.length + LEVELS.indexOf(session.autonomy)]!;
    cell.sessions += 1;
    for (const contributor of session.contributors) cell.contributors.add(contributor);
    cell.homes.set(session.home, (cell.homes.get(session.home) ?? 0) + 1);
  }
  return cells;
}

/** What is shown of a cell, or why nothing is. @param noise one draw, for this cell alone */
export function published(
  { sessions, contributors, homes }: CellCount,
  noise: number,
  { k, minContributors, dominance }: Pick<ReleaseOptions, 'k' | 'minContributors' | 'dominance'>,
): Pick<Cell, 'count' | 'suppressed'> {
  const noisy = sessions + noise;
  if (noisy < k) return { suppressed: 'below_k' };
  if (contributors.size < minContributors) return { suppressed: 'contributors' };
  if (Math.max(0, ...homes.values()) > dominance * sessions) return { suppressed: 'dominance' };
  return { count: noisy };
}

/**
 * The table of one epoch: 30 cells that are public beforehand, each with noise, whether or not anything is in it. `k` is asked of the noisy count, so it
 * costs no privacy; the two checks of contributors look at true counts and lie outside of ε.
 */
export function releaseTable(sessions: Iterable<SessionFacts>, options: ReleaseOptions): Cell[] {
  const { epoch, epsilon, sessionsPerUser } = options;
  const bytes = options.bytes ?? systemBytes();
  const scale = [BigInt(sessionsPerUser) * epsilon[1], epsilon[0]] as const;
  const counts = countCells(sessions, epoch);
  return RISKS.flatMap((risk, r) =>
    LEVELS.map((autonomy, l): Cell => {
      const noise = Number(discreteLaplace(scale, bytes));
      return { risk, autonomy, ...published(counts[r * LEVELS.length + l]!, noise, options) };
    }),
  );
}

/** The guarantee and what it depends on, for machines and people: what stands beside every table. */
export function statement({ epsilon, sessionsPerUser, k, minContributors, dominance }: ReleaseOptions) {
  return {
    mechanism: 'discrete Laplace, exact',
    epsilon: Number(epsilon[0]) / Number(epsilon[1]),
    delta: 0,
    epsilon_covers:
      'the noisy counts, and which of them are below k; not which cells the checks of contributors and dominance hide, so not the table as a whole',
    unit: `up to ${sessionsPerUser} sessions of an epoch`,
    session:
      'all fragments that equal trace ids, or equal tags of confidence 0.9 or more, join, directly or over others, of whatever contributors',
    neighbours: `two inputs that differ by up to ${sessionsPerUser} sessions, each there or not there as a whole`,
    sensitivity: sessionsPerUser,
    sensitivity_in: 'sessions, as the sum over all cells: each adds 1 to at most one cell',
    noise_scale: (sessionsPerUser * Number(epsilon[1])) / Number(epsilon[0]),
    cells: 'fixed: 5 risk bands × 6 autonomy levels; noise on every cell',
    not_counted: [
      'sessions marked alignment.fragment.conflict: what stitching took apart is no whole session',
      'sessions in which no fragment states a risk, or none a level',
    ],
    suppression: {
      below_k: { k, on: 'the noisy count', outside_epsilon: false },
      contributors: { at_least: minContributors, on: 'true counts', outside_epsilon: true },
      dominance: { at_most: dominance, on: 'true counts', outside_epsilon: true },
    },
    assumes: [
      `to speak of a user: each contributor lets at most ${sessionsPerUser} sessions of a user and epoch through, chosen at random, a trace that names no session being one; the layer cannot check it`,
      'to speak of a user: no session is of several users. Where one is, its parts without one of them may be joined otherwise, and the table can differ by more than the sensitivity; what is protected then is the session, as a whole',
      'users are not the same at two contributors; a user at both has the unit twice',
      'one table of an epoch, or several whose ε the ledger adds up; a user who is there in several epochs has the unit in each',
    ],
    not_claimed: [
      'anonymity of sessions inside the layer',
      'protection against all other contributors together',
      'that a table is complete: whoever takes part in a session can have it marked as in conflict',
    ],
  };
}
