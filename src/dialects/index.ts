import type { AgentStep, SpanView } from '../step/step.ts';
import { createReader, type DialectReader } from './reader.ts';
import { mayBeAgent, readRow } from './steps.generated.ts';
import { DIALECTS } from './tables.generated.ts';

export type { NativeEvent } from './event.ts';

const reader: DialectReader = createReader(DIALECTS, mayBeAgent);

/** A few look-ups that tell most foreign spans apart before anything else is done. Never throws. */
export function mayBeAgentSpan(span: SpanView): boolean {
  try {
    return mayBeAgent(span);
  } catch {
    return false;
  }
}

/** Reads the step that a span reports, or `undefined` where it reports none. What the span does not say is `undefined`. Never throws. */
export function readStep(span: SpanView): AgentStep | undefined {
  return readRowOf(span) ?? undefined;
}

/**
 * Whether a span is an agent's: a step, or another part of an agent's work that some dialect knows (a chain, a step of
 * a loop, a wait for approval). Never throws.
 */
export function isAgentSpan(span: SpanView): boolean {
  return readRowOf(span) !== undefined;
}

function readRowOf(span: SpanView): AgentStep | null | undefined {
  try {
    return readRow(span);
  } catch {
    return undefined;
  }
}

/** Reads the event that a span itself states, such as LangGraph's interrupt. Never throws. */
export const readEvent: DialectReader['readEvent'] = reader.readEvent;

/**
 * Reads what a log record of an agent program states (a decision, a change of mode, …): none or one event, two where
 * it states two facts. Time and trace are the record's. Never throws.
 */
export const readRecord: DialectReader['readRecord'] = reader.readRecord;

/**
 * Reads what a span of an agent program's own telemetry states, with its source. One event at most; an event that sits on the
 * span is read where the span itself states none. Never throws.
 */
export const readSpan: DialectReader['readSpan'] = reader.readSpan;

/** The dialects that are read, the more specific ones first. */
export const dialectNames: readonly string[] = DIALECTS.map(dialect => dialect.name);
