import { COMMON_PROBLEMS, type Problems } from '../service/problems.ts';

/** Trace ids of one request. */
export const MAX_TRACE_IDS = 256;

/** What the layer's service refuses with. */
export const LAYER_PROBLEMS = {
  ...COMMON_PROBLEMS,
  invalid_trace_id: [400, 'A trace id is 32 hex digits in lower case, not zeros alone.'],
  epoch_closed: [403, 'Of this epoch nothing can be erased: not yet, or no longer.'],
  batch_too_large: [413, `A request names at most ${MAX_TRACE_IDS} trace ids.`],
  budget: [429, 'The contributor has had as much erased in this epoch as it may.'],
} as const satisfies Problems;
