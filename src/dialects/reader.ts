import type { AgentStep, RecordView, SpanEventView, SpanView } from '../step/step.ts';
import { compileCondition, type View } from './condition.ts';
import type { NativeEvent } from './event.ts';
import { compileEvents, type EventReader, firstEvent } from './events.ts';
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
  /** What a log record of an agent program states, none or one event, two where it states two facts. */
  readonly readRecord: (record: RecordView) => readonly NativeEvent[];
  /** What a span of an agent program states: the span itself, or else an event on it. */
  readonly readSpan: (
    span: SpanView & { readonly events?: readonly SpanEventView[] },
  ) => readonly NativeEvent[];
}

interface CompiledRow<T> {
  readonly tests: readonly ((view: View) => boolean)[];
  readonly read: T;
}

interface CompiledDialect {
  readonly gates: readonly ((span: SpanView) => boolean)[];
  readonly spans: readonly CompiledRow<((attributes: SpanView['attributes']) => AgentStep) | undefined>[];
  readonly events: EventReader;
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
          const read = firstEvent(events.stated, span);
          if (read !== undefined) return read ?? undefined;
        }
      } catch {
        // A span that cannot be read states nothing.
      }
      return undefined;
    },
    readRecord(record) {
      try {
        for (const { events } of compiled) {
          const found = events.ofRecord(record);
          if (found.length > 0) return found;
        }
      } catch {
        // A record that cannot be read states nothing.
      }
      return [];
    },
    readSpan(span) {
      try {
        for (const { events } of compiled) {
          const found = events.ofSpan(span);
          if (found.length > 0) return found;
        }
      } catch {
        // As above.
      }
      return [];
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
    events: compileEvents(dialect),
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

function holds(tests: readonly ((view: View) => boolean)[], span: View): boolean {
  for (const test of tests) if (!test(span)) return false;
  return true;
}
