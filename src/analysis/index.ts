/**
 * Recorded telemetry as figures: sessions, steps and signals of agents, and who intervened.
 *
 * @module
 */
export type { Figures, Limits } from './figures.ts';
export { figuresOf, LIMITS } from './figures.ts';
export { memorySource } from './memory-source.ts';
export { lengthFor } from './over-time.ts';
export type { ReadOptions } from './read.ts';
export { readRequest } from './read.ts';
export { Recording } from './recording.ts';
export type * from './source.ts';
export type { Before, Story } from './story.ts';
export { THRESHOLDS } from './thresholds.ts';
