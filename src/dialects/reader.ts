import type { RecordView, SpanEventView, SpanView } from '../step/step.ts';
import type { NativeEvent } from './event.ts';
import { compileEvents, type EventReader, firstEvent } from './events.ts';
import type { Dialect } from './table.ts';

/** Reads events by a list of dialects, the more specific ones first. None of its functions throws. */
export interface DialectReader {
  /** The event that the span itself states, or `undefined` where it states none. */
  readonly readEvent: (span: SpanView) => NativeEvent | undefined;
  /** What a log record of an agent program states, none or one event, two where it states two facts. */
  readonly readRecord: (record: RecordView) => readonly NativeEvent[];
  /** What a span of an agent program states: the span itself, or else an event on it. */
  readonly readSpan: (
    span: SpanView & { readonly events?: readonly SpanEventView[] },
  ) => readonly NativeEvent[];
}

/**
 * Compiles the rows on events at the first use: a process that only reads steps never needs them.
 * @param mayBeAgent a cheap test that a span has any of the keys that the tables start from; spans that it refuses
 *   state nothing
 */
export function createReader(
  dialects: readonly Dialect[],
  mayBeAgent: (span: SpanView) => boolean = () => true,
): DialectReader {
  let compiled: readonly EventReader[] | undefined;
  const readers = (): readonly EventReader[] => {
    compiled ??= dialects.map(compileEvents);
    return compiled;
  };

  return {
    readEvent(span) {
      try {
        if (!mayBeAgent(span)) return undefined;
        for (const { stated } of readers()) {
          const read = firstEvent(stated, span);
          if (read !== undefined) return read ?? undefined;
        }
      } catch {
        // A span that cannot be read states nothing.
      }
      return undefined;
    },
    readRecord(record) {
      try {
        for (const reader of readers()) {
          const found = reader.ofRecord(record);
          if (found.length > 0) return found;
        }
      } catch {
        // A record that cannot be read states nothing.
      }
      return [];
    },
    readSpan(span) {
      try {
        for (const reader of readers()) {
          const found = reader.ofSpan(span);
          if (found.length > 0) return found;
        }
      } catch {
        // As above.
      }
      return [];
    },
  };
}
