import type { EventName } from '../semconv/index.ts';
import type { View } from './condition.ts';
import type { Dialect, EventRow, Harness } from './table.ts';
import { asText } from './text.ts';

/** An event that a framework's own telemetry states, in our words. Its time is the caller's to add. */
export interface NativeEvent {
  /** The dialect whose table read it. */
  readonly dialect: string;
  /** The row's id, for example `openinference.langgraph-interrupt`. */
  readonly row: string;
  /** The event's name, for example `alignment.intervention`. */
  readonly event: EventName;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

/** Free words of the source: anything else could be content. */
const WORD = /^[\w.+:/-]{1,64}$/;
const NATIVE_LABEL = 'alignment.autonomy.native.label';
const NATIVE_SCALE = 'alignment.autonomy.native.scale';
const CALIBRATION = 'alignment.autonomy.calibration.status';
/** What is written when a copied text is no word. `undefined`: nothing. */
export const WORD_KEYS: ReadonlyMap<string, string | undefined> = new Map([
  ['alignment.boundary.from', '_OTHER'],
  ['alignment.boundary.to', '_OTHER'],
  [NATIVE_LABEL, '_OTHER'],
  ['alignment.risk.native.label', '_OTHER'],
  ['alignment.source.event.value', undefined],
  ['alignment.source.version', undefined],
]);

type Attributes = Record<string, string | number | boolean>;

/**
 * Turns a row that has an event into a function. It may throw where an attribute's getter does.
 * @param source whether the event says what it comes from (`alignment.source.*`), and carries what the program's log
 *   records always carry
 */
export function compileEvent(
  dialect: Dialect,
  row: EventRow,
  source: 'record' | 'span' | 'none',
): (view: View) => NativeEvent {
  const event = row.event as EventName;
  const harness = source === 'none' ? undefined : dialect.harness;
  const always = source === 'record' ? harness : undefined;
  const copies = Object.entries({ ...always?.copy, ...row.copy });
  const values = Object.entries({ ...always?.values, ...row.values }).map(([key, from]) => ({
    key,
    from: from.from,
    words: new Map(Object.entries(dialect.valueMaps?.[from.map] ?? {})),
  }));
  const scale = dialect.modeScale ?? dialect.name;
  return view => {
    const { attributes: native } = view;
    const attributes: Attributes = {};
    if (harness) {
      attributes['alignment.source.type'] = 'harness';
      attributes['alignment.source.name'] = harness.name;
      if (harness.version) copy(attributes, 'alignment.source.version', versionOf(view, harness.version));
    }
    for (const [key, keys] of copies) copy(attributes, key, firstText(native, keys));
    if (row.mode) {
      copy(attributes, NATIVE_LABEL, firstText(native, row.mode));
      if (NATIVE_LABEL in attributes) {
        attributes[NATIVE_SCALE] = scale;
        // the word alone, on no scale of ours
        attributes[CALIBRATION] = 'none';
      }
    }
    for (const { key, from, words } of values) {
      const word = words.get(firstText(native, from) ?? '');
      if (word !== undefined) attributes[key] = word;
    }
    // what the row itself implies wins over what it reads
    Object.assign(attributes, row.set);
    return { dialect: dialect.name, row: row.id, event, attributes };
  };
}

function copy(attributes: Attributes, key: string, text: string | undefined): void {
  if (text === undefined) return;
  const value = !WORD_KEYS.has(key) || WORD.test(text) ? text : WORD_KEYS.get(key);
  if (value !== undefined) attributes[key] = value;
}

function versionOf(view: View, { attribute, resource }: NonNullable<Harness['version']>): string | undefined {
  const own = attribute === undefined ? undefined : asText(view.attributes[attribute]);
  return own ?? (resource === undefined ? undefined : asText(view.resource?.[resource]));
}

function firstText(attributes: View['attributes'], keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = asText(attributes[key]);
    if (text !== undefined) return text;
  }
  return undefined;
}
