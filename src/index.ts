/**
 * Alignment signals on the spans that AI agents already emit.
 *
 * @module
 */
export { isAgentSpan, readStep } from './dialects/index.ts';
export * from './processor/index.ts';
export type { AlignmentContext } from './signals/index.ts';
export { getAlignmentContext, setAlignmentContext, withAlignmentContext } from './signals/index.ts';
export type { AgentStep, SpanView, StepKind } from './step/step.ts';
