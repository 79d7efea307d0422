import { COMMON_PROBLEMS, type Problems } from '../service/problems.ts';

/** What an evaluator refuses with. */
export const PROBLEMS = {
  ...COMMON_PROBLEMS,
  invalid_element: [400, 'An element is no canonical ristretto255 element other than the identity.'],
  epoch_closed: [403, 'The key of this epoch does not answer: not yet, or no longer.'],
  batch_too_large: [413, 'A batch has at most 256 elements.'],
  budget: [429, 'The contributor has no evaluations left in this epoch.'],
} as const satisfies Problems;
