import type { EventName } from '../semconv/index.ts';
import type { SpanView } from '../step/step.ts';
import type { Dialect, EventRow } from './table.ts';
import { asText } from './text.ts';

/** An event that a framework's own telemetry states, in our words. Time, source and session are the caller's to add. */
export interface NativeEvent {
  /** The dialect whose table read it. */
  readonly dialect: string;
  /** The row's id, for example `openinference.langgraph-interrupt`. */
  readonly row: string;
  /** The event's name, for example `alignment.intervention`. */
  readonly event: EventName;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

/** Turns a row that has an event into a function. It may throw where an attribute's getter does. */
export function compileEvent(dialect: Dialect, row: EventRow): (span: SpanView) => NativeEvent {
  const event = row.event as EventName;
  const copies = Object.entries(row.copy ?? {});
  const values = Object.entries(row.values ?? {}).map(([key, source]) => ({
    key,
    from: source.from,
    words: new Map(Object.entries(dialect.valueMaps?.[source.map] ?? {})),
  }));
  return ({ attributes: native }) => {
    const attributes: Record<string, string | number | boolean> = { ...row.set };
    for (const [key, keys] of copies) {
      const text = firstText(native, keys);
      if (text !== undefined) attributes[key] = text;
    }
    for (const { key, from, words } of values) {
      const word = words.get(firstText(native, from) ?? '');
      if (word !== undefined) attributes[key] = word;
    }
    return { dialect: dialect.name, row: row.id, event, attributes };
  };
}

function firstText(attributes: SpanView['attributes'], keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = asText(attributes[key]);
    if (text !== undefined) return text;
  }
  return undefined;
}
