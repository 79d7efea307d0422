import { fraction } from '../fraction.ts';
import { RELEASE_DEFAULTS, statement } from '../table.ts';
import type { Task } from './task.ts';
import { BITS, CELLS, LARGEST_COUNT, VDAF } from './vdaf.ts';

/** How often a cell in which nothing is has a sum of two noises of `k` or more, and is shown. */
export function emptyCellShown(k: number, scale: number): number {
  const p = Math.exp(-1 / scale);
  const outside = (2 * p * p) / (1 - p * p);
  // the sum over n from k on of ((1 - p) / (1 + p))² pⁿ (n + 1 + outside)
  const tail = p ** k * ((k + 1 + outside) / (1 - p) + p / (1 - p) ** 2);
  return Number((((1 - p) / (1 + p)) ** 2 * tail).toPrecision(2));
}

/** The guarantee of a table that two aggregators made, for machines and people. What nobody could check is said to be unchecked. */
export function prio3Statement(task: Task): object {
  const base = statement({
    ...RELEASE_DEFAULTS,
    epoch: '',
    epsilon: fraction(task.epsilon)!,
    sessionsPerUser: task.sessions_per_user,
    k: task.k,
  });
  return {
    mode: 'prio3-2p',
    experimental: true,
    protocol: `${VDAF}, Prio3SumVec with ${CELLS} counts of ${BITS} bits`,
    task: task.id,
    ...base,
    mechanism: 'discrete Laplace, exact; each of the two aggregators adds all of it to its half',
    epsilon_covers:
      'all counts, and which of them are below k; that there are enough reports is told of names that are public',
    session: `${base.session}, among the fragments of the contributor that counts it`,
    variance: 'twice that of one noise: both halves have it',
    suppression: {
      below_k: {
        k: task.k,
        on: 'the noisy count',
        outside_epsilon: false,
        empty_cell_shown: emptyCellShown(task.k, base.noise_scale),
      },
      contributors: {
        at_least: task.min_contributors,
        on: 'accepted reports of the whole table; how many are in one cell nobody sees',
        outside_epsilon: true,
      },
      dominance: 'not checked: nobody sees what one contributor counted',
    },
    holds_if: [
      'for privacy: one of the two aggregators keeps to the protocol, and neither tells the other its shares',
      'for the sum: both aggregators keep to the protocol, and neither tells a contributor the verification key',
    ],
    assumes: [
      ...base.assumes,
      `each contributor counts the sessions that it ran and tells the truth: the proof says that a count is from 0 to ${LARGEST_COUNT}, not that it is right`,
    ],
    not_claimed: [
      'protection against all other contributors together: what stands between them and the last one is the noise, which is for a user, not for a contributor',
      'that no cell is of one contributor alone, or of none',
      'that counts of a member who runs an aggregator and contributes are in range: it knows the verification key',
      'protection of counts against somebody who measures how long a party computes: the arithmetic does not take the same time for all numbers',
    ],
  };
}
