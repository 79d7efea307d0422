import type { AgentStep, SessionKeyName, SpanView } from '../../step/step.ts';
import { compileCondition, isPresent } from '../condition.ts';
import { JOINS } from '../joins/index.ts';
import type { Draft } from '../joins/join.ts';
import type { Dialect, ReadField, SpanRow, TextField, ValueField } from '../table.ts';
import { asText } from '../text.ts';

type Attributes = Readonly<Record<string, unknown>>;
type Reader = (draft: Draft, attributes: Attributes) => void;

/** Longest description of a tool that is kept, in UTF-16 units. */
const DESCRIPTION_LIMIT = 16_384;

/**
 * Reads steps by looping over the tables, row by row: what they mean, in the plainest form. The code that is generated from
 * them is held to it. `null` where a row says that the span is no step, `undefined` where no row knows it.
 */
export function createTableReader(
  dialects: readonly Dialect[],
): (span: SpanView) => AgentStep | null | undefined {
  const rows = dialects.flatMap(dialect =>
    dialect.spans.map(row => ({
      tests: row.when.map(compileCondition),
      read: row.step === 'none' ? undefined : compileRow(dialect, row),
    })),
  );
  return span => {
    try {
      const row = rows.find(({ tests }) => tests.every(test => test(span)));
      return row === undefined ? undefined : (row.read?.(span.attributes) ?? null);
    } catch {
      return undefined;
    }
  };
}

/** Turns what a row reads into a function. It may throw where an attribute's getter does. */
function compileRow(dialect: Dialect, row: SpanRow): (attributes: Attributes) => AgentStep {
  const readers: Reader[] = [];
  for (const [field, keys] of Object.entries(row.read ?? {}) as [ReadField, readonly string[]][]) {
    readers.push(fieldReader(dialect, field, keys));
  }
  if (row.compose) readers.push(composeReader(row.compose.arguments));
  for (const [field, source] of Object.entries(row.values ?? {}) as [
    ValueField,
    { from: readonly string[]; map: string },
  ][]) {
    const words = new Map(Object.entries(dialect.valueMaps?.[source.map] ?? {}));
    readers.push((draft, attributes) => {
      const native = first(attributes, source.from, asText);
      const word = native === undefined ? undefined : words.get(native);
      if (word !== undefined) Object.assign(draft, { [field]: word });
    });
  }
  const join = row.join && JOINS[row.join];
  if (join) readers.push(join);
  const { name } = dialect;
  const kind = row.step as AgentStep['kind'];
  const constants = row.set;
  return attributes => {
    const draft: Draft = { dialect: name, kind, ...constants };
    for (const reader of readers) reader(draft, attributes);
    return draft as AgentStep;
  };
}

function fieldReader(dialect: Dialect, field: ReadField, keys: readonly string[]): Reader {
  switch (field) {
    case 'session':
      return sessionReader(keys);
    case 'arguments':
    case 'result':
      return (draft, attributes) => {
        const value = first(attributes, keys, asContent);
        if (value !== undefined) draft[field] = value;
      };
    case 'mode':
      return (draft, attributes) => {
        const label = first(attributes, keys, asText);
        if (label !== undefined) draft.mode = { label, scale: dialect.modeScale ?? dialect.name };
      };
    case 'toolDescription':
      return (draft, attributes) => {
        const text = first(attributes, keys, asDescription);
        if (text !== undefined) draft.toolDescription = text;
      };
    default:
      return textReader(field, keys);
  }
}

function textReader(field: TextField, keys: readonly string[]): Reader {
  return (draft, attributes) => {
    const text = first(attributes, keys, asText);
    if (text !== undefined) draft[field] = text;
  };
}

/** Whatever key a session was found under, it is written again under one of the two that the vocabulary knows. */
function sessionReader(keys: readonly string[]): Reader {
  return (draft, attributes) => {
    for (const native of keys) {
      const value = asText(attributes[native]);
      if (value === undefined) continue;
      const key: SessionKeyName = native === 'session.id' ? 'session.id' : 'gen_ai.conversation.id';
      draft.session = { key, value };
      return;
    }
  };
}

function composeReader(parts: { readonly [name: string]: readonly string[] }): Reader {
  const entries = Object.entries(parts);
  return (draft, attributes) => {
    let composed: Record<string, unknown> | undefined;
    for (const [name, keys] of entries) {
      const value = first(attributes, keys, asContent);
      if (value === undefined) continue;
      composed ??= {};
      composed[name] = value;
    }
    if (composed) draft.arguments = composed;
  };
}

function asContent(value: unknown): unknown {
  return isPresent(value) && value !== '' ? value : undefined;
}

function asDescription(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, DESCRIPTION_LIMIT) : undefined;
}

function first<T>(
  attributes: Attributes,
  keys: readonly string[],
  accept: (value: unknown) => T | undefined,
): T | undefined {
  for (const key of keys) {
    const value = accept(attributes[key]);
    if (value !== undefined) return value;
  }
  return undefined;
}
