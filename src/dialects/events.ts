import type { RecordView, SpanEventView, SpanView } from '../step/step.ts';
import { compileCondition, type View } from './condition.ts';
import { compileEvent, type NativeEvent } from './event.ts';
import type { Condition, Dialect, EventRow } from './table.ts';

interface CompiledEvent {
  readonly tests: readonly ((view: View) => boolean)[];
  /** `null`: what matches is known and yields no event. */
  readonly read: ((view: View) => NativeEvent) | null;
}

/** The event rows of one dialect, compiled. Its functions may throw where an attribute's getter does. */
export interface EventReader {
  /** Rows on spans, without what the program's own telemetry says of its source. */
  readonly stated: readonly CompiledEvent[];
  readonly ofRecord: (record: RecordView) => NativeEvent[];
  readonly ofSpan: (span: SpanView & { readonly events?: readonly SpanEventView[] }) => NativeEvent[];
}

/** The first row that matches: its event, `null` where it yields none; `undefined` where no row matches. */
export function firstEvent(rows: readonly CompiledEvent[], view: View): NativeEvent | null | undefined {
  for (const { tests, read } of rows) if (tests.every(test => test(view))) return read?.(view) ?? null;
  return undefined;
}

export function compileEvents(dialect: Dialect): EventReader {
  const { events = [], harness } = dialect;
  const rows = (on: EventRow['on'], source: 'record' | 'span' | 'none', beside = false): CompiledEvent[] =>
    events
      .filter(row => row.on === on && (row.beside ?? false) === beside)
      .map(row => ({
        tests: [...(source === 'none' ? (harness?.spans ?? []) : []), ...row.when].map(compileCondition),
        read: row.event === 'none' ? null : compileEvent(dialect, row, source),
      }));
  const lists = [rows('log', 'record'), rows('log', 'record', true)];
  const spans = rows('span', 'span');
  const spanEvents = rows('span_event', 'span');
  const ownRecord = gate(harness?.records);
  const ownSpan = gate(harness?.spans);
  return {
    stated: rows('span', 'none'),
    ofRecord: record => (ownRecord(record) ? lists.flatMap(list => firstEvent(list, record) ?? []) : []),
    ofSpan(span) {
      if (!ownSpan(span)) return [];
      const stated = firstEvent(spans, span);
      if (stated) return [stated];
      for (const { name, attributes } of spanEvents.length === 0 ? [] : (span.events ?? [])) {
        const view: View = { ...span, eventName: name, attributes, span };
        const found = firstEvent(spanEvents, view);
        if (found) return [found];
      }
      return [];
    },
  };
}

function gate(conditions: readonly Condition[] | undefined): (view: View) => boolean {
  if (conditions === undefined) return () => false;
  const tests = conditions.map(compileCondition);
  return view => tests.every(test => test(view));
}
