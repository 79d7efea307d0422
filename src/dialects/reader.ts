import type { AgentStep, SpanView } from '../step/step.ts';
import { compileCondition } from './condition.ts';
import { compileEvent, type NativeEvent } from './event.ts';
import { compileRow } from './read.ts';
import type { Condition, Dialect } from './table.ts';

/** Reads spans by a list of dialects, the more specific ones first. None of its functions throws. */
export interface DialectReader {
  /** The step that the span reports, or `undefined` where it reports none. */
  readonly readStep: (span: SpanView) => AgentStep | undefined;
  /** Whether any dialect knows the span as an agent's, be it a step or not. */
  readonly isAgentSpan: (span: SpanView) => boolean;
  /** The event that the span itself states, or `undefined` where it states none. */
  readonly readEvent: (span: SpanView) => NativeEvent | undefined;
}

interface CompiledRow<T> {
  readonly tests: readonly ((span: SpanView) => boolean)[];
  readonly read: T;
}

interface CompiledDialect {
  readonly gates: readonly ((span: SpanView) => boolean)[];
  readonly spans: readonly CompiledRow<((attributes: SpanView['attributes']) => AgentStep) | undefined>[];
  readonly events: readonly CompiledRow<((span: SpanView) => NativeEvent) | undefined>[];
}

/**
 * Compiles dialects once.
 * @param mayBeAgent a cheap test that a span has any of the keys that the tables start from; spans that it refuses
 *   are not looked at. Every span of a host passes here, so this is what a foreign span costs.
 */
export function createReader(
  dialects: readonly Dialect[],
  mayBeAgent: (span: SpanView) => boolean = () => true,
): DialectReader {
  const compiled = dialects.map(compileDialect);

  const match = (span: SpanView): CompiledDialect['spans'][number] | undefined => {
    for (const dialect of compiled) {
      if (!dialect.gates.some(gate => gate(span))) continue;
      for (const row of dialect.spans) if (holds(row.tests, span)) return row;
    }
    return undefined;
  };

  return {
    readStep(span) {
      try {
        return mayBeAgent(span) ? match(span)?.read?.(span.attributes) : undefined;
      } catch {
        return undefined;
      }
    },
    isAgentSpan(span) {
      try {
        return mayBeAgent(span) && match(span) !== undefined;
      } catch {
        return false;
      }
    },
    readEvent(span) {
      try {
        if (!mayBeAgent(span)) return undefined;
        for (const { events } of compiled) {
          for (const row of events) if (holds(row.tests, span)) return row.read?.(span);
        }
      } catch {
        // A span that cannot be read states nothing.
      }
      return undefined;
    },
  };
}

function compileDialect(dialect: Dialect): CompiledDialect {
  return {
    gates: gatesOf(dialect).map(compileCondition),
    spans: dialect.spans.map(row => ({
      tests: row.when.map(compileCondition),
      read: row.step === 'none' ? undefined : compileRow(dialect, row),
    })),
    events: (dialect.events ?? [])
      .filter(row => row.on === 'span')
      .map(row => ({
        tests: row.when.map(compileCondition),
        read: row.event === 'none' ? undefined : compileEvent(dialect, row),
      })),
  };
}

/** The first condition of each row, weakened to presence, without repetition: a span that meets none has no row. */
export function gatesOf(dialect: Dialect): Condition[] {
  const gates = new Map<string, Condition>();
  for (const row of dialect.spans) {
    const condition = row.when[0]!;
    if ('attribute' in condition) {
      gates.set(`attribute ${condition.attribute}`, { attribute: condition.attribute, exists: true });
    } else {
      gates.set(JSON.stringify(condition), condition);
    }
  }
  return [...gates.values()];
}

function holds(tests: readonly ((span: SpanView) => boolean)[], span: SpanView): boolean {
  for (const test of tests) if (!test(span)) return false;
  return true;
}
